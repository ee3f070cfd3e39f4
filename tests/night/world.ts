import { onTestFinished } from 'vitest';
import { noMetrics } from '../../src/app/metrics.js';
import { Outcomes } from '../../src/asked/outcomes.js';
import { AskedIndex } from '../../src/asked/service.js';
import { Draws } from '../../src/bank/draws.js';
import { CoalescedEdits } from '../../src/discord/edits.js';
import type { Outgoing } from '../../src/discord/outgoing.js';
import type { PlannedEvent, PlannedPlace, ScheduledEvents } from '../../src/discord/scheduled-events.js';
import { Ledger } from '../../src/ledger/service.js';
import type { NightChange } from '../../src/night/change.js';
import { QuizNights } from '../../src/night/service.js';
import { Hidden } from '../../src/people/hidden.js';
import { Profiles } from '../../src/profiles/service.js';
import { Quizzes } from '../../src/quiz/service.js';
import { Memory } from '../../src/store/held.js';
import type { Store } from '../../src/store/store.js';
import { bankOf, Channels, question, textOf } from '../daily/world.js';
import { ManualClock } from '../helpers/clock.js';
import { tempStore } from '../helpers/store.js';

export const guild = '100000000000000001';
export const channel = '200000000000000001';
export const admin = '300000000000000001';

/** Channels whose direct messages end with the process, too, and come once for a nonce. */
class NightChannels extends Channels {
  readonly #nonces = new Set<string>();

  override sendDirect(userId: string, message: Outgoing): Promise<void> {
    return this.around('direct', async () => {
      const key = `${userId} ${message.nonce}`;
      if (message.nonce !== undefined && this.noncesHold && this.#nonces.has(key)) return;
      await super.sendDirect(userId, message);
      this.#nonces.add(key);
    });
  }
}

/** A server's list of events. */
class Events implements ScheduledEvents {
  readonly all = new Map<string, PlannedEvent>();
  /** Thrown by what is asked next. */
  failure: Error | undefined;
  readonly #channels: NightChannels;
  #next = 1;

  constructor(channels: NightChannels) {
    this.#channels = channels;
  }

  create(_guildId: string, event: PlannedEvent): Promise<string> {
    return this.#channels.around('event', async () => {
      if (this.failure) throw this.failure;
      const id = String(this.#next++);
      this.all.set(id, event);
      return id;
    });
  }

  async adopt(_guildId: string, event: PlannedPlace): Promise<string | undefined> {
    if (this.failure) throw this.failure;
    return [...this.all].find(([, one]) => one.startsAtMs === event.startsAtMs)?.[0];
  }

  async remove(_guildId: string, eventId: string): Promise<void> {
    this.all.delete(eventId);
  }
}

