import type { Card, Member, Reply } from 'local-discord';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { type LedgerRow, quizSource } from '../../src/ledger/rows.js';
import { Ledger } from '../../src/ledger/service.js';
import { Profiles } from '../../src/profiles/service.js';
import { Memory } from '../../src/store/held.js';
import { openStore } from '../../src/store/open.js';
import { bankIn, demoQuestions, shippedQuestions } from '../helpers/banks.js';
import { startTheBot, tempDatabaseUrl } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';

/** A server with 23 members named after their places, so that `p1` has the most points; and Zoe with none. */
async function scene({ empty = false, questions = demoQuestions } = {}) {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group');
  const members = Array.from({ length: 23 }, (_, n) => discord.member(`p${n + 1}`, { server }));
  const zoe = discord.member('Zoe', { server });
  const databaseUrl = await tempDatabaseUrl();
  const rows = members.flatMap((member, n) => [
    answer(member, { points: 1_000 - 10 * n, at: clock.now() - n * 86_400_000 }),
    answer(member, {
      points: 0,
      right: false,
      topic: n < 2 ? 'facts' : 'queries',
      at: clock.now() - 40 * 86_400_000,
    }),
  ]);
  if (!empty) await seed(databaseUrl, clock, server.id, rows);
  await startTheBot(discord, { clock, databaseUrl, env: { QUESTIONS_DIR: questions } });
  const at = (place: number): Member => members[place - 1] as Member;
  return { clock, discord, server, at, zoe };
}

let rounds = 0;
const answer = (member: Member, changes: Partial<LedgerRow>): LedgerRow => ({
  source: quizSource('seed', ++rounds),
  member: member.id,
  points: 100,
  right: true,
  level: 'basic',
  topic: 'queries',
  at: 0,
  ...changes,
});

async function seed(
  databaseUrl: string,
  clock: ManualClock,
  guildId: string,
  rows: LedgerRow[],
): Promise<void> {
  const store = await openStore(databaseUrl, pino({ level: 'silent' }));
  const memory = new Memory(store);
  const ledger = new Ledger({ memory, clock });
  const profiles = new Profiles(memory);
  await memory.use((change) => {
    ledger.book(change, guildId, rows);
    profiles.take(
      change,
      guildId,
      rows.map((row) => ({ ...row, day: '2026-03-04' })),
    );
  });
  await store.close();
}

const ranks = ({ text }: Card | Reply): number[] =>
  [...text.matchAll(/^\*\*(\d+)\.\*\* <@\d+> · \*\*[\d,]+\*\*\u00a0points$/gm)].map(([, rank]) =>
    Number(rank),
  );
const buttons = ({ buttons: all }: Card): string[] =>
  all.map(({ label, disabled }) => (disabled ? `(${label})` : label));
const upTo = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);

