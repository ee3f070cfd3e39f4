import type { Member } from 'local-discord';
import { expect, it } from 'vitest';
import { isLong, seedsTo } from '../helpers/long.js';
import { titleOf, topics } from './bank.js';
import { dateAt, dayAt, dayNumber } from './notes.js';
import { comesBack, deckOf, dueOf, recall } from './replay.js';
import { lastWith, type StudyGroup, studyGroup } from './scene.js';
import { activeDays, dailyStreak, earnedBy, isThisWeek, levelNames, readinessOf, shareOf } from './sums.js';

/** Each with its own people. */
const seeds = seedsTo(1, 3);
/** Three weeks in the ordinary suite, in which the clocks change. */
const days = isLong ? 30 : 21;
/** The clocks go forward on 29 March. */
const firstDay = '2026-03-10';
const summerTime = '2026-03-29';
const planned = '2026-04-20';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** In the long suite more is done and looked at. */
const perSession = isLong ? 10 : 3;
const statsEveryDays = isLong ? 6 : 11;

/** The moment at which the clocks in Berlin show a time. */
const berlin = (date: string, hours: number): number =>
  Date.parse(date) + (hours - (date >= summerTime ? 2 : 1)) * hourMs;

const cardsWords = (count: number): string => `${count} card${count === 1 ? '' : 's'}`;
const daysWords = (count: number): string => `${count} day${count === 1 ? '' : 's'}`;
const percent = ({ right, total }: { right: number; total: number }): string =>
  total === 0 ? 'no answers' : `${Math.round((100 * right) / total)} % (${right} of ${total})`;

class Month {
  readonly group: StudyGroup;
  posts = 0;
  /** Who plans for an interview. */
  readonly planner: Member;

  constructor(group: StudyGroup) {
    this.group = group;
    this.planner = group.people[1] as Member;
  }

  #of({ id }: Member) {
    const { notes, forgotten, clock } = this.group;
    const own = notes.filter(({ member }) => member === id);
    const deck = deckOf(
      own,
      forgotten.filter(({ member }) => member === id),
    );
    const day = dayAt(clock.now());
    const planDay = id === this.planner.id ? dayNumber(planned) : undefined;
    return { own, deck, day, planDay, due: dueOf(deck, day, planDay) };
  }

  waitingOf(member: Member): number {
    return this.#of(member).due.waiting;
  }

  async daily(date: string): Promise<void> {
    const { clock, drills, people, chance, answer } = this.group;
    clock.jumpTo(berlin(date, 8) - 10_000);
    await clock.advance('40s');
    const post = lastWith(drills, '### Daily question');
    expect(Math.abs(Date.parse(post?.raw.timestamp ?? '') - berlin(date, 8))).toBeLessThan(60_000);
    for (const member of people)
      if (post && chance(0.75)) {
        await clock.advance('20s');
        await answer(member, post, { where: 'daily', post: this.posts });
      }
    this.posts++;
  }

  /** `/review status` against the replay, then a session against what was due. */
  async review(member: Member): Promise<void> {
    const { group } = this;
    const { due, deck, day } = this.#of(member);
    const status = await member.slash('/review status');
    const waits = due.waiting > 0 ? `; ${due.waiting} more wait for the days to come` : '';
    const isFree = due.today.length === 0 && due.waiting === 0;
    expect(status.text).toContain(
      isFree ? 'Nothing is due today.' : `**${cardsWords(due.today.length)}** due today${waits}.`,
    );
    expect(status.text).toContain(`${cardsWords(due.cards)} in your deck.`);
    if (due.cards > 0)
      expect([...status.text.matchAll(/^`[A-Z][a-z]{2} [█░]+` (\d+)$/gm)].map(([, n]) => Number(n))).toEqual(
        due.week,
      );
    const session = await member.slash(`/review start count:${perSession}`);
    if (due.today.length === 0) return;
    const asked = await group.session(member, session);
    if (asked.length === 0) return expect(session.text).toContain('being asked in this server') as undefined;
    const risks = asked.map((id) => recall(deck.get(id) as never, day));
    expect(risks, 'the most at risk first').toEqual([...risks].sort((a, b) => a - b));
    expect(asked.filter((id) => !due.today.includes(id))).toEqual([]);
    if (session.text.includes('Review: done') && !session.text.includes('passed over'))
      expect(asked.length).toBeGreaterThanOrEqual(Math.min(perSession, due.today.length) - 1);
  }

  async stats(member: Member): Promise<void> {
    const { notes, clock } = this.group;
    const { own, due, planDay, day } = this.#of(member);
    const { text } = await member.slash('/stats');
    const said = text.replaceAll('\u00a0', ' ');
    for (const level of levelNames) expect(said).toContain(`${level} · ${percent(shareOf(own, level))}`);
    expect(said).toContain(`**Readiness ${readinessOf(own)} %**`);
    const active = activeDays(own, clock.now());
    expect(said).toContain(
      `Active **${daysWords(active.now)}** in a row · best ${active.best} · ${daysWords(active.all)} in all`,
    );
    const streak = dailyStreak(notes, member.id, this.posts - 1);
    if (own.some(({ post }) => post !== undefined))
      expect(said).toContain(`Daily streak **${streak.now}** · best ${streak.best}`);
    if (due.today.length > 0)
      expect(said).toContain(
        `**${due.today.length} question${due.today.length === 1 ? '' : 's'}** due for review`,
      );
    else expect(said).toContain('Nothing is due for review.');
    if (planDay !== undefined) expect(said).toContain(`**${daysWords(planDay - day)}** to your interview`);
    for (const topic of topics) {
      const sure = own.filter((note) => note.topic === topic && note.guess === 'Sure');
      const wrong = sure.filter(({ right }) => !right).length;
      const line = `${titleOf(topic)} · ${wrong} of ${sure.length} answer${sure.length === 1 ? '' : 's'} you were sure of`;
      if (wrong > 0) expect(said).toContain(line);
    }
  }

  async boards(): Promise<void> {
    const { people, notes, clock } = this.group;
    // The daily that is still open counts when it closes.
    const earned = earnedBy(notes.filter(({ post }) => post !== this.posts - 1));
    for (const period of ['all', 'week']) {
      const { text } = await (people[0] as Member).slash(`/leaderboard period:${period}`);
      const counted = earned.filter(({ atMs }) => period === 'all' || isThisWeek(atMs, clock.now()));
      const lines = [
        ...text
          .replaceAll('\u00a0', ' ')
          .matchAll(/<@(\d+)> · \*\*([\d,]+)\*\* points\n-# (?:🥇 |🥈 |🥉 )?(.*?)(?: · you)?$/gm),
      ];
      const shown = lines.map(([, member = '', points = '', share = '']) => [
        member,
        Number(points.replace(',', '')),
        share.replace(' right', ''),
      ]);
      const expected = people
        .map(({ id }) => counted.filter(({ member }) => member === id))
        .filter((rows) => rows.length > 0)
        .map((rows) => [
          rows[0]?.member,
          rows.reduce((sum, { points }) => sum + points, 0),
          percent({ right: rows.filter(({ right }) => right).length, total: rows.length }),
        ]);
      expect(shown.sort(), period).toEqual(expected.sort());
    }
  }

  async plan(): Promise<void> {
    const { due, day } = this.#of(this.planner);
    const { text } = await this.planner.slash('/plan show');
    expect(text).toContain(`**${daysWords(dayNumber(planned) - day)}** to go · 20 minutes a day`);
    const [, reviews] = /^- (\d+) questions? to review/m.exec(text) ?? [];
    // A third of the day's thirteen questions, which take twice as long as reviews.
    expect(Number(reviews ?? 0)).toBe(Math.min(due.today.length, 8));
    const [, minutes = '0'] = /\*\*Today\*\* · about (\d+) minutes/.exec(text) ?? [];
    expect(Number(minutes)).toBeLessThanOrEqual(20);
  }

  /** Each card of each deck, as its owner exports it. */
  async decks(): Promise<number> {
    let cards = 0;
    for (const member of this.group.people) {
      const { deck, day } = this.#of(member);
      const { message } = await member.slash('/privacy export');
      const file = JSON.parse(String(message.files[0]?.bytes));
      const stored = file.places[0].data.decks?.cards ?? {};
      const shown = Object.entries<{ now: { due: number; reps: number; lapses: number; last: number } }>(
        stored,
      )
        .map(([id, { now }]) => [id, now.due, now.last, now.reps, now.lapses])
        .sort();
      const expected = [...deck]
        .map(([id, kept]) => [id, comesBack(kept, day), kept.last, kept.card.reps, kept.card.lapses])
        .sort();
      expect(shown, `the deck of ${member.name}`).toEqual(expected);
      for (const [id, { card }] of deck) {
        expect(stored[id].now.stability).toBeCloseTo(card.stability, 6);
        expect(stored[id].now.difficulty).toBeCloseTo(card.difficulty, 6);
      }
      cards += deck.size;
    }
    return cards;
  }
}

