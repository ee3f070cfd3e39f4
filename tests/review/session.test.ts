import type { Card, Member, Reply } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { firstRound, isResults, letterOf, restart, type Stage, stage } from '../helpers/stage.js';
import { dayMs, labels, miss, reviewed, say } from './play.js';

describe('a review', () => {
  it('has nothing before something was missed', async () => {
    const { ada } = await stage();
    expect((await ada.slash('/review start')).text).toContain('Nothing to review yet');
  });

  it('brings back what was missed on the day after, in one private message', async () => {
    const { ada, clock, discord } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    expect((await ada.slash('/review start')).text).toContain('The next cards come tomorrow');
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    expect(session.ephemeral).toBe(true);
    expect(session.text).toContain('question 1 of 1');
    expect(labels(session)).toEqual(
      expect.arrayContaining(['A', 'B', 'C', 'D', 'Guess', 'Unsure', 'Sure', 'Forget this', 'Stop']),
    );
    await say(ada, session, true);
    expect(session.text).toContain('Right.');
    expect(session.text).toContain('docs.djangoproject.com');
    expect(session.text).toContain('Comes back in 3 days');
    await ada.press(session, 'Next');
    expect(session.text).toContain('1 of 1** right');
    expect(session.text).toContain('1 in 3 days');
    expect((await ada.slash('/review start')).text).toContain('Nothing is due today');
    expect(discord.violations).toEqual([]);
  });

  it('comes back after 1, 3, 8, 22 and 54 days', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    for (const days of [1, 3, 8, 22, 54]) {
      clock.jumpTo(clock.now() + (days - 1) * dayMs);
      expect((await ada.slash('/review start')).text).toContain('Nothing is due today');
      clock.jumpTo(clock.now() + dayMs);
      await reviewed(ada, true);
    }
  });

  it('comes back after 1, 1, 3, 3 and 6 days when missed twice', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    for (const [days, right] of [
      [1, false],
      [1, true],
      [3, true],
      [3, true],
      [6, true],
    ] as const) {
      clock.jumpTo(clock.now() + (days - 1) * dayMs);
      expect((await ada.slash('/review start')).text).toContain('Nothing is due today');
      clock.jumpTo(clock.now() + dayMs);
      await reviewed(ada, right);
    }
  });

  it('counts one answer a day, by the server’s days', async () => {
    const { ada, clock } = await stage();
    ada.allow('ManageGuild');
    await ada.slash('/daily set time:09:00 timezone:Asia/Tokyo');
    // 23:30 in Tokyo.
    clock.jumpTo('2026-03-04T14:30:00Z');
    await miss(ada, 'advanced topic:queries', clock);
    clock.jumpTo('2026-03-04T15:30:00Z');
    const tomorrow = await reviewed(ada, false);
    expect(tomorrow.text).toContain('Comes back tomorrow');
    // Right half an hour later, on the same day there.
    const again = await ada.slash('/review status');
    await say(ada, await ada.press(again, 'Ask 1'), true);
    expect((await ada.slash('/review start')).text).toContain('The next cards come tomorrow');
  });

  it('takes every kind, and asks in the form how sure one is of a word', async () => {
    const { ada, clock, discord } = await stage();
    for (const kind of ['multiple-choice', 'ordering', 'short-answer', 'true-false']) {
      await clock.advance('5s');
      const topic = kind === 'true-false' ? 'facts' : 'kinds';
      await missKind(ada, await ada.slash(`/question any topic:${topic} kind:${kind} private:true`));
    }
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    const kinds: string[] = [];
    for (let asked = 0; asked < 4; asked++) {
      kinds.push(
        /· ([a-z -]+)$/m.exec(session.text.split('\n').find((line) => line.startsWith('###')) ?? '')?.[1] ??
          '',
      );
      await answerRight(ada, session);
      expect(session.text).toContain('Right.');
      await ada.press(session, 'Next');
    }
    expect(kinds.sort()).toEqual(['multiple choice', 'ordering', 'short answer', 'true or false']);
    expect(session.text).toContain('4 of 4** right');
    expect(discord.violations).toEqual([]);
  });

  it('goes on after a restart, with what was answered', async () => {
    const world = await stage();
    const { ada, clock } = world;
    await miss(ada, 'advanced topic:queries', clock);
    await miss(ada, 'basic topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    await say(ada, session, true);
    const pressed = await restart(world);
    await ada.press(session, 'Next');
    expect(session.text).toContain('question 2 of 2');
    await pressed.stop();
    await restart({ ...world, bot: pressed });
    await say(ada, session, false);
    await ada.press(session, 'Next');
    expect(session.text).toContain('1 of 2** right');
    expect(session.text).toContain('1 answer you were sure of was wrong');
  });

  it('a press that is repeated, or late, changes nothing', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    await miss(ada, 'basic topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    const letter = letterOf(session, false);
    await ada.press(session, letter);
    const sure = session.buttons.find(({ label }) => label === 'Sure')?.customId ?? '';
    await Promise.all([1, 2, 3].map(() => ada.pressId(session, sure)));
    expect(session.text).toContain('Not this time');
    const next = session.buttons.find(({ label }) => label === 'Next')?.customId ?? '';
    await Promise.all([1, 2, 3].map(() => ada.pressId(session, next)));
    expect(session.text).toContain('question 2 of 2');
    await ada.pressId(session, sure);
    expect(session.text).toContain('question 2 of 2');
  });

  it('is nobody else’s, and the one before it ends', async () => {
    const { ada, ben, clock, drills } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    const said = ben.says('hello', drills);
    for (const { customId } of session.buttons)
      if (customId) expect((await ben.pressId(said, customId)).text).toContain('This session is over');
    clock.jumpTo(clock.now() + 3_000);
    await ada.slash('/review start');
    expect((await ada.pressId(said, session.buttons[0]?.customId ?? '')).text).toContain('session is over');
  });

  it('forgets what is not wanted any more, and stops', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    await miss(ada, 'basic topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    await ada.press(session, 'Forget this');
    expect(session.text).toContain('Forgotten');
    await ada.press(session, 'Stop');
    expect(session.text).toContain('Review: stopped');
    expect((await ada.slash('/review start')).text).toContain('question 1 of 1');
  });

  it('asks of one topic, and suggests those with something due', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    expect(await ada.complete('/review start topic:')).toEqual([
      { name: 'QuerySets and lookups (1 due)', value: 'queries' },
    ]);
    expect((await ada.slash('/review start topic:kinds')).text).toContain('Nothing of');
    expect((await ada.slash('/review start topic:queries')).text).toContain('question 1 of 1');
  });
});

