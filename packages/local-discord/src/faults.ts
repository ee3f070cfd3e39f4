import { Chaos, type ChaosOptions } from './chaos.js';
import type { Gateway } from './gateway.js';
import type { FaultAnswer } from './http.js';
import { tooMany } from './http-answer.js';
import type { Messages } from './messages.js';
import type { Card } from './people/card.js';
import type { Channel } from './people/channel.js';
import type { Server } from './people/server.js';
import { type PermissionName, permissionBits } from './permissions.js';
import type { Call } from './rest/call.js';
import { announce, deleteChannel } from './rest/channel-events.js';
import type { Session } from './session.js';
import { forgetPermissions, Signal, type World } from './state.js';

/**
 * Which requests a fault is for: `'POST /channels/:id/messages'` (a part with a colon is any one part of the
 * path), an expression on `'POST /channels/1/messages'`, or a function.
 */
export type RequestMatcher = string | RegExp | ((call: Call) => boolean);

export interface Fault {
  /** The answer's status: 429, 500, 502, … Absent: the request goes through, perhaps late. */
  readonly status?: number;
  /** How many requests it is for (1). */
  readonly times?: number;
  /** For 429, in seconds. */
  readonly retryAfter?: number;
  /** For 429: the global limit. */
  readonly global?: boolean;
  /** A page of HTML instead of JSON, as Discord's proxies answer. */
  readonly html?: boolean;
  /** Waits before answering. */
  readonly delayMs?: number;
  /** Waits for this before it is looked at. */
  readonly until?: Promise<unknown>;
  /** Cuts the connection without an answer. */
  readonly hangUp?: boolean;
  /** The request is carried out, and only its answer is lost: what a retry must not do twice. */
  readonly after?: boolean;
}

interface Planned {
  readonly matches: (call: Call) => boolean;
  readonly fault: Fault;
  left: number;
}

/** What can go wrong with Discord, on demand. */
export class Faults {
  readonly #planned = new Set<Planned>();
  #chaos: Chaos | undefined;
  /** Something went wrong by chance, in words. */
  readonly happened = new Signal<string>();
  #networkMs = 0;
  #outageUntil = 0;

  readonly world: World;
  readonly gateway: Gateway;
  readonly messages: Messages;

  constructor(world: World, gateway: Gateway, messages: Messages) {
    this.world = world;
    this.gateway = gateway;
    this.messages = messages;
  }

  /** The next requests that match fail so. Gives back a function that calls it off. */
  next(matcher: RequestMatcher, fault: Fault): () => void {
    const planned = { matches: compile(matcher), fault, left: fault.times ?? 1 };
    this.#planned.add(planned);
    return () => this.#planned.delete(planned);
  }

  /** Cuts every gateway connection; not resumable: the sessions are gone too. */
  dropGateway({ resumable = true, code }: { resumable?: boolean; code?: number } = {}): void {
    this.gateway.drop(resumable, code);
  }

  /** Opcode 9. */
  invalidateSession(resumable: boolean): void {
    this.gateway.invalidate(resumable);
  }

  /** Heartbeats are no longer acknowledged, as on a dead connection; true ends it. */
  acknowledgeHeartbeats(acknowledge: boolean): void {
    this.gateway.acknowledges = acknowledge;
  }

  /** Opcode 7. */
  askToReconnect(): void {
    this.gateway.askToReconnect();
  }

  /**
   * From now on requests, events and the connection meet what Discord may do to them at any time. The same seed does
   * the same to the same things. Gives back a function that ends it.
   */
  chaos(options: ChaosOptions): () => void {
    const chaos = new Chaos(options);
    this.#chaos = chaos;
    const { delivery } = this.gateway;
    this.gateway.again = () => chaos.again();
    delivery.disturb = (session, event) => {
      this.#breakAfter(chaos, session);
      const met = chaos.event(event);
      if (met) this.happened.emit(`${event} is ${met.kind}`);
      return met;
    };
    return () => {
      this.#chaos = undefined;
      this.gateway.again = undefined;
      delivery.disturb = undefined;
    };
  }

  /** Every event and every request takes this much longer; 0 ends it. */
  slowNetwork(delayMs: number): void {
    this.#networkMs = delayMs;
    this.gateway.delivery.delayMs = delayMs;
  }

