import type { LRUCache } from 'lru-cache';
import { UserError } from '../discord/errors.js';
import { newest } from '../store/newest.js';
import { minuteMs } from '../time/spans.js';
import { channelIsFull, pauseFor, serverIsFull } from './words.js';

/** Between two questions of one member. */
const pauseMs = 3_000;
const windowMs = minuteMs;
/** Public cards within a minute. */
const mostInChannel = 10;
const mostInServer = 30;
/** What is remembered of so many members, channels and servers; who is forgotten may ask a moment sooner. */
const remembered = 10_000;

export interface AskingPlace {
  readonly guildId: string | undefined;
  readonly channelId: string;
  readonly askerId: string;
  readonly isPrivate: boolean;
}

/** How often questions may be asked, so that nobody floods a channel or the bank with a button. */
export class AskingPace {
  readonly #members = newest<string, number>(remembered);
  readonly #channels = newest<string, readonly number[]>(remembered);
  readonly #servers = newest<string, readonly number[]>(remembered);

  /**
   * Takes a place in the row.
   * @returns gives the place back, when no question could be asked
   * @throws {UserError} when it is too early, which says until when
   */
  take({ guildId, channelId, askerId, isPrivate }: AskingPlace, nowMs: number): () => void {
    const before = this.#members.get(askerId);
    const untilMs = (before ?? Number.NEGATIVE_INFINITY) + pauseMs;
    // A clock that was set back keeps nobody waiting.
    if (before !== undefined && before <= nowMs && nowMs < untilMs)
      throw new UserError(pauseFor(untilMs, nowMs));
    const undo: (() => void)[] = [];
    if (!isPrivate) {
      requireRoom(this.#channels.get(channelId), mostInChannel, nowMs, channelIsFull);
      if (guildId) requireRoom(this.#servers.get(guildId), mostInServer, nowMs, serverIsFull);
      undo.push(add(this.#channels, channelId, nowMs));
      if (guildId) undo.push(add(this.#servers, guildId, nowMs));
    }
    this.#members.set(askerId, nowMs);
    return () => {
      for (const one of undo) one();
      if (this.#members.get(askerId) === nowMs) this.#members.delete(askerId);
    };
  }
}

function requireRoom(
  times: readonly number[] | undefined,
  most: number,
  nowMs: number,
  words: (untilMs: number) => string,
): void {
  const recent = recentOf(times, nowMs);
  const [oldest] = recent;
  if (oldest !== undefined && recent.length >= most) throw new UserError(words(oldest + windowMs));
}

function add(all: LRUCache<string, readonly number[]>, key: string, nowMs: number): () => void {
  all.set(key, [...recentOf(all.get(key), nowMs), nowMs]);
  return () => {
    const times = [...(all.get(key) ?? [])];
    const place = times.lastIndexOf(nowMs);
    if (place >= 0) times.splice(place, 1);
    all.set(key, times);
  };
}

const recentOf = (times: readonly number[] = [], nowMs: number): readonly number[] =>
  times.filter((atMs) => atMs <= nowMs && nowMs - atMs < windowMs);
