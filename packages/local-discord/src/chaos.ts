import type { Disturbance } from './delivery.js';
import { Fates } from './fates.js';
import type { FaultAnswer } from './http.js';
import type { Call } from './rest/call.js';
import { tooManyRequests } from './too-many.js';

/** What may happen to requests, to events and to the connection. */
export type ChaosKind =
  | 'slow'
  | 'limited'
  | 'failed'
  | 'lost'
  | 'cut'
  | 'repeated'
  | 'reordered'
  | 'unsent'
  | 'reconnect'
  | 'invalid';

/** Those that a bot should live with as it does with any other day. */
export const usualChaos: readonly ChaosKind[] = [
  'slow',
  'limited',
  'failed',
  'lost',
  'repeated',
  'reordered',
  'reconnect',
];

export interface ChaosOptions {
  /** The same seed misbehaves in the same way. */
  readonly seed: number;
  /** How many of a hundred requests and events something happens to (20); of the connection a tenth of that. */
  readonly percent?: number;
  readonly kinds?: readonly ChaosKind[];
}

/** What a request meets: first a wait, then perhaps an answer in the place of the real one. */
export interface Mishap {
  readonly kind: ChaosKind;
  readonly delayMs: number;
  readonly answer?: FaultAnswer;
}

const longestDelayMs = 25;
const shortLimitMs = 20;
const badGateway = '<html><head><title>502 Bad Gateway</title></head></html>';
/** Events on a resume that have arrived before. */
const mostAgain = 3;

/** Draws what Discord may do at any time, the same for the same seed. */
export class Chaos {
  readonly #fates: Fates;
  readonly #percent: number;
  readonly #kinds: readonly ChaosKind[];

  constructor({ seed, percent = 20, kinds = usualChaos }: ChaosOptions) {
    this.#fates = new Fates(seed);
    this.#percent = percent;
    this.#kinds = kinds;
  }

  /**
   * A request is answered late, limited, refused with a page of HTML, carried out with its answer lost, or cut off.
   * First replies to interactions have no limit.
   */
  request({ method, path }: Pick<Call, 'method' | 'path'>): Mishap | undefined {
    const draw = this.#fates.next(`${method} ${withoutIds(path)}`);
    if (draw() * 100 >= this.#percent) return undefined;
    const delayMs = Math.floor(draw() * longestDelayMs);
    const possible = this.#of(['slow', 'limited', 'failed', 'lost', 'cut']).filter(
      (kind) => kind !== 'limited' || !path.startsWith('/interactions/'),
    );
    const kind = pick(possible, draw());
    if (!kind) return undefined;
    const answer = answerOf(kind);
    return { kind, delayMs, ...(answer && { answer }) };
  }

  /**
   * An event comes twice, is overtaken by events of other places, or is not sent at all.
   * https://docs.discord.com/developers/reference#consistency
   */
  event(event: string): (Disturbance & { readonly kind: ChaosKind }) | undefined {
    const draw = this.#fates.next(event);
    if (draw() * 100 >= this.#percent) return undefined;
    const kind = pick(this.#of(['repeated', 'reordered', 'unsent']), draw());
    if (!kind) return undefined;
    const delayMs = kind === 'reordered' ? 1 + Math.floor(draw() * longestDelayMs) : 0;
    return { kind, delayMs, times: kind === 'repeated' ? 2 : kind === 'unsent' ? 0 : 1 };
  }

  /** After an event Discord asks for a new connection, drops this one, or calls the session invalid. */
  connection(): 'ask' | 'drop' | 'resumable' | 'invalid' | undefined {
    const draw = this.#fates.next('connection');
    if (draw() * 1000 >= this.#percent) return undefined;
    const kind = pick(this.#of(['reconnect', 'invalid']), draw());
    if (kind === 'invalid') return 'invalid';
    return kind && pick(['ask', 'drop', 'resumable'] as const, draw());
  }

  /** How many events a resume brings that have arrived already. */
  again(): number {
    const draw = this.#fates.next('resume');
    return this.#kinds.includes('repeated') ? Math.floor(draw() * (mostAgain + 1)) : 0;
  }

  #of(kinds: readonly ChaosKind[]): ChaosKind[] {
    return kinds.filter((kind) => this.#kinds.includes(kind));
  }
}

function answerOf(kind: ChaosKind): FaultAnswer | undefined {
  switch (kind) {
    case 'limited':
      return tooManyRequests(shortLimitMs);
    case 'failed':
      return { status: 502, html: badGateway };
    case 'lost':
      return { status: 502, html: badGateway, after: true };
    case 'cut':
      return { status: 0, hangUp: true };
    default:
      return undefined;
  }
}

/** Ids and tokens are others in each run. */
function withoutIds(path: string): string {
  return path.replaceAll(/\/(?:\d{15,}|[\w-]{40,})(?=\/|$)/g, '/:id');
}

function pick<T>(from: readonly T[], drawn: number): T | undefined {
  return from[Math.floor(drawn * from.length)];
}
