import { Snowflakes, seeded } from 'local-discord';
import { onTestFinished } from 'vitest';
import { noMetrics } from '../../src/app/metrics.js';
import { Outcomes } from '../../src/asked/outcomes.js';
import { AskedIndex } from '../../src/asked/service.js';
import type { Bank } from '../../src/bank/bank.js';
import { Draws } from '../../src/bank/draws.js';
import { CoalescedEdits } from '../../src/discord/edits.js';
import type { Messenger, Outgoing } from '../../src/discord/outgoing.js';
import type { SentMessages, Whereabouts } from '../../src/discord/sent.js';
import { Ledger } from '../../src/ledger/service.js';
import { Hidden } from '../../src/people/hidden.js';
import { Profiles } from '../../src/profiles/service.js';
import type { PracticeFilter } from '../../src/question/records.js';
import { Practice } from '../../src/question/service.js';
import { Memory } from '../../src/store/held.js';
import { apiError, bankOf, check, question, textOf } from '../daily/world.js';
import { ManualClock } from '../helpers/clock.js';
import { FlakyDatabase } from '../helpers/flaky-store.js';
import { listeningLog } from '../helpers/store.js';

export const guild = '1001';
export const channel = '2001';
export const questions = Array.from({ length: 6 }, (_, index) => question(`q${index + 1}`));

/** Messages in one channel; edits fail as long as `edits` says so. */
class Board implements Messenger, SentMessages {
  readonly messages = new Map<string, Outgoing>();
  edits: Error | undefined;
  tries = 0;
  /** When edits were made. */
  readonly editedAt: number[] = [];
  readonly #ids: Snowflakes;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
    this.#ids = new Snowflakes(() => clock.now());
  }

  async send(_channelId: string, message: Outgoing): Promise<string> {
    check(message);
    const id = this.#ids.next();
    this.messages.set(id, message);
    return id;
  }

  async edit(_channelId: string, messageId: string, message: Outgoing): Promise<void> {
    check(message);
    this.tries++;
    this.editedAt.push(this.#clock.now());
    if (this.edits) throw this.edits;
    if (!this.messages.has(messageId)) throw apiError(404, 10008, 'Unknown Message');
    this.messages.set(messageId, message);
  }

  async sendDirect(): Promise<void> {}

  async find(_channelId: string, mark: string): Promise<Whereabouts> {
    for (const [messageId, message] of this.messages)
      if (JSON.stringify(message).includes(mark)) return { messageId };
    return 'absent';
  }
}

/** The cards of `/question` on a database in memory, without the commands in front of them. */
export function startPractice(options: { seed?: number } = {}) {
  const random = seeded(options.seed ?? 1);
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const database = new FlakyDatabase();
  const board = new Board(clock);
  const { log, lines } = listeningLog();
  const make = (bank: Bank) => {
    const memory = new Memory(database.open(log));
    const edits = new CoalescedEdits({ clock, log, messenger: board });
    const profiles = new Profiles(memory);
    const asked = new AskedIndex(memory);
    const outcomes = new Outcomes(profiles, [asked]);
    const parts = {
      memory,
      clock,
      log,
      random,
      bank,
      draws: new Draws({ bank, memory, random }),
      messenger: board,
      sent: board,
      edits,
      ledger: new Ledger({ memory, clock }),
      profiles,
      hidden: new Hidden(memory),
      asked,
      outcomes,
      metrics: noMetrics,
      zoneOf: async () => 'Europe/Berlin',
    };
    return { asked, memory, profiles, edits, draws: parts.draws, practice: new Practice(parts) };
  };
  let nextId = 100;
  const world = {
    clock,
    database,
    board,
    lines,
    random,
    ...make(bankOf(questions)),
    /** Ends the process, which has nothing to write then, and starts another on the same data. */
    async restart(bank = bankOf(questions)) {
      await world.practice.stop();
      Object.assign(world, make(bank));
      await world.practice.serversReady([guild]);
      await clock.advance(0);
    },
    /** Asks as this member after the pause between questions; gives the card's id and its message's. */
    async ask(askerId: string, given: { isPrivate?: boolean; filter?: PracticeFilter } = {}) {
      await clock.advance('3s');
      const { isPrivate = false, filter = {} } = given;
      const id = String(++nextId);
      const place = { id, guildId: guild, channelId: channel, askerId, isPrivate, atMs: clock.now() };
      let shown: Outgoing = { components: [] };
      let messageId = '';
      await world.practice.ask(place, filter, async (card) => {
        shown = card;
        if (!isPrivate) messageId = await board.send(channel, card);
        return isPrivate ? undefined : messageId;
      });
      await world.practice.idle();
      return { id, messageId, shown };
    },
    answer: (cardId: string, member: string, pick: number, atMs = clock.now()) =>
      world.practice.submit(cardId, { id: member, name: member }, { picks: [pick] }, atMs),
    /** Presses `Reveal` on a card's message. */
    reveal: (cardId: string, member: string, messageId: string) =>
      world.practice.reveal(cardId, { member, atMs: clock.now(), messageId }, (card) =>
        board.edit(channel, messageId, card),
      ),
    text: (messageId: string): string => textOf(board.messages.get(messageId) ?? { components: [] }),
  };
  const stopSettling = clock.settleWith(() => world.practice.idle());
  onTestFinished(async () => {
    stopSettling();
    await world.practice.stop();
  });
  return world;
}

export const unavailable = () => apiError(503, 0, 'Service Unavailable');
export const archived = () => apiError(400, 50083, 'Thread is archived');