it.each(seeds)(
  'a month of a study group is what its members did (people %i)',
  { timeout: 120_000 },
  async (seed) => {
    const group = await studyGroup(seed, `${firstDay}T05:00:00Z`);
    const month = new Month(group);
    const { people, clock, chance } = group;
    const [ada, , , dee] = people as [Member, Member, Member, Member];
    ada.allow('ManageGuild');
    await ada.slash('/daily set time:08:00 timezone:Europe/Berlin');
    let most = 0;
    for (let index = 0; index < days; index++) {
      const date = new Date(Date.parse(firstDay) + index * dayMs).toISOString().slice(0, 10);
      await month.daily(date);
      if (index === 3) await month.planner.slash(`/plan set date:${planned}`);
      await group.at(berlin(date, 12));
      await group.card(people[index % people.length] as Member);
      if (index % 9 === 4) await group.restart(index % 2 === 0);
      if (index % (isLong ? 3 : 5) === 0) {
        await group.at(berlin(date, 19));
        await group.quiz(3);
      }
      await group.at(berlin(date, 21));
      for (const member of people) {
        if (chance(isLong ? 0.5 : 0.3)) await group.drill(member);
        // Dee lets it lie for more than two weeks.
        if (member === dee ? index > days - 7 : chance(isLong ? 0.8 : 0.4)) await month.review(member);
      }
      // Around midnight on the wall.
      await group.at(berlin(date, index % 2 === 0 ? 23.8 : 24.2));
      const owl = people[index % people.length] as Member;
      await group.drill(owl);
      if (index % 4 === 1) {
        const drilled = await owl.slash('/stats');
        await group.session(owl, await owl.press(drilled, 'Drill this'));
      }
      if ((index + 1) % statsEveryDays === 0 || index === days - 1) {
        for (const member of people) await month.stats(member);
        await month.boards();
        await month.plan();
      }
      most = Math.max(most, ...people.map((member) => month.waitingOf(member)));
    }
    expect(await month.decks()).toBeGreaterThan(30);
    expect(most, 'more was due than a day has').toBeGreaterThan(0);
    expect(dateAt(clock.now()) > summerTime).toBe(true);
    expect(group.discord.violations).toEqual([]);
  },
);