describe('what is open elsewhere', () => {
  it('is neither asked nor revealed', async () => {
    const { ada, ben, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    // While she looks at it, somebody puts the same question to everybody.
    const card = await putAgain(ben, clock, 'advanced topic:queries');
    await say(ada, session, true);
    expect(session.text).not.toMatch(/Right\.|Answer\*\*|docs\.django/);
    expect(session.text).toContain('being asked in this server just now');
    expect((await ada.slash('/review start')).text).toContain('being asked in this server just now');
    await ben.press(card, 'Reveal');
    await clock.advance('2s');
    expect((await ada.slash('/review start')).text).toContain('question 1 of 1');
  });

  it('nothing that is shown before the answer tells which option is right', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    const [right, wrong] = [letterOf(session, true), letterOf(session, false)];
    await ada.press(session, right);
    const one = shape(session, right);
    await ada.press(session, wrong);
    expect(shape(session, wrong)).toBe(one);
    expect(session.text).not.toContain('docs.djangoproject.com');
  });
});

describe('how sure one was', () => {
  it('makes a guess come back sooner, and is told by topic to oneself alone', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    const guessed = await ada.slash('/review start');
    await say(ada, guessed, true, 'Guess');
    expect(guessed.text).toContain('You guessed, so it comes back sooner');
    expect(guessed.text).toMatch(/Comes back (tomorrow|in 2 days)/);
    clock.jumpTo(clock.now() + 3 * dayMs);
    await reviewed(ada, false);
    expect((await ada.slash('/review status')).text).toContain('1 of 1 answer you were sure of');
  });

  it('changes no points', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    clock.jumpTo(clock.now() + dayMs);
    await reviewed(ada, true);
    expect((await ada.slash('/stats')).text).toContain('**0** points');
  });
});

