import type { Card, Channel, Member } from 'local-discord';
import { seeded } from 'local-discord';
import { expect, it } from 'vitest';
import { toShown } from '../../src/asking/asked.js';
import { dailyAnswersLog, postRecord } from '../../src/daily/records.js';
import { cardAnswersLog, cardRecord } from '../../src/question/records.js';
import { quizAnswersLog } from '../../src/quiz/records.js';
import { lateWords } from '../../src/quiz/words.js';
import { readRows } from '../../src/store/log-segments.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { startTheBot, tempDatabaseUrl } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { expectMemoryIsDisk, watchTurns } from '../helpers/flaky-store.js';
import { seedsTo } from '../helpers/long.js';
import { listeningLog } from '../helpers/store.js';
import { Disk } from '../quiz/flaky-sqlite.js';

const seeds = seedsTo(1, 30);
const rounds = 14;

interface Press {
  readonly card: Card;
  readonly member: Member;
  /** `<feature>:a:<id>:<…>:<letter>` */
  readonly customId: string;
  readonly said: 'recorded' | 'refused' | 'else';
  readonly text: string;
}

/** Words of a receipt for an answer that was taken just now. */
const receipt = /^(Your answer is recorded|Recorded|(✅|❌) \*\*(Right|Not this time))/;

const openButtons = (card: Card): string[] =>
  card.buttons.flatMap(({ customId, disabled }) =>
    customId && !disabled && /^(quiz|practice|daily):a:/.test(customId) ? [customId] : [],
  );

/** Two servers with a quiz, question cards and a daily at once, on a real SQLite file that fails now and then. */
async function scene(seed: number) {
  const random = seeded(seed);
  const clock = new ManualClock('2026-03-04T12:01:50Z');
  const discord = await startDiscord({ clock });
  const disk = new Disk();
  const databaseUrl = await tempDatabaseUrl();
  const path = databaseUrl.slice('sqlite://'.length);
  const open: typeof openStore = (_, log) => disk.open(path, log);
  const servers = [1, 2].map((n) => discord.server(`Group ${n}`, { channels: ['quiz', 'cards', 'daily'] }));
  const groups = servers.map((server) => ({
    server,
    members: ['Ada', 'Ben', 'Cyd', 'Dee'].map((name) => discord.member(name, { server })),
  }));
  const start = async () => {
    const started = await startTheBot(discord, { clock, databaseUrl, open });
    const stopSettling = clock.settleWith(() => started.app.idle());
    return {
      ...started,
      async stop() {
        stopSettling();
        await started.stop();
      },
    };
  };
  return { random, clock, discord, disk, databaseUrl, groups, start, bot: await start() };
}

type Scene = Awaited<ReturnType<typeof scene>>;

async function press(presses: Press[], card: Card, member: Member, customId: string): Promise<void> {
  const reply = await member.pressId(card, customId);
  const text = reply.failed ?? reply.text;
  const refused = /could not be|went wrong/i.test(text);
  const said = receipt.test(text) ? 'recorded' : refused ? 'refused' : 'else';
  presses.push({ card, member, customId, said, text });
}

function someOf<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

function pressSome({ random }: Scene, channel: Channel, members: readonly Member[], presses: Press[]) {
  const cards = channel.messages.filter((card) => openButtons(card).length > 0).slice(-2);
  return cards.flatMap((card) =>
    members
      .filter(() => random() < 0.5)
      .flatMap((member) => {
        const twice = [someOf(random, openButtons(card)), someOf(random, openButtons(card))];
        return twice.map((customId) => press(presses, card, member, customId));
      }),
  );
}

