import type { Card, Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { type Fits, QuizSources } from '../../src/quiz/sources.js';
import { letterOf, type Stage, stage } from '../helpers/stage.js';
import { question, server, startWorld, type World } from './world.js';

const monday = '2026-01-05T09:01:00Z';
const tuesday = '2026-01-06T09:01:00Z';

const [ben, cyd] = ['11', '12'] as const;

/** Ten questions of each topic; the daily asks about queries. */
const questions = ['queries', 'serializers'].flatMap((topic) =>
  Array.from({ length: 10 }, (_, index) => question(`${topic}-${index}`, { topic })),
);

/** What a member has answered in practice, with their results out. */
async function practised({ memory, outcomes, clock }: World, member: string, rights: readonly boolean[]) {
  for (const [index, right] of rights.entries()) {
    const occasion = {
      id: `${member} ${index}`,
      where: 'question',
      question: `queries-${index}`,
      rev: 'r1',
      topic: 'queries',
      level: 'basic',
      at: clock.now(),
    } as const;
    await memory.use((change) =>
      outcomes.take(change, server, occasion, [
        { member, right, at: clock.now(), day: '2026-01-05', practice: true },
      ]),
    );
  }
}

/** The questions that a quiz of both asks first, and whether they are fewer than its rounds. */
async function askedFirst(world: World, from: 'missed' | 'weak', rounds: number) {
  const { bank, asked, profiles, memory, poster } = world;
  const sources = new QuizSources({
    bank,
    asked,
    profiles,
    unrevealed: (change, id) => poster.unrevealed.in(change, id),
  });
  const game = { guildId: server, settings: { from, kinds: 'choice' }, planned: rounds } as const;
  return memory.use((change) => ({
    first: [...(sources.preferred(change, game as Fits, [ben, cyd]) ?? [])].sort(),
    tooFew: sources.isTooFew(change, game as Fits, [ben, cyd]),
  }));
}

async function opened(rights: readonly boolean[]): Promise<World> {
  const world = await startWorld('2026-01-05T08:00:00Z', questions);
  await practised(world, ben, rights);
  await world.set({ topic: 'queries' });
  await world.run(monday);
  return world;
}

describe('what a quiz asks first, while a daily question is open', () => {
  it.each([true, false])('from:missed is the same after an answer to it (right: %s)', async (right) => {
    const world = await opened([]);
    const before = await askedFirst(world, 'missed', 1);
    expect(before).toEqual({ first: [], tooFew: true });
    await world.answer(ben, right);
    expect(await askedFirst(world, 'missed', 1)).toEqual(before);
    await world.run(tuesday);
    expect((await askedFirst(world, 'missed', 1)).tooFew).toBe(right);
  });

  it.each([
    ['a wrong answer would make a topic weak', [false, true, true, true], false],
    ['an answer would be the fifth', [false, false, false, false], true],
    ['a right answer would end a weakness', [true, true, true, true, true, true, true, false, false], true],
  ] as const)('from:weak is the same where %s', async (_, rights, right) => {
    const world = await opened(rights);
    const before = await askedFirst(world, 'weak', 2);
    await world.answer(ben, right);
    expect(await askedFirst(world, 'weak', 2)).toEqual(before);
    await world.run(tuesday);
    expect(await askedFirst(world, 'weak', 2)).not.toEqual(before);
  });
});

/** What somebody else can ask, as it is sent to them. */
async function everythingThat({ ada: reader, drills, clock }: Stage, member: Member): Promise<string[]> {
  const said: string[] = [];
  const ask = async (command: string): Promise<Card> => {
    const { message } = await reader.slash(command);
    said.push(`${command}\n${JSON.stringify(message.raw.components)}\n${message.raw.content}`);
    return message;
  };
  await ask(`/stats member:${member.id}`);
  for (const period of ['all', 'month', 'week']) await ask(`/leaderboard period:${period}`);
  for (const command of ['/stats', '/daily status', '/quiz status']) await ask(command);
  for (const from of ['missed', 'weak']) {
    const lobby = drills.next(({ buttons }) => buttons.some(({ label }) => label === 'Join'));
    await reader.slash(`/quiz start topic:queries rounds:3 from:${from}`);
    await member.press(await lobby, 'Join');
    await clock.advance('2s');
    await clock.settle();
    said.push((await lobby).text);
    await reader.slash('/quiz stop');
    await clock.settle();
    await clock.advance('15s');
  }
  // Ids of messages, and moments.
  return said.map((text) => text.replace(/\d{15,}|<t:\d+:\w>/g, '…'));
}

it('stats of others, boards and lobbies look alike after a right and after a wrong answer', async () => {
  const heard: string[][] = [];
  for (const answer of ['none', 'right', 'wrong'] as const) {
    const scene = await stage();
    const { ada, ben: member, clock, drills, discord } = scene;
    ada.allow('ManageGuild');
    await ada.slash('/daily set time:12:01 timezone:UTC topic:queries level:basic');
    const posted = drills.next(({ text }) => text.includes('Daily question'));
    await clock.advance('90s');
    const card = await posted;
    if (answer !== 'none') {
      const receipt = await member.press(card, letterOf(card, answer === 'right'));
      expect(receipt.text).toContain(answer === 'right' ? 'when the question closes' : 'Not');
    }
    await clock.settle();
    heard.push(await everythingThat(scene, member));
    expect(discord.violations).toEqual([]);
  }
  const [none = [], right = [], wrong = []] = heard;
  expect(right).toEqual(wrong);
  // That somebody took part, others may know: the card says so.
  const otherThanPart = (said: readonly string[]) =>
    said.slice(1).map((text) => text.replace(/\d (?:people have|person has) answered/, ''));
  expect(otherThanPart(right)).toEqual(otherThanPart(none));
});
