import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { goalsOf, levelsUpTo } from '../../src/plan/goals.js';
import { type PlanInput, planFor as planAfresh } from '../../src/plan/rules.js';
import { phases } from '../../src/plan/work.js';
import { dayOf } from '../../src/time/days.js';
import { seedsTo } from '../helpers/long.js';
import { same } from '../helpers/same.js';
import { afterDoing, anyInput, cell, inDays, input, planned, subject, today } from './plans.js';

const seeds = seedsTo(30, 200);
const everybody = (check: (given: PlanInput, random: () => number) => void): void => {
  for (const seed of seeds) {
    const random = seeded(seed);
    check(anyInput(random), random);
  }
};
const plans = new WeakMap<PlanInput, ReturnType<typeof planAfresh>>();
/** Made once for each input: to be asked again and again. */
const planFor = (given: PlanInput): ReturnType<typeof planAfresh> => {
  const plan = plans.get(given) ?? planAfresh(given);
  plans.set(given, plan);
  return plan;
};
const total = (given: PlanInput): number =>
  planFor(given)
    .days.flatMap(({ items }) => items)
    .reduce((sum, { count }) => sum + count, 0);

describe('whatever the bank, the answers and the date', () => {
  it('every topic of the level is in the plan, done, or said to be left out', () => {
    everybody((given) => {
      const plan = planFor(given);
      const goals = goalsOf(given.subjects, given.settings.level, given.start, given.now);
      for (const {
        subject: { id },
      } of goals)
        same(planned(plan, id) > 0, !plan.leftOut.includes(id), id);
      const known = new Set(goals.map(({ subject: { id } }) => id));
      expect(plan.leftOut.filter((id) => !known.has(id))).toEqual([]);
    });
  });

  it('a topic that is neither left out nor there in part gets all that covers it', () => {
    everybody((given) => {
      const plan = planFor(given);
      for (const goal of goalsOf(given.subjects, given.settings.level, given.start, given.now)) {
        const { id } = goal.subject;
        if (plan.leftOut.includes(id) || plan.inPart.includes(id)) continue;
        same(planned(plan, id, goal.level) >= goal.cover, true, `${id} in full`);
      }
    });
  });

  it('no day takes longer than its minutes, and none lies on the interview’s own or beyond', () => {
    everybody((given) => {
      const { days } = planFor(given);
      expect(days.length).toBe(dayOf(given.settings.date) - dayOf(today));
      for (const { minutes, date } of days) {
        same(minutes <= given.settings.minutes, true, `${minutes} on ${date}`);
        same(date < given.settings.date, true, date);
      }
    });
  });

  it('one more day, or five more minutes, never cover less', () => {
    everybody((given) => {
      const { date, minutes } = given.settings;
      const later = { ...given, settings: { ...given.settings, date: inDays(1, date) } };
      expect(total(later)).toBeGreaterThanOrEqual(total(given));
      const left = planFor(given).leftOut;
      expect(planFor(later).leftOut.filter((topic) => !left.includes(topic))).toEqual([]);
      if (planFor(given).days.some(({ mock }) => mock > 0)) return;
      const longer = { ...given, settings: { ...given.settings, minutes: minutes + 5 } };
      if (planFor(longer).days.some(({ mock }) => mock > 0)) return;
      expect(total(longer)).toBeGreaterThanOrEqual(total(given));
    });
  });

  it('a weak level of a topic comes at least as often as any that was never met', () => {
    let compared = 0;
    everybody((given) => {
      const plan = planFor(given);
      const goals = goalsOf(given.subjects, given.settings.level, given.start, given.now);
      for (const weak of goals.filter(({ isWeak }) => isWeak))
        for (const other of goals.filter(({ isWeak, level }) => !isWeak && level === weak.level)) {
          if (other.cover > weak.cover || other.wider > other.again) continue;
          compared++;
          const often = planned(plan, weak.subject.id, weak.level);
          same(often >= planned(plan, other.subject.id, other.level), true, other.subject.id);
        }
    });
    expect(compared).toBeGreaterThan(30);
  });

  it('what it says it needs is enough, and less is not', () => {
    everybody((given) => {
      const { needsMinutes } = planFor(given);
      if (needsMinutes === undefined) return;
      expect(needsMinutes).toBeGreaterThan(given.settings.minutes);
      const taking = (minutes: number) => planFor({ ...given, settings: { ...given.settings, minutes } });
      const enough = taking(needsMinutes);
      if (needsMinutes < 720)
        expect([enough.needsMinutes, enough.leftOut, enough.inPart]).toEqual([undefined, [], []]);
      expect(taking(needsMinutes - 5).needsMinutes).toBe(needsMinutes);
    });
  });

  it('who does each day’s share rightly gets on every day what was foreseen', () => {
    everybody((given, random) => {
      let { now } = given;
      let foreseen = planFor(given).days;
      for (let day = 0; foreseen.length > 1 && day < 6; day++) {
        const { items = [], date = '' } = foreseen[0] ?? {};
        now = afterDoing(now, items);
        const answeredToday = items.reduce((sum, { count }) => sum + count, 0);
        const tonight = planFor({ ...given, now, today: date, answeredToday });
        same(tonight.days[0]?.items, []);
        const tomorrow = planFor({ ...given, now, today: inDays(1, date), due: Math.floor(random() * 20) });
        const shares = (days: typeof foreseen) => days.map((one) => [one.date, one.items]);
        same(shares(tomorrow.days), shares(foreseen.slice(1)));
        same(shares(tonight.days.slice(1)), shares(foreseen.slice(1)));
        foreseen = tomorrow.days;
      }
    });
  });

  it('in the middle of a day its share is what is left of the morning’s', () => {
    everybody((given) => {
      const [morning] = planFor(given).days;
      const [first] = morning?.items ?? [];
      if (!first) return;
      const done = { ...first, count: 1 };
      const [noon] = planFor({ ...given, now: afterDoing(given.now, [done]), answeredToday: 1 }).days;
      const left = [{ ...first, count: first.count - 1 }, ...(morning?.items ?? []).slice(1)];
      expect(noon?.items).toEqual(left.filter(({ count }) => count > 0));
    });
  });

  it('days that were missed are dealt out anew: nothing is lost while there is room', () => {
    everybody((given) => {
      const before = planFor(given);
      const after = planFor({ ...given, today: inDays(3) });
      if (before.days.length <= 3) return;
      expect(total({ ...given, today: inDays(3) })).toBeLessThanOrEqual(total(given));
      if (after.needsMinutes === undefined) expect(after.leftOut).toEqual(before.leftOut);
    });
  });

  it('phases come in the order of study', () => {
    everybody((given) => {
      const ranks = planFor(given).days.flatMap(({ items }) =>
        items.map(({ phase }) => phases.indexOf(phase)),
      );
      same(
        ranks,
        [...ranks].sort((a, b) => a - b),
      );
    });
  });

  it('the level is honoured', () => {
    everybody((given) => {
      const allowed = levelsUpTo(given.settings.level);
      for (const { items } of planFor(given).days)
        for (const { level } of items) same(allowed.includes(level), true, level);
    });
  });
});

