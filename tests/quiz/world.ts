import { join } from 'node:path';
import { Snowflakes } from 'local-discord';
import { onTestFinished } from 'vitest';
import { noMetrics } from '../../src/app/metrics.js';
import { Outcomes } from '../../src/asked/outcomes.js';
import { AskedIndex } from '../../src/asked/service.js';
import { Draws } from '../../src/bank/draws.js';
import { CoalescedEdits } from '../../src/discord/edits.js';
import type { Messenger, Outgoing } from '../../src/discord/outgoing.js';
import { Ledger } from '../../src/ledger/service.js';
import { Hidden } from '../../src/people/hidden.js';
import { Profiles } from '../../src/profiles/service.js';
import { Quizzes } from '../../src/quiz/service.js';
import type { QuizSettings } from '../../src/quiz/settings.js';
import { Memory } from '../../src/store/held.js';
import { bankIn, demoQuestions } from '../helpers/banks.js';
import { ManualClock } from '../helpers/clock.js';
import { listeningLog, tempDir } from '../helpers/store.js';
import { Disk } from './flaky-sqlite.js';

export const guildId = '100000000000000001';
export const settings: QuizSettings = {
  rounds: 2,
  seconds: 20,
  lobby: 30,
  kinds: 'choice' as const,
  mode: 'race' as const,
  scoring: 'speed',
  from: 'bank',
};

/** A channel's messages as Discord keeps them: one for each nonce. */
export class Board implements Messenger {
  readonly #ids: Snowflakes;
  /** By id, as they are now. */
  readonly messages = new Map<string, { channelId: string; text: string; message: Outgoing }>();
  readonly direct: string[] = [];
  readonly #byNonce = new Map<string, string>();
  /** Messages that were posted, by the part of their nonce that tells what they are. */
  readonly posted: string[] = [];
  /** How far Discord's time is ahead of the bot's. */
  aheadMs = 0;
  /** Runs before anything is taken; throws what Discord answers. */
  refuses: (what: string) => void = () => {};

  constructor(clock: ManualClock) {
    this.#ids = new Snowflakes(() => clock.now() + this.aheadMs);
  }

  async send(channelId: string, message: Outgoing): Promise<string> {
    this.refuses(`send ${message.nonce ?? ''}`);
    const known = message.nonce && this.#byNonce.get(message.nonce);
    if (known) return known;
    const id = this.#ids.next();
    if (message.nonce) this.#byNonce.set(message.nonce, id);
    this.posted.push(message.nonce ?? 'lobby');
    this.messages.set(id, { channelId, text: JSON.stringify(message.components), message });
    return id;
  }

  async edit(channelId: string, messageId: string, message: Outgoing): Promise<void> {
    this.refuses(`edit ${messageId}`);
    this.messages.set(messageId, { channelId, text: JSON.stringify(message.components), message });
  }

  async sendDirect(userId: string, message: Outgoing): Promise<void> {
    this.refuses('direct');
    const known = message.nonce && `${userId} ${message.nonce}`;
    if (known && this.#byNonce.has(known)) return;
    if (known) this.#byNonce.set(known, 'direct');
    this.direct.push(JSON.stringify(message.components));
  }
}

/** Quizzes on a real SQLite file whose writes can fail, before a Discord that can be away. */
export async function quizWorld(clock = new ManualClock('2026-03-04T12:00:00Z')) {
  const path = join(await tempDir(), 'drills.sqlite');
  const { log, lines } = listeningLog();
  const bank = await bankIn(demoQuestions);
  const disk = new Disk();
  const board = new Board(clock);
  let stopping = async (): Promise<void> => {};

  const open = async () => {
    const store = await disk.open(path, log);
    const memory = new Memory(store);
    const draws = new Draws({ bank, memory, random: Math.random });
    const ledger = new Ledger({ memory, clock });
    const profiles = new Profiles(memory);
    const asked = new AskedIndex(memory);
    const outcomes = new Outcomes(profiles, [asked]);
    const edits = new CoalescedEdits({ clock, log, messenger: board });
    const hidden = new Hidden(memory);
    const shared = { memory, clock, log, bank, draws, ledger, profiles, hidden, asked, outcomes, edits };
    const quizzes = new Quizzes({
      ...shared,
      random: Math.random,
      messenger: board,
      metrics: noMetrics,
      sent: { find: async () => 'unknown' as const },
      zoneOf: async () => 'UTC',
    });
    const stopSettling = clock.settleWith(async () => {
      await quizzes.idle();
      await edits.idle();
    });
    stopping = async () => {
      stopping = async () => {};
      stopSettling();
      await quizzes.stop();
      await edits.flush();
      await store.close();
    };
    return { asked, draws, ledger, profiles, memory, store, quizzes };
  };
  onTestFinished(() => stopping());
  const world = {
    clock,
    disk,
    board,
    lines,
    ...(await open()),
    /** Ends the process in good order and starts it again. */
    async restart() {
      await stopping();
      Object.assign(world, await open());
      await world.quizzes.serversReady([guildId]);
    },
    /** Opens a quiz; its lobby's card is posted as an interaction's reply would be. */
    async start(id: string, channelId: string, hostId: string, chosen: Partial<QuizSettings> = {}) {
      await world.quizzes.start(
        { id, guildId, channelId },
        { id: hostId, name: `M${hostId}` },
        { ...settings, ...chosen },
        (lobby) => board.send(channelId, lobby),
      );
    },
    press(id: string, round: number, member: string, letter: number) {
      return world.quizzes.answer(id, {
        round,
        member,
        name: `M${member}`,
        shown: [letter],
        at: clock.now(),
      });
    },
    phase: (id: string) => world.quizzes.look(id, ({ game }) => game.phase),
  };
  return world;
}

export type QuizWorld = Awaited<ReturnType<typeof quizWorld>>;