async function play(world: Scene): Promise<Press[]> {
  const { random, clock, disk, groups } = world;
  const presses: Press[] = [];
  for (const [index, { members }] of groups.entries()) {
    members[0]?.allow('ManageGuild');
    const set = `/daily set time:12:0${index + 2} timezone:UTC topic:queries channel:#daily`;
    expect((await members[0]?.slash(set))?.text).toContain('is set');
  }
  for (let round = 0; round < rounds; round++) {
    const share = random() < 0.4 ? 0.5 : 0.05;
    disk.fails = () => random() < share;
    disk.failsRead = () => random() < 0.02;
    await Promise.all(
      groups.flatMap(({ server, members }) => {
        const [quiz, cards, daily] = ['quiz', 'cards', 'daily'].map((name) => server.channel(name)) as [
          Channel,
          Channel,
          Channel,
        ];
        const host = someOf(random, members);
        const commands: Promise<unknown>[] = [];
        if (random() < 0.5)
          commands.push(host.slash('/quiz start lobby:0 rounds:3 seconds:20', { channel: quiz }));
        if (random() < 0.4)
          commands.push(host.slash('/question any kind:"single choice"', { channel: cards }));
        return [
          ...commands,
          ...[quiz, cards, daily].flatMap((channel) => pressSome(world, channel, members, presses)),
        ];
      }),
    );
    await clock.advanceBy(Math.floor(random() * 25_000));
    if (random() < 0.1) {
      disk.fails = () => false;
      disk.failsRead = () => false;
      await world.bot.stop();
      world.bot = await world.start();
    }
  }
  disk.fails = () => false;
  disk.failsRead = () => false;
  return presses;
}

const keyOf = ({ customId, member }: Press): string =>
  `${customId.split(':').slice(0, -1).join(':')} ${member.id}`;

/** Whoever was refused tries again, and is taken at their word as long as the card is open. */
async function repeatRefused({ clock }: Scene, presses: Press[]): Promise<void> {
  await clock.settle();
  const recorded = new Set(presses.filter(({ said }) => said === 'recorded').map(keyOf));
  for (const refused of presses.filter(({ said }) => said === 'refused')) {
    const { card, member, customId } = refused;
    if (recorded.has(keyOf(refused)) || !openButtons(card).includes(customId)) continue;
    await press(presses, card, member, customId);
    const again = presses.at(-1);
    // Its buttons stay for two seconds when a round's time is up: for presses in time that are still on their way.
    if (again?.text === lateWords) continue;
    expect(again?.said, `${customId} can be repeated: ${again?.text}`).toBe('recorded');
    recorded.add(keyOf(refused));
  }
}

/** What the disk says of a card's answers, as `<member>: letters shown`. */
async function storedOf(store: Store, feature: string, id: string, round: string): Promise<string[]> {
  const stored: string[] = [];
  if (feature === 'quiz') {
    for await (const row of readRows(store, quizAnswersLog, id))
      if (row.round === Number(round)) stored.push(`${row.member}: ${row.shown.join()}`);
    return stored;
  }
  const isDaily = feature === 'daily';
  const card = isDaily ? await store.get(postRecord, id) : await store.get(cardRecord, id);
  for await (const { member, answer } of readRows(store, isDaily ? dailyAnswersLog : cardAnswersLog, id))
    if (card && 'picks' in answer) stored.push(`${member}: ${toShown(card.asked, answer.picks).join()}`);
  return stored;
}

it.each(seeds)(
  'whatever write fails in quizzes, cards and dailies at once, acknowledged is stored and refused is not (seed %i)',
  { timeout: 60_000 },
  async (seed) => {
    const endWatch = watchTurns();
    const world = await scene(seed);
    const presses = await play(world);
    await repeatRefused(world, presses);
    await world.clock.advanceBy(3 * 60_000);
    for (const { server, members } of world.groups)
      for (const channel of [server.channel('cards'), server.channel('daily')])
        await Promise.all(pressSome(world, channel, members, presses));
    await world.clock.advance('1m');
    await expectMemoryIsDisk(world.bot.app.memory);
    await world.bot.stop();
    endWatch();
    const store = await openStore(world.databaseUrl, listeningLog().log);
    try {
      const cards = new Set(presses.map(({ customId }) => customId.split(':').slice(0, -1).join(':')));
      for (const name of cards) {
        const told = presses
          .filter(({ customId, said }) => said === 'recorded' && customId.startsWith(`${name}:`))
          .map(({ customId, member }) => `${member.id}: ${customId.split(':').at(-1)}`);
        const [feature = '', , id = '', round = ''] = name.split(':');
        expect((await storedOf(store, feature, id, round)).sort(), name).toEqual(told.sort());
      }
    } finally {
      await store.close();
    }
    const recorded = presses.filter(({ said }) => said === 'recorded').map(keyOf);
    expect(recorded.some((key) => key.startsWith('daily'))).toBe(true);
    expect(recorded.length).toBeGreaterThan(10);
  },
);