  /** For this long Discord answers 503, and the gateway is away. */
  outage(lengthMs: number): void {
    this.#outageUntil = performance.now() + lengthMs;
    this.gateway.down = true;
    this.gateway.drop(true);
    setTimeout(() => {
      this.gateway.down = false;
    }, lengthMs).unref();
  }

  /** The bot may no longer do this in the channel. */
  losePermission(channel: Channel, ...permissions: PermissionName[]): void {
    this.#overwrite(channel, permissionBits(...permissions), 'deny');
  }

  /** Takes back `losePermission`. */
  givePermission(channel: Channel, ...permissions: PermissionName[]): void {
    this.#overwrite(channel, permissionBits(...permissions), 'allow');
  }

  deleteChannel(channel: Channel): void {
    deleteChannel(this, channel.state);
  }

  deleteMessage(card: Card): void {
    this.messages.delete(card.state);
  }

  kickBot(server: Server): void {
    server.removeBot();
  }

  /** For the server: what stands in the way of this request. */
  intercept(call: Call): Promise<FaultAnswer | undefined> | undefined {
    if (!this.#chaos && this.#planned.size === 0 && this.#networkMs === 0 && this.#outageUntil === 0)
      return undefined;
    return this.#decide(call);
  }

  async #decide(call: Call): Promise<FaultAnswer | undefined> {
    if (this.#networkMs > 0) await sleep(this.#networkMs);
    if (performance.now() < this.#outageUntil) {
      return { status: 503, body: { message: '503: Service Unavailable', code: 0 } };
    }
    for (const planned of this.#planned) {
      if (!planned.matches(call)) continue;
      planned.left -= 1;
      if (planned.left <= 0) this.#planned.delete(planned);
      await planned.fault.until;
      if (planned.fault.delayMs) await sleep(planned.fault.delayMs);
      return answerOf(planned.fault);
    }
    const met = this.#chaos?.request(call);
    if (!met) return undefined;
    this.happened.emit(`${call.method} ${call.path} is ${met.kind}`);
    await sleep(met.delayMs);
    return met.answer;
  }

  #breakAfter(chaos: Chaos, session: Session): void {
    const how = session.socket && chaos.connection();
    if (!how) return;
    // The event itself is on its way by then.
    setImmediate(() => {
      this.happened.emit(`the connection: ${how}`);
      if (how === 'ask') this.gateway.askToReconnect([session]);
      else if (how === 'drop') this.gateway.drop(true, undefined, [session]);
      else this.gateway.invalidate(how === 'resumable', [session]);
    });
  }

  #overwrite({ state }: Channel, bits: bigint, how: 'allow' | 'deny'): void {
    const { guild } = state;
    if (!guild) throw new Error('A direct message has no permissions of its own');
    const id = this.world.bot.id;
    const before = state.overwrites.get(id) ?? { id, type: 1 as const, allow: 0n, deny: 0n };
    const next =
      how === 'deny'
        ? { ...before, deny: before.deny | bits, allow: before.allow & ~bits }
        : { ...before, allow: before.allow | bits, deny: before.deny & ~bits };
    state.overwrites.set(id, next);
    for (const channel of guild.channels.values()) channel.permissions.clear();
    announce(this, state, 'UPDATE');
    forgetPermissions(guild);
  }
}

function answerOf(fault: Fault): FaultAnswer | undefined {
  const { status, retryAfter = 1, global = false, hangUp = false, after = false } = fault;
  if (hangUp) return { status: 0, hangUp, after };
  if (status === undefined) return undefined;
  if (fault.html) return { status, after, html: `<html><body>${status}</body></html>` };
  if (status !== 429) return { status, after, body: { message: `${status}: injected`, code: 0 } };
  const headers = {
    'retry-after': String(retryAfter),
    'x-ratelimit-scope': global ? 'global' : 'user',
    ...(global && { 'x-ratelimit-global': 'true' }),
  };
  return { ...tooMany(retryAfter * 1000, global), headers };
}

function compile(matcher: RequestMatcher): (call: Call) => boolean {
  if (typeof matcher === 'function') return matcher;
  const pattern = typeof matcher === 'string' ? routePattern(matcher) : matcher;
  return ({ method, path }) => pattern.test(`${method} ${path}`);
}

function routePattern(route: string): RegExp {
  const escaped = route.replaceAll(/[.+*?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/:\w+/g, '[^/]+')}$`);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
