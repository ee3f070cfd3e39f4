import { DiscordAPIError } from 'discord.js';
import type { Logger } from 'pino';
import { isPassing } from '../discord/api-errors.js';
import { plain } from '../discord/components.js';
import { type Messenger, nonceHoldsMs } from '../discord/outgoing.js';
import type { Clock } from '../time/clock.js';
import { minuteMs } from '../time/spans.js';
import type { NightBook } from './book.js';
import type { CurrentNight, NightReminders } from './records.js';
import { reminder } from './words.js';

/** Messages under way at once; each is one request for the channel and one for the message. */
const batchSize = 10;
/** After the start, a message comes too late by so much. */
const usefulForMs = 5 * minuteMs;
const mostMembers = 500;

export type RemindOutcome = 'done' | 'already' | 'full';

export interface RemindingParts {
  readonly book: NightBook;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Tells those who asked for it that the lobby is open: each of them once. */
export class Reminding {
  readonly #parts: RemindingParts;

  constructor(parts: RemindingParts) {
    this.#parts = parts;
  }

  /** Puts a member on the list of the next lobby. */
  ask(guildId: string, member: string): Promise<RemindOutcome> {
    return this.#parts.book.reminders.use(guildId, (slot) => {
      const before = slot.value ?? { members: [] };
      if (before.members.includes(member)) return 'already';
      if (before.members.length >= mostMembers) return 'full';
      slot.set({ ...before, members: [...before.members, member] });
      return 'done';
    });
  }

  /** Takes everybody off the list. */
  clear(guildId: string): Promise<void> {
    return this.#parts.book.reminders.use(guildId, (slot) => {
      if (slot.value) slot.remove();
    });
  }

  /** Sends to all on the list. Rejects when Discord is away; those who are left stay on it. */
  async send(guildId: string, current: CurrentNight): Promise<void> {
    const { book, clock } = this.#parts;
    // Every turn takes some off the list, or rejects.
    for (;;) {
      const nowMs = clock.now();
      if (nowMs > current.startsAtMs + usefulForMs) return this.clear(guildId);
      const next = await book.reminders.use(guildId, (slot) => {
        const taken = slot.value && batchOf(slot.value, nowMs);
        if (taken) slot.set(taken);
        else if (slot.value) slot.remove();
        return taken?.sending;
      });
      if (!next) return;
      const left = await this.#sendTo(guildId, current, next.members);
      await book.reminders.use(guildId, (slot) => {
        const { sending } = slot.value ?? {};
        // Whoever had their data removed meanwhile stays off.
        const members = left.members.filter((member) => sending?.members.includes(member));
        if (slot.value) slot.set({ ...slot.value, sending: { members, atMs: next.atMs } });
      });
      if (left.members.length > 0) throw left.error;
    }
  }

  /** @returns those whom Discord, being away, has not let be told */
  async #sendTo(
    guildId: string,
    { id, name, startsAtMs, channelId }: CurrentNight,
    members: readonly string[],
  ): Promise<{ readonly members: string[]; readonly error: unknown }> {
    const { messenger, log } = this.#parts;
    const message = { ...plain(reminder(name, startsAtMs, guildId, channelId)), nonce: `${id}dm` };
    const sent = await Promise.allSettled(members.map((member) => messenger.sendDirect(member, message)));
    const left: string[] = [];
    let error: unknown;
    for (const [index, one] of sent.entries()) {
      const member = members[index];
      if (one.status === 'fulfilled' || member === undefined) continue;
      if (isPassing(one.reason)) {
        left.push(member);
        error = one.reason;
      } else if (one.reason instanceof DiscordAPIError)
        log.info({ err: one.reason, guildId }, 'A member takes no direct messages, and was not reminded');
      else throw one.reason;
    }
    return { members: left, error };
  }
}

/** The list with the next ones on their way; undefined at its end. Those of whom it cannot be known whether they were told are let go. */
function batchOf({ members, sending }: NightReminders, nowMs: number): NightReminders | undefined {
  const again = sending && nowMs - sending.atMs <= nonceHoldsMs ? sending.members : [];
  if (sending && again.length > 0) return { members, sending };
  if (members.length === 0) return undefined;
  return {
    members: members.slice(batchSize),
    sending: { members: members.slice(0, batchSize), atMs: nowMs },
  };
}