describe('a plan', () => {
  const bank = [
    subject('foundations'),
    subject('models'),
    subject('auth', { stage: 'security' }),
    subject('drf-views', { stage: 'apis' }),
    subject('deployment', { stage: 'deployment' }),
  ];

  it('begins with the basics, then goes on to depth, security, APIs and deployment, and ends with mock interviews', () => {
    const { days } = planFor(input({ subjects: bank, date: inDays(12) }));
    const seen = [...new Set(days.flatMap(({ items }) => items.map(({ phase }) => phase)))];
    expect(seen).toEqual(['basics', 'depth', 'security', 'apis', 'deployment']);
    expect(days.filter(({ mock }) => mock > 0).map(({ date }) => date)).toEqual([inDays(6), inDays(10)]);
  });

  it('asks a weak topic more often than one that was never met, and a known one once', () => {
    const start = [cell('models', 'basic', 1, 6), cell('foundations', 'basic', 9, 10)];
    const plan = planFor(input({ subjects: bank, start, level: 'basic', minutes: 30 }));
    const counts = bank.map(({ id }) => planned(plan, id));
    expect(counts.slice(1)).toEqual([10, 5, 5, 5]);
    const needed = plan.days.flatMap(({ items }) => items).filter(({ phase }) => phase !== 'wider');
    expect(needed.filter(({ topic }) => topic === 'foundations').map(({ count }) => count)).toEqual([1]);
  });

  it('says honestly that it cannot be done, and covers a little of every topic first', () => {
    const plan = planFor(input({ subjects: bank, date: inDays(3), minutes: 15 }));
    expect(plan).toMatchObject({ needsMinutes: 55, leftOut: [], inPart: bank.map(({ id }) => id) });
    const tight = planFor(input({ subjects: bank, date: inDays(1), minutes: 5 }));
    expect(tight.leftOut.length).toBe(4);
  });

  it('what was answered wrong since comes once more', () => {
    const given = input({ subjects: bank, date: inDays(30) });
    const items = planFor(given).days[0]?.items ?? [];
    const [first] = items;
    if (!first) throw new Error('There is nothing to do today');
    const after = planFor({ ...given, now: afterDoing([], [{ ...first, count: 2 }], false) });
    expect(planned(after, first.topic, first.level)).toBe(5 + 2);
  });

  it('keeps a third of the day for reviews, and never more than are due', () => {
    expect(planFor(input({ due: 8 })).days[0]?.reviews).toBe(8);
    expect(planFor(input({ due: 20 })).days[0]?.reviews).toBe(8);
    expect(planFor(input({ due: 3 })).days[0]?.reviews).toBe(3);
    expect(planFor(input({ minutes: 120, due: 25 })).days[0]?.reviews).toBe(20);
  });

  it.each([
    ['on the day itself', 0],
    ['afterwards', -3],
  ])('has nothing left %s', (_, days) => {
    expect(planFor(input({ date: inDays(days) }))).toMatchObject({
      days: [],
      daysLeft: days,
      isTodayDone: false,
    });
  });

  it('is light where there is little to do', () => {
    const { days } = planFor(
      input({ subjects: [subject('models')], level: 'basic', date: inDays(5), minutes: 60 }),
    );
    expect(days.map(({ items }) => items.map(({ count }) => count))).toEqual([[1], [1], [1], [1], [1]]);
  });
});
