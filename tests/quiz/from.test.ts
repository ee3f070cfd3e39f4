import { describe, expect, it } from 'vitest';
import type { QuizSettings } from '../../src/quiz/settings.js';
import { question } from '../daily/world.js';
import { firstRound, isResults, letterOf, type Stage, stage } from '../helpers/stage.js';
import { channel, guild, type NightWorld, nightWorld } from '../night/world.js';
import { settings } from './world.js';

const [ada, ben, cyd] = ['400000000000000001', '400000000000000002', '400000000000000003'] as const;
const levels = ['basic', 'intermediate', 'advanced'] as const;
const bank = levels.flatMap((level) =>
  ['queries', 'serializers'].flatMap((topic) =>
    Array.from({ length: 10 }, (_, index) => question(`${topic}-${level}-${index}`, { topic, level })),
  ),
);
const start = '2026-03-04T12:00:00Z';

/** What a member has answered before, in the server. */
async function answered(
  { memory, outcomes, clock }: NightWorld,
  member: string,
  given: Readonly<Record<string, boolean>>,
): Promise<void> {
  for (const [id, right] of Object.entries(given)) {
    const [topic = '', level = ''] = id.split('-');
    const occasion = { id: `${member} ${id}`, where: 'question', question: id, rev: 'r1', topic, level };
    await memory.use((change) =>
      outcomes.take(change, guild, { ...occasion, at: clock.now() } as never, [
        { member, right, at: clock.now(), day: '2026-03-04', practice: true },
      ]),
    );
  }
}

let nextId = 900_000_000_000_000_000n;

/** Plays a quiz of Ada's without a word, and gives back what it asked. */
async function askedBy(
  world: NightWorld,
  chosen: Partial<QuizSettings>,
  ...others: readonly string[]
): Promise<string[]> {
  const id = String(nextId++);
  const post = () => world.channels.send(channel, { components: [] });
  const place = { id, guildId: guild, channelId: channel };
  await world.quizzes.start(place, { id: ada, name: 'Ada' }, { ...settings, ...chosen }, post);
  for (const member of others) await world.quizzes.act(id, { kind: 'join', member, name: member });
  await world.quizzes.act(id, { kind: 'begin' });
  const rounds = chosen.rounds ?? settings.rounds;
  for (let round = 0; round < rounds; round++) {
    await world.clock.settle();
    await world.quizzes.answer(id, { round, member: ada, name: 'Ada', shown: [0], at: world.clock.now() });
    await world.quizzes.act(id, { kind: 'close', ended: 'skip' });
    await world.clock.settle();
    await world.quizzes.act(id, { kind: 'next', round });
  }
  await world.clock.settle();
  await world.clock.advance('10s');
  return (await world.quizzes.look(id, ({ game }) => game.rounds.map(({ asked }) => asked.questionId))) ?? [];
}

describe('from:missed', () => {
  it('asks first what somebody in the quiz has missed, and fills up from the bank', async () => {
    const world = await nightWorld(start, bank);
    await answered(world, ada, { 'queries-basic-0': false, 'queries-basic-1': true });
    await answered(world, ben, { 'serializers-advanced-3': false });
    await answered(world, cyd, { 'queries-basic-5': false });
    const asked = await askedBy(world, { from: 'missed', rounds: 5 }, ben);
    expect(asked.slice(0, 2).sort()).toEqual(['queries-basic-0', 'serializers-advanced-3']);
    expect(new Set(asked).size).toBe(5);
  });

  it('keeps to its level and topic, and to who is in the quiz when the round opens', async () => {
    const world = await nightWorld(start, bank);
    await answered(world, ada, { 'queries-basic-0': false, 'queries-advanced-1': false });
    await answered(world, ben, { 'queries-advanced-2': false });
    const chosen = { from: 'missed', level: 'advanced', topic: 'queries' } as const;
    expect((await askedBy(world, { ...chosen, rounds: 1 })).at(0)).toBe('queries-advanced-1');
    expect((await askedBy(world, chosen, ben)).sort()).toEqual(['queries-advanced-1', 'queries-advanced-2']);
  });

  it('asks nothing that is open elsewhere in the server', async () => {
    const world = await nightWorld(start, bank);
    await answered(world, ada, { 'queries-basic-0': false });
    const nowMs = world.clock.now();
    await world.memory.use((change) =>
      world.draws.draw(change, {
        scope: guild,
        filter: { topic: 'queries', level: 'basic' },
        preferred: new Set(['queries-basic-0']),
        opener: 'card:1',
        nowMs,
        untilMs: nowMs + 3_600_000,
      }),
    );
    expect(await askedBy(world, { from: 'missed', rounds: 5 })).not.toContain('queries-basic-0');
  });
});

