import { DiscordAPIError } from 'discord.js';
import { Snowflakes } from 'local-discord';
import { messageFaults, schemaFaults } from 'local-discord/checks';
import { onTestFinished } from 'vitest';
import { noMetrics } from '../../src/app/metrics.js';
import { Outcomes } from '../../src/asked/outcomes.js';
import { AskedIndex } from '../../src/asked/service.js';
import { Bank } from '../../src/bank/bank.js';
import { Draws } from '../../src/bank/draws.js';
import type { Question } from '../../src/bank/question.js';
import type { ScheduleChange } from '../../src/daily/schedule/change.js';
import { DailyPoster } from '../../src/daily/service.js';
import { CoalescedEdits } from '../../src/discord/edits.js';
import { type Messenger, messageBody, type Outgoing } from '../../src/discord/outgoing.js';
import type { SentMessages, Whereabouts } from '../../src/discord/sent.js';
import { Ledger } from '../../src/ledger/service.js';
import { Hidden } from '../../src/people/hidden.js';
import { Profiles } from '../../src/profiles/service.js';
import { Memory } from '../../src/store/held.js';
import type { Store } from '../../src/store/store.js';
import { ManualClock } from '../helpers/clock.js';
import { same } from '../helpers/same.js';
import { type TempStore, tempStore } from '../helpers/store.js';

export const server = '1001';
export const admin = '501';
export const channel = '2001';

const common = {
  pack: 'django',
  explanation: 'Because `select_related` joins.',
  sources: ['https://docs.djangoproject.com/en/5.2/topics/db/queries/'],
  covers: [],
  rev: 'r1',
};

export function question(id: string, overrides: Partial<Question> = {}): Question {
  return {
    ...common,
    id,
    topic: 'queries',
    level: 'basic',
    prompt: `What does ${id} do?`,
    kind: 'single-choice',
    options: [
      { text: `${id} is right`, right: true },
      { text: `${id} is wrong`, right: false },
      { text: `${id} is odd`, right: false },
    ],
    ...overrides,
  } as Question;
}

const topics = [
  { id: 'queries', pack: 'django', title: 'Queries', description: 'How to ask the database.' },
  { id: 'serializers', pack: 'drf', title: 'Serializers', description: 'How to speak JSON.' },
];

export const bankOf = (questions: readonly Question[]): Bank => new Bank(topics, questions);

const eight = Array.from({ length: 8 }, (_, index) => question(`q${index + 1}`));

export const apiError = (status: number, code: number, message: string): DiscordAPIError =>
  new DiscordAPIError({ code, message }, code, status, 'POST', 'channels/1/messages', {});

export const missingPermissions = () => apiError(403, 50013, 'Missing Permissions');
export const unknownChannel = () => apiError(404, 10003, 'Unknown Channel');

/** As Node reports a connection that Discord has cut. */
export const hangUp = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

interface Sent {
  readonly id: string;
  readonly nonce: string | undefined;
  message: Outgoing;
}

/** Channels in memory; every message is held against Discord's schema and limits. */
export class Channels implements Messenger, SentMessages {
  readonly messages = new Map<string, Sent[]>();
  readonly direct: { userId: string; text: string }[] = [];
  /** Whether the bot may read the history of channels. */
  readable = true;
  /** Whether a message with a nonce that was used a few minutes ago is given back. */
  noncesHold = true;
  /** Thrown by the next sends, one each; the answer of `lost` ones gets lost after the message was made. */
  readonly failures: ({ readonly error: Error; readonly lost?: boolean } | undefined)[] = [];
  failEdits: Error | undefined;
  failDirect: Error | undefined;
  /** Called around every effect, so that a test can stop the world there. */
  around = async <T>(_what: string, effect: () => Promise<T>): Promise<T> => effect();
  readonly #ids: Snowflakes;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
    this.#ids = new Snowflakes(() => clock.now());
  }

  in(channelId: string): Sent[] {
    const sent = this.messages.get(channelId) ?? [];
    this.messages.set(channelId, sent);
    return sent;
  }

  send(channelId: string, message: Outgoing): Promise<string> {
    return this.around('send', async () => {
      check(message);
      const failure = this.failures.shift();
      if (failure && !failure.lost) throw failure.error;
      const known = this.in(channelId).find(
        ({ id, nonce }) =>
          this.noncesHold &&
          nonce !== undefined &&
          nonce === message.nonce &&
          this.#clock.now() - Number((BigInt(id) >> 22n) + 1_420_070_400_000n) < 3 * 60_000,
      );
      const id = known?.id ?? this.#ids.next();
      if (!known) this.in(channelId).push({ id, nonce: message.nonce, message });
      if (failure) throw failure.error;
      return id;
    });
  }

  edit(channelId: string, messageId: string, message: Outgoing): Promise<void> {
    return this.around('edit', async () => {
      check(message);
      if (this.failEdits) throw this.failEdits;
      const sent = this.in(channelId).find(({ id }) => id === messageId);
      if (!sent) throw apiError(404, 10008, 'Unknown Message');
      sent.message = message;
    });
  }

  async sendDirect(userId: string, message: Outgoing): Promise<void> {
    check(message);
    if (this.failDirect) throw this.failDirect;
    this.direct.push({ userId, text: textOf(message) });
  }

  async find(channelId: string, mark: string): Promise<Whereabouts> {
    if (!this.readable) return this.in(channelId).length === 0 ? 'absent' : 'unknown';
    const found = this.in(channelId).find(({ message }) => JSON.stringify(message.components).includes(mark));
    return found ? { messageId: found.id } : 'absent';
  }
}