describe('after a quiz', () => {
  it('what one missed can be gone through from My answers', async () => {
    const world = await stage();
    const { ada, ben, drills, clock } = world;
    const round = await firstRound(world, 'rounds:1 seconds:20');
    await ben.press(round, letterOf(round, false));
    await ada.press(round, letterOf(round, true));
    const ended = drills.next(isResults);
    await clock.advance('1m');
    const results = await ended;
    const hers = await ada.press(results, 'My answers');
    expect(labels(hers)).not.toContain('Review these');
    const his = await ben.press(results, 'My answers');
    const session = await ben.press(his, 'Review these');
    expect(session.ephemeral).toBe(true);
    await say(ben, session, true);
    expect(session.text).toContain('Comes back tomorrow');
  });
});

it('in direct messages, it is what was missed there', async () => {
  const { ada, clock } = await stage();
  await miss(ada, 'advanced topic:queries', clock);
  const there = { channel: ada.dm };
  await clock.advance('5s');
  const card = await ada.slash('/question basic topic:queries private:true', there);
  await ada.press(card, letterOf(card, false));
  clock.jumpTo(clock.now() + dayMs);
  const status = await ada.slash('/review status', there);
  expect(status.text).toContain('here, in direct messages');
  const session = await ada.slash('/review start', there);
  expect(session.text).toContain('basic question');
  expect(session.text).toContain('question 1 of 1');
});

/** The same question on a public card. */
async function putAgain(member: Member, clock: Stage['clock'], options: string): Promise<Reply> {
  await clock.advance('5s');
  return member.slash(`/question ${options}`);
}

/** What can be told from a card apart from which letter is chosen. */
const shape = ({ text, buttons }: Pick<Card, 'text' | 'buttons'>, letter: string): string =>
  JSON.stringify([
    text,
    buttons
      .map(({ label, style, disabled }) => [label === letter ? 'chosen' : '', style, disabled].join())
      .sort(),
  ]);

async function missKind(member: Member, card: Reply): Promise<void> {
  if (card.text.includes('true or false')) await member.press(card, 'False');
  else if (card.text.includes('short answer')) {
    const form = await member.press(card, 'Answer');
    await member.submit(form, { answer: 'something else' });
  } else if (card.text.includes('ordering')) {
    await member.press(card, 'Put in order…');
    for (const letter of wrongOrder(card)) await member.press(card, letter);
    await member.press(card, 'Submit');
  } else {
    await member.press(card, 'Choose…');
    await member.press(card, letterWith(card, 'a wrong option'));
    await member.press(card, 'Submit');
  }
  expect(card.text).toContain('Not this time');
}

async function answerRight(member: Member, card: Reply): Promise<void> {
  if (card.text.includes('short answer')) {
    const form = await member.press(card, 'Answer');
    await member.submit(form, { answer: 'the word', sure: 'Unsure' });
    return;
  }
  const letters = card.text.includes('true or false')
    ? ['True']
    : card.text.includes('ordering')
      ? ['step one', 'step two', 'step three'].map((step) => letterWith(card, step))
      : [letterWith(card, 'the first right option'), letterWith(card, 'the second right option')];
  for (const letter of letters) await member.press(card, letter);
  await member.press(card, 'Sure');
}

const letterWith = ({ text }: Pick<Card, 'text'>, option: string): string => {
  const letter = new RegExp(`\\*\\*([A-F])\\*\\*\\s+${option}$`, 'm').exec(text)?.[1];
  if (!letter) throw new Error(`No option “${option}” in:\n${text}`);
  return letter;
};

const wrongOrder = (card: Pick<Card, 'text'>): string[] =>
  ['step three', 'step two', 'step one'].map((step) => letterWith(card, step));
