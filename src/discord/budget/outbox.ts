import type { RESTOptions } from 'discord.js';
import type { Logger } from 'pino';
import { HeldBackError, InvalidRequestCount } from './invalid.js';
import { kindOf } from './kind.js';
import { Lanes } from './lanes.js';
import { RequestBudget } from './requests.js';
import { takeTrueAnyway, UnsureError } from './sure.js';
import { createTransport } from './transport.js';
import { type Turn, type TurnHeaders, TurnsUnderWay, type Urgency } from './urgency.js';

/** A request that Discord has answered. */
export interface AnsweredRequest {
  /** Undefined for answers to interactions. */
  readonly urgency: Urgency | undefined;
  /** For its turn, before it was sent. */
  readonly waitedMs: number;
  /** From when it was sent. */
  readonly durationMs: number;
  readonly status: number;
  /** Gives one of few, e.g. `POST /channels/:id/messages`. */
  kind(): string;
}

/** What is counted of requests. */
export interface RequestMetrics {
  request(request: AnsweredRequest): void;
}

/** Shows a value whenever somebody looks; one whose name ends with `_total` only grows. */
export interface Watcher {
  watch(name: string, help: string, read: () => number): void;
}

type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];

const isReading = ({ method = 'GET' }: Init): boolean => method === 'GET';

/** Interactions' answers and their webhooks: Discord does not count them. */
const uncounted = /\/(?:interactions|webhooks)\//;

/** The one way to Discord's REST API, for all clients of a process: it knows the limits, and what comes first. */
export class Outbox {
  readonly budget: RequestBudget;
  readonly invalid: InvalidRequestCount;
  readonly #lanes = new Lanes();
  readonly #turns = new TurnsUnderWay();
  readonly #transport = createTransport();
  readonly #metrics: RequestMetrics;

  constructor(parts: { readonly perSecond: number; readonly log: Logger; readonly metrics: RequestMetrics }) {
    this.#metrics = parts.metrics;
    this.budget = new RequestBudget(parts.perSecond);
    this.invalid = new InvalidRequestCount(
      () => performance.now(),
      (count, causes) =>
        parts.log.error(
          { refused: count, causes },
          'Discord has refused thousands of requests in ten minutes. What causes them is held back, before Discord bars this address',
        ),
    );
  }

  /**
   * Makes a request in its turn, behind more urgent ones of the same bucket and of the whole bot.
   * @param bucket e.g. the channel with the method
   * @param make makes it with these headers
   * @param given a turn that was waited for already; it is used, or given back
   */
  inTurn<T>(
    bucket: string,
    urgency: Urgency,
    make: (headers: TurnHeaders) => Promise<T>,
    given?: Turn,
  ): Promise<T> {
    return this.#lanes.run(bucket, urgency, async () =>
      this.#turns.under(given ?? (await this.budget.turn(urgency)), make),
    );
  }

  /** What there is to be seen of it at any time. */
  watchedBy(metrics: Watcher): void {
    metrics.watch(
      'drills_discord_requests_waiting',
      'Requests that wait for their turn in the limit on all of them.',
      () => this.budget.waiting,
    );
    metrics.watch(
      'drills_discord_invalid_requests',
      'Requests refused with 401, 403 or 429 in the last ten minutes; Discord bars the address at 10,000.',
      () => this.invalid.count,
    );
  }

  /** For what can wait: a turn at this moment, or none. */
  turnNow(urgency: Urgency): Turn | undefined {
    return this.budget.turnNow(urgency);
  }

  /**
   * The door through which all requests of a client go: what discord.js makes them with, each try of them. What changes
   * anything in Discord goes through while the client's servers are this process's beyond doubt, by the last look before
   * it is written to the network, and fails with an {@link UnsureError} else. So nothing that a room or the library does,
   * waits for or tries again can be done on behalf of a server that was lost.
   * @param isSure says it without waiting for anything
   */
  door(isSure: () => boolean): MakeRequest {
    return (url, init) => {
      const { isTrueAnyway, headers } = takeTrueAnyway(init.headers);
      if (isTrueAnyway) return this.#through(url, { ...init, ...(headers && { headers }) }, undefined);
      return this.#through(url, init, isReading(init) ? undefined : isSure);
    };
  }

  async #through(url: string, init: Init, may: (() => boolean) | undefined): ReturnType<MakeRequest> {
    if (uncounted.test(url)) return this.#send(url, init, undefined, may);
    const kind = kindOf(url, init.method ?? 'GET');
    if (this.invalid.holdsBack(kind)) throw new HeldBackError(kind);
    // Else all that a lost shard still wants would take its turn from the others.
    if (may && !may()) throw new UnsureError();
    const { turn: given, headers } = this.#turns.take(init.headers);
    const turn = given?.use() ? given : await this.#ownTurn(given?.urgency ?? 'person');
    try {
      return await this.#send(url, { ...init, ...(headers && { headers }) }, turn, may);
    } finally {
      this.budget.answered();
    }
  }

  async #ownTurn(urgency: Urgency): Promise<Turn> {
    const turn = await this.budget.turn(urgency);
    turn.use();
    return turn;
  }

  async #send(
    url: string,
    init: Init,
    turn: Turn | undefined,
    may: (() => boolean) | undefined,
  ): ReturnType<MakeRequest> {
    const sentAt = performance.now();
    const refusal = may && (() => (may() ? undefined : new UnsureError()));
    const response = await this.#transport(url, init, refusal);
    const { status, ok, headers } = response;
    const kind = (): string => kindOf(url, init.method ?? 'GET');
    if (!ok) this.invalid.note(kind(), status, headers.get('x-ratelimit-scope'));
    const durationMs = performance.now() - sentAt;
    this.#metrics.request({
      urgency: turn?.urgency,
      waitedMs: turn?.waitedMs ?? 0,
      durationMs,
      status,
      kind,
    });
    return response;
  }
}