export function check(message: Outgoing): void {
  const body = messageBody(message);
  same(schemaFaults('messageCreate', body), []);
  const context = { files: new Set<string>(), edited: undefined };
  same(messageFaults(body as Parameters<typeof messageFaults>[0], context), []);
}

/** All texts of a message, in their order. */
export function textOf(message: Outgoing): string {
  const texts: string[] = [];
  JSON.stringify(message.components, (key, value) => {
    if (key === 'content' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}

interface ShownButton {
  readonly label: string;
  readonly custom_id: string;
  readonly disabled?: boolean;
}

export function buttonsOf(message: Outgoing): ShownButton[] {
  const buttons: ShownButton[] = [];
  JSON.stringify(message.components, (_, value) => {
    if (value?.custom_id) buttons.push(value);
    return value;
  });
  return buttons;
}

export interface World {
  readonly clock: ManualClock;
  readonly temp: TempStore;
  readonly channels: Channels;
  readonly bank: Bank;
  poster: DailyPoster;
  memory: Memory;
  hidden: Hidden;
  ledger: Ledger;
  profiles: Profiles;
  asked: AskedIndex;
  outcomes: Outcomes;
  draws: Draws;
  /** Ends the process. */
  end(): void;
  /** Roles that were deleted. */
  readonly goneRoles: Set<string>;
  /** As a process that starts; the one before does nothing any more. */
  restart(store?: Store, bank?: Bank): DailyPoster;
  set(change?: Partial<ScheduleChange>): Promise<string>;
  /** Ticks every minute until then. */
  run(until: string): Promise<void>;
  /** Daily cards in a channel, oldest first. */
  cards(
    channelId?: string,
  ): { readonly id: string; readonly text: string; readonly postId: string; readonly open: boolean }[];
  /** Answers the newest card as the member, with the right option or a wrong one; gives back the receipt. */
  answer(member: string, right?: boolean, card?: string): Promise<string>;
}

export async function startWorld(
  start = '2026-01-05T08:00:00Z',
  questions: readonly Question[] = eight,
): Promise<World> {
  const clock = new ManualClock(start);
  const temp = await tempStore();
  const channels = new Channels(clock);
  const bank = bankOf(questions);
  let seed = 1;
  const random = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return (seed - 1) / 2_147_483_646;
  };
  const make = (store: Store, someBank: Bank) => {
    const memory = new Memory(store);
    const ledger = new Ledger({ memory, clock });
    const profiles = new Profiles(memory);
    const asked = new AskedIndex(memory);
    const outcomes = new Outcomes(profiles, [asked]);
    const draws = new Draws({ bank: someBank, memory, random });
    // Counters of a process that has ended are not shown any more.
    let hasEnded = false;
    const edit: Messenger['edit'] = async (channelId, messageId, message) => {
      if (!hasEnded) await channels.edit(channelId, messageId, message);
    };
    const hidden = new Hidden(memory);
    const poster = new DailyPoster({
      memory,
      hidden,
      clock,
      log: temp.log,
      random,
      bank: someBank,
      draws,
      ledger,
      profiles,
      asked,
      outcomes,
      messenger: channels,
      edits: new CoalescedEdits({ clock, log: temp.log, messenger: { edit } }),
      sent: channels,
      metrics: noMetrics,
      roleExists: (_, roleId) => !world.goneRoles.has(roleId),
    });
    return {
      poster,
      memory,
      hidden,
      ledger,
      profiles,
      asked,
      outcomes,
      draws,
      end(): void {
        hasEnded = true;
        void poster.stop();
      },
    };
  };
  const world: World = {
    clock,
    temp,
    channels,
    bank,
    goneRoles: new Set<string>(),
    ...make(temp.store, bank),
    restart(store = temp.store, someBank = bank) {
      world.end();
      Object.assign(world, make(store, someBank));
      return world.poster;
    },
    async set(change = {}) {
      const given = { minute: 9 * 60, zone: 'UTC', ...change };
      return textOf(await world.poster.set(server, admin, given, channel));
    },
    async run(until) {
      const untilMs = Date.parse(until);
      // A timer of the clock's own: it waits no longer for a minute than for what the minute began.
      const nextMinute = (): void => {
        const nextMs = Math.floor(clock.now() / 60_000) * 60_000 + 60_000;
        if (nextMs > untilMs) return;
        clock.at(nextMs, () => {
          world.poster.tick();
          nextMinute();
        });
      };
      nextMinute();
      await clock.advanceTo(untilMs);
    },
    cards(channelId = channel) {
      return channels.in(channelId).map(({ id, message }) => {
        const [first] = buttonsOf(message);
        return {
          id,
          text: textOf(message),
          postId: first?.custom_id.split(':')[2] ?? '',
          open: first?.disabled !== true,
        };
      });
    },
    async answer(member, right = true, card = world.cards().at(-1)?.postId ?? '') {
      const opened = await world.poster.open(card, member);
      const message = world.cards().find(({ postId }) => postId === card);
      if (message) world.poster.seen(card, message.id);
      if (!('question' in opened)) return textOf(opened);
      const { question: asked } = opened;
      const options = 'options' in asked ? asked.options : [];
      const pick = options.findIndex((option) => option.right === right);
      const submitted = await world.poster.submit(
        card,
        { id: member, name: member },
        { picks: [pick] },
        clock.now(),
      );
      check(submitted);
      return textOf(submitted);
    },
  };
  const stopSettling = clock.settleWith(() => world.poster.idle());
  onTestFinished(async () => {
    stopSettling();
    await world.poster.stop();
  });
  return world;
}
