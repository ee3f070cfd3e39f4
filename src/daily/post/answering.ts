import { isCurrent } from '../../asking/asked.js';
import type { Answerer, OpenCard } from '../../asking/card-answers.js';
import type { Bank } from '../../bank/bank.js';
import { grade } from '../../bank/grade.js';
import type { Answer } from '../../bank/question.js';
import type { Outgoing } from '../../discord/outgoing.js';
import { dailySource, type Scores } from '../../ledger/ledger.js';
import { dailyPoints } from '../../ledger/points.js';
import { streakWith } from '../../profiles/profile.js';
import type { Profile, Profiles } from '../../profiles/profiles.js';
import { KeyedQueue } from '../../store/queue.js';
import { Batch } from '../../store/store.js';
import { dateOf, type WallClock } from '../../time/calendar.js';
import type { Clock } from '../../time/clock.js';
import { type DailyAnswer, type Post, parsePostId } from '../records.js';
import { changedNotice, closedNotice, dailyReceipt, unknownNotice } from './cards.js';
import type { PostState, Posts } from './posts.js';

export interface AnsweringParts {
  readonly clock: Clock;
  readonly bank: Bank;
  readonly scores: Scores;
  readonly profiles: Profiles;
  readonly posts: Posts;
  /** The wall clock of a server. */
  readonly wallClock: (serverId: string) => Promise<WallClock>;
}

/** Discord waits three seconds for a reply, so a press from before the closing is processed by then. */
const graceMs = 3_000;

/** Takes the members' answers: one for each member and post, stored before the receipt. */
export class Answering {
  readonly #parts: AnsweringParts;
  readonly #queue = new KeyedQueue();

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
  }

  /** @param cardId a post's id */
  async open(cardId: string, member: string): Promise<OpenCard | Outgoing> {
    const state = await this.#parts.posts.load(cardId);
    if (!state) return unknownNotice;
    const card = this.#card(state.post);
    const given = await durable(state, member);
    if (isClosed(state.post, this.#parts.clock.now() - graceMs)) return closedNotice(card, given);
    if (!card) return changedNotice;
    return given ? dailyReceipt(card, given, true) : card;
  }

  /** One member's answers to one post are judged in the order in which they came: the first counts. */
  submit(cardId: string, answerer: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    return this.#queue.run(`${cardId}:${answerer.id}`, () => this.#submit(cardId, answerer, answer, atMs));
  }

  async #submit(cardId: string, answerer: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    const { posts, scores, profiles } = this.#parts;
    const serverId = parsePostId(cardId)?.serverId ?? '';
    const wall = await this.#parts.wallClock(serverId);
    for (;;) {
      const state = await posts.load(cardId);
      if (!state) return unknownNotice;
      const board = await scores.open(serverId);
      const profile = (await profiles.load(serverId, [answerer.id])).get(answerer.id);
      // From here to the commit in one turn: nobody else can answer for this member in between.
      if (!profile || posts.held(cardId) !== state || state.log.stale) continue;
      const card = this.#card(state.post);
      if (isClosed(state.post, atMs)) return closedNotice(card, await durable(state, answerer.id));
      if (!card) return changedNotice;
      if (state.given.has(answerer.id)) {
        const first = await durable(state, answerer.id);
        if (first) return dailyReceipt(card, first, true);
        continue;
      }
      const given = judge(card, answerer.id, answer, atMs, streakFor(profile, state.post));
      const { question } = card;
      const batch = new Batch();
      const { member, right, points, at } = given;
      const common = { member, right, at, level: question.level, topic: question.topic };
      board.stage(batch, [{ ...common, points, source: dailySource(state.post.date) }]);
      profiles.stage(batch, serverId, [
        { ...common, day: dateOf(wall.dayAt(at)), ...dailyUpdate(profile, state.post) },
      ]);
      await this.#record(batch, state, given);
      return dailyReceipt(card, given, false);
    }
  }

  async #record(batch: Batch, state: PostState, given: DailyAnswer): Promise<void> {
    state.log.append(batch, [given]);
    const stored = this.#parts.posts.commit(batch, [{ state }]);
    state.given.set(given.member, { row: given, stored });
    await stored;
  }

  #card({ asked }: Post): OpenCard | undefined {
    const question = this.#parts.bank.get(asked.questionId);
    if (!isCurrent(question, asked)) return undefined;
    return { question, asked, topicTitle: this.#parts.bank.topic(question.topic)?.title ?? question.topic };
  }
}

/** The member's answer when it is on the disk; undefined where there is none or it could not be stored. */
async function durable(state: PostState, member: string): Promise<DailyAnswer | undefined> {
  const given = state.given.get(member);
  if (!given) return undefined;
  try {
    await given.stored;
    return given.row;
  } catch {
    // Whoever gave the answer is told; the state is read again without it.
    return undefined;
  }
}

/** Judged by the time at which Discord took the press, whenever it is processed. */
const isClosed = ({ state, closedAtMs }: Post, atMs: number): boolean =>
  state === 'closed' && atMs >= (closedAtMs ?? 0);

function judge(
  { question }: OpenCard,
  member: string,
  answer: Answer,
  at: number,
  streak: number,
): DailyAnswer {
  const right = grade(question, answer).right === true;
  return { member, answer, right, points: right ? dailyPoints(question.level, streak) : 0, streak, at };
}

/** A press on an old card that is processed after one on the newer card changes no streak. */
const isLate = (profile: Profile, { date }: Post): boolean =>
  profile.daily.lastDate !== undefined && profile.daily.lastDate > date;

const streakFor = (profile: Profile, post: Post): number =>
  isLate(profile, post) ? 1 : streakWith(profile.daily, { date: post.date, previous: post.previous });

const dailyUpdate = (profile: Profile, post: Post) =>
  isLate(profile, post) ? {} : { daily: { date: post.date, previous: post.previous } };