describe('/leaderboard', () => {
  test('shows everybody a page of ten, pings nobody, and turns its pages in place', async () => {
    const { at, zoe } = await scene();
    const card = (await zoe.slash('/leaderboard')).message;
    expect(card.ephemeral).toBe(false);
    expect(card.pings).toEqual({ everyone: false, users: [], roles: [] });
    expect(card.text).toContain('Leaderboard · all time');
    expect(card.text).toContain(
      `**1.** ${at(1).mention} · **1,000**\u00a0points\n-# 🥇 50\u00a0%\u00a0right (1\u00a0of\u00a02)`,
    );
    expect(card.text).toContain('23 members · page 1 of 3');
    expect(buttons(card)).toEqual(['(◀)', '▶', 'My rank', '(All time)', 'This month', 'This week']);
    await zoe.press(card, '▶');
    expect(ranks(card)).toEqual(upTo(11, 20));
    await at(5).press(card, '▶');
    expect(ranks(card)).toEqual(upTo(21, 23));
    expect(buttons(card)).toEqual(['◀', '(▶)', 'My rank', '(All time)', 'This month', 'This week']);
    await zoe.press(card, '◀');
    expect(ranks(card)).toEqual(upTo(11, 20));
  });

  test('tells a member their rank in private, with the page they are on', async () => {
    const { at, zoe } = await scene();
    const card = await zoe.slash('/leaderboard');
    const own = await at(14).press(card, 'My rank');
    expect(own.ephemeral).toBe(true);
    expect(own.text).toContain('You are number **14** of 23 with **870** points');
    expect(own.text).toMatch(new RegExp(`\\*\\*14\\.\\*\\* ${at(14).mention} .*\\n.* · you`));
    expect(ranks(own)).toEqual(upTo(11, 20));
    expect(ranks(card)).toEqual(upTo(1, 10));
    const none = await zoe.press(card, 'My rank');
    expect(none.text).toContain('You are not on this leaderboard yet');
  });

  test('counts the week, the month and a topic apart, and its buttons remember which', async () => {
    const { at, zoe } = await scene();
    const week = await zoe.slash('/leaderboard period:week');
    expect(week.text).toContain('Leaderboard · this week');
    // It is Wednesday: three days.
    expect(ranks(week)).toEqual([1, 2, 3]);
    expect((await at(3).press(week, 'My rank')).text).toContain('number **3** of 3');
    expect(ranks(await zoe.slash('/leaderboard period:month'))).toEqual([1, 2, 3, 4]);
    const topic = await zoe.slash('/leaderboard topic:facts');
    expect(topic.text).toMatch(/Leaderboard · all time · \S/);
    expect(ranks(topic)).toEqual([1, 1]);
    expect((await at(3).press(topic, 'My rank')).text).toContain('not on this leaderboard');
  });

  test('answers buttons of an old week with the present one', async () => {
    const { clock, at, zoe } = await scene();
    const week = await zoe.slash('/leaderboard period:week');
    clock.jumpTo('2026-03-11T12:00:00Z');
    expect((await at(1).press(week, 'My rank')).text).toContain('Nobody has earned points here this week');
  });

  test('says what to do where nobody has points', async () => {
    const { zoe } = await scene({ empty: true });
    const card = (await zoe.slash('/leaderboard')).message;
    expect(card.text).toContain('/quiz start');
    expect(buttons(card)).toEqual(['(My rank)', '(All time)', 'This month', 'This week']);
  });

  test('names topics that are near one that there is not', async () => {
    const { zoe } = await scene({ empty: true });
    const reply = await zoe.slash('/leaderboard topic:querys');
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toMatch(/no topic “querys”.*`queries`/);
    expect((await zoe.complete('/leaderboard topic:quer')).map(({ value }) => value)).toContain('queries');
  });

  test('offers topics that have points to give, and no packs, which have no board', async () => {
    const { zoe } = await scene({ empty: true, questions: shippedQuestions });
    const offered = (await zoe.complete('/leaderboard topic:python')).map(({ value }) => String(value));
    expect(offered.length).toBeGreaterThan(5);
    const bank = await bankIn(shippedQuestions);
    for (const topic of offered) expect(bank.topic(topic)?.id, topic).toBe(topic);
    expect((await zoe.slash('/leaderboard topic:python')).text).toContain('Choose one topic');
  });

  test('answers forged buttons', async () => {
    const { zoe } = await scene();
    const card = await zoe.slash('/leaderboard');
    for (const customId of [
      'leaderboard:page:year:-:1',
      'leaderboard:page:all',
      'leaderboard:other:all:-:1',
      'leaderboard:page:all:-:soon',
      'leaderboard:page:all:-:99999999999',
      'leaderboard:page:all:-:-5',
    ])
      expect((await zoe.pressId(card, customId)).failed, customId).toBeUndefined();
  });
});

describe('/stats', () => {
  test('shows the reader alone points, rank, accuracy, streaks and readiness', async () => {
    const { at, zoe } = await scene();
    const own = await at(2).slash('/stats');
    expect(own.ephemeral).toBe(true);
    expect(own.text).toContain(at(2).mention);
    expect(own.text).toContain('**990** points · rank **2** of 23');
    expect(own.text).toContain('basic · 50\u00a0% (1\u00a0of\u00a02)');
    expect(own.text).toMatch(/Readiness \d+\u00a0%/);
    expect(own.text).toContain('Active **1 day** in a row');
    const others = await zoe.slash('/stats member:p2');
    expect(others.ephemeral).toBe(true);
    expect(others.text).toContain('rank **2** of 23');
  });

  test('has friendly words for somebody without answers', async () => {
    const { zoe } = await scene();
    expect((await zoe.slash('/stats')).text).toContain('No answers yet');
  });

  test('shows one’s own practice in direct messages, where there are no ranks', async () => {
    const { at } = await scene();
    const reply = await at(1).slash('/stats', { channel: at(1).dm });
    expect(reply.text).toContain('No answers yet');
    expect(reply.text).not.toContain('rank');
  });
});