/** Quiz nights over channels in memory and a real database; on Monday 2026-01-05, 08:00 UTC. */
export async function nightWorld(
  start = '2026-01-05T08:00:00Z',
  questions = Array.from({ length: 40 }, (_, index) => question(`q${index + 1}`)),
) {
  const clock = new ManualClock(start);
  const temp = await tempStore();
  const channels = new NightChannels(clock);
  const events = new Events(channels);
  const bank = bankOf(questions);
  const goneRoles = new Set<string>();

  const make = (store: Store) => {
    const { log } = temp;
    const random = Math.random;
    const memory = new Memory(store);
    const profiles = new Profiles(memory);
    const asked = new AskedIndex(memory);
    const hidden = new Hidden(memory);
    const shared = {
      memory,
      clock,
      log,
      random,
      bank,
      draws: new Draws({ bank, memory, random }),
      ledger: new Ledger({ memory, clock }),
      profiles,
      asked,
      hidden,
      outcomes: new Outcomes(profiles, [asked]),
      messenger: channels,
      sent: channels,
      edits: new CoalescedEdits({ clock, log, messenger: channels }),
      metrics: noMetrics,
      zoneOf: async () => 'UTC',
    };
    const quizzes = new Quizzes(shared);
    const nights = new QuizNights({
      ...shared,
      quizzes,
      events,
      roleExists: (_, roleId) => !goneRoles.has(roleId),
    });
    return { ...shared, quizzes, nights };
  };

  const world = {
    ...make(temp.store),
    temp,
    channels,
    events,
    goneRoles,
    /** As a process that starts; the one before does nothing any more. */
    async restart(store: Store = temp.store): Promise<void> {
      void world.nights.stop();
      void world.quizzes.stop();
      Object.assign(world, make(store));
      await Promise.all([world.quizzes.serversReady([guild]), world.nights.serversReady([guild])]);
    },
    async set(change: Partial<NightChange> = {}): Promise<string> {
      const friday = { days: 0b001_0000, minute: 20 * 60, zone: 'UTC', quiz: { rounds: 2 } };
      return textOf(await world.nights.set(guild, admin, { ...friday, ...change }, channel));
    },
    /** Ticks once a minute for so long, as a clock would. */
    async minutes(count: number): Promise<void> {
      const endMs = Math.floor(clock.now() / 60_000) * 60_000 + count * 60_000;
      const nextMinute = (): void => {
        const nextMs = Math.floor(clock.now() / 60_000) * 60_000 + 60_000;
        if (nextMs > endMs) return;
        clock.at(nextMs, () => {
          world.nights.tick();
          nextMinute();
        });
      };
      nextMinute();
      await clock.advanceTo(endMs);
    },
    /** Nothing falls due meanwhile but what the next minutes find. */
    async at(when: string, minutes = 2): Promise<void> {
      clock.jumpTo(when);
      world.nights.tick();
      await clock.settle();
      await world.minutes(minutes);
    },
    texts: (channelId = channel): string[] => channels.in(channelId).map(({ message }) => textOf(message)),
    /** How many messages of the channel say this. */
    saying: (words: string, channelId = channel): number =>
      world.texts(channelId).filter((text) => text.includes(words)).length,
    ids: (action: string, channelId = channel): string[] =>
      channels
        .in(channelId)
        .flatMap(
          ({ message }) =>
            JSON.stringify(message.components).match(new RegExp(`(?<=night:${action}:)\\d+`, 'g')) ?? [],
        ),
    /** A press of `Remind me`. */
    async remind(id: string, member: string, action = 'remind'): Promise<string> {
      let said = '';
      const interaction = {
        guildId: guild,
        channelId: channel,
        user: { id: member },
        id: '1',
        token: 't',
        client: {
          rest: {
            post: async (_: string, { body }: { body: { data: { content: string } } }) =>
              (said = body.data.content),
          },
        },
      };
      await world.nights.routes[action]?.handle(interaction as never, [id]);
      return said;
    },
    /** The quiz that is on in the channel. */
    quiz: async (): Promise<string> => (await world.quizzes.inChannel(guild, channel)) ?? '',
    async join(...members: readonly string[]): Promise<void> {
      const id = await world.quiz();
      for (const member of members) await world.quizzes.act(id, { kind: 'join', member, name: `M${member}` });
    },
    /** Answers the open round, rightly or not, and waits for what follows. */
    async answer(answers: Readonly<Record<string, boolean>>): Promise<void> {
      const id = await world.quiz();
      const open = await world.quizzes.look(id, ({ game }) => ({
        round: game.phase.name === 'open' ? game.phase.round : -1,
        right: game.rounds.at(-1)?.right[0] ?? 0,
      }));
      for (const [member, right] of Object.entries(answers))
        await world.quizzes.answer(id, {
          round: open?.round ?? 0,
          member,
          name: `M${member}`,
          shown: [right ? (open?.right ?? 0) : ((open?.right ?? 0) + 1) % 3],
          at: clock.now(),
        });
      await clock.settle();
      // To read the answer; then comes the next round, or nothing.
      await clock.advance('7s');
      await clock.settle();
    },
    /** A whole night on a date: those who come, and who is right in its two rounds. */
    async night(date: string, answers: Readonly<Record<string, boolean>>): Promise<void> {
      const day = Date.parse(`${date}T00:00:00Z`);
      await world.at(new Date(day - 4 * 3_600_000).toISOString());
      await world.at(`${date}T19:55:00Z`);
      await world.join(...Object.keys(answers));
      await clock.advanceTo(`${date}T20:00:01Z`);
      await clock.settle();
      await world.answer(answers);
      await world.answer(answers);
      await world.minutes(2);
    },
  };
  const stopSettling = clock.settleWith(async () => {
    await world.quizzes.idle();
    await world.nights.idle();
  });
  onTestFinished(async () => {
    stopSettling();
    await world.nights.stop();
    await world.quizzes.stop();
  });
  return world;
}

export type NightWorld = Awaited<ReturnType<typeof nightWorld>>;