describe('from:weak', () => {
  const of = (topic: string, level: string, rights: readonly boolean[]) =>
    Object.fromEntries(rights.map((right, index) => [`${topic}-${level}-${index}`, right]));

  it('asks first in the group’s weakest topics and levels, by five answers or more', async () => {
    const world = await nightWorld(start, bank);
    await answered(world, ada, of('queries', 'basic', [false, false, true]));
    await answered(world, ben, of('queries', 'basic', [false, false]));
    await answered(world, ben, of('serializers', 'advanced', [true, true, true, true, true, true]));
    // Four answers say nothing, and whoever is not there neither.
    await answered(world, ada, of('queries', 'advanced', [false, false, false, false]));
    await answered(world, cyd, of('serializers', 'basic', [false, false, false, false, false, false]));
    const asked = await askedBy(world, { from: 'weak', rounds: 8 }, ben);
    expect(asked.map((id) => id.slice(0, 'queries-basic'.length))).toEqual(Array(8).fill('queries-basic'));
  });

  it('asks anything where nothing is known of the group', async () => {
    const world = await nightWorld(start, bank);
    expect(await askedBy(world, { from: 'weak', rounds: 5 })).toHaveLength(5);
  });
});

describe('in the channel', () => {
  const lobby = async ({ ada: host, drills }: Stage, options: string) => {
    const card = drills.next(({ buttons }) => buttons.some(({ label }) => label === 'Join'));
    await host.slash(`/quiz start topic:queries ${options}`);
    return card;
  };

  it('the lobby says what comes first, and that it is filled up; nobody is named', async () => {
    const scene = await stage();
    const { ben, clock } = scene;
    const card = await lobby(scene, 'from:missed rounds:2');
    expect(card.text).toContain('first what somebody here has missed');
    expect(card.text).toContain('too few such questions');
    await ben.press(card, 'Join');
    await clock.advance('2s');
    expect(card.text).toContain('too few such questions');
    const other = await stage();
    expect((await lobby(other, 'rounds:2')).text).not.toContain('too few');
  });

  it('Retry missed opens a quiz over what somebody missed in this one, with the same settings', async () => {
    const scene = await stage();
    const { ada: host, ben, clock, drills } = scene;
    const round = await firstRound(scene, 'rounds:1 seconds:45 scoring:accuracy');
    await ben.press(round, letterOf(round, false));
    const ended = drills.next(isResults);
    await host.press(round, letterOf(round, true));
    await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
    await clock.settle();
    await clock.advance('6s');
    const results = await ended;
    const [asked] = round.text.match(/[^\n]*\?/) ?? [];
    const card = drills.next(({ buttons }) => buttons.some(({ label }) => label === 'Join'));
    await ben.press(results, 'Retry missed');
    const opened = await card;
    expect(opened.text).toContain('1 round of 45 s');
    expect(opened.text).toContain('no points for speed · first what was missed in the quiz before');
    expect(opened.text).not.toContain('too few');
    const again = drills.next(({ text }) => text.includes('Round 1 of 1'));
    await ben.press(opened, 'Start now');
    expect((await again).text).toContain(asked);
  });

  it('nobody missed anything: there is nothing to retry, and a forged press says so', async () => {
    const scene = await stage();
    const { ada: host, ben, clock, drills } = scene;
    const round = await firstRound(scene, 'rounds:1');
    const ended = drills.next(isResults);
    for (const member of [ben, host]) await member.press(round, letterOf(round, true));
    await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
    await clock.settle();
    await clock.advance('6s');
    const results = await ended;
    expect(results.buttons.map(({ label }) => label)).not.toContain('Retry missed');
    const id = results.button('Play again').customId?.replace('again', 'retry') ?? '';
    expect((await ben.pressId(results, id)).text).toContain('Nobody missed anything in this quiz');
  });
});
