import type { Answerer, OpenCard } from '../../asking/card-answers.js';
import type { Parts } from '../../asking/parts.js';
import { grade } from '../../bank/grade.js';
import type { Answer } from '../../bank/question.js';
import { plain } from '../../discord/components.js';
import type { Outgoing } from '../../discord/outgoing.js';
import { dailyPoints } from '../../ledger/points.js';
import { dailySource } from '../../ledger/rows.js';
import { mayEarn, type Profile, streakWith } from '../../profiles/profile.js';
import { isBelievable } from '../../schedule/timing.js';
import type { LogSlot } from '../../store/log-slot.js';
import type { Transaction } from '../../store/transaction.js';
import { localDay } from '../../time/local-day.js';
import type { DailyBook } from '../book.js';
import { type DailyAnswer, holdsPoints, type Post, parsePostId } from '../records.js';
import { changedNotice, unknownNotice } from '../words.js';
import { closedNotice, dailyReceipt } from './cards.js';
import { shownPost } from './drawn.js';
import { isNewcomer } from './regulars.js';

export interface AnsweringParts
  extends Pick<Parts, 'clock' | 'bank' | 'profiles' | 'outcomes' | 'metrics' | 'zoneOf'> {
  readonly book: DailyBook;
  /** Resolves when no post of the server is being made. */
  readonly settled: (guildId: string) => Promise<void>;
  /** An open post has one answer more. */
  readonly answered: (guildId: string, post: Post) => void;
}

/** Discord waits three seconds for a reply, so a press from before the closing is processed by then. */
const graceMs = 3_000;

interface Judged {
  readonly message: Outgoing;
  /** Set for an answer that counts: the post that it was given to. */
  readonly counted?: Post;
}

/** Takes the members' answers: one for each member and post, stored before the receipt. */
export class Answering {
  readonly #parts: AnsweringParts;

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
  }

  /** @param cardId a post's id */
  open(cardId: string, member: string): Promise<OpenCard | Outgoing> {
    const { book, clock } = this.#parts;
    return book.given.use(cardId, ({ index }, change) => {
      const post = change.at(book.posts, cardId).value;
      if (!post) return plain(unknownNotice);
      const card = shownPost(this.#parts.bank, post);
      const given = index.get(member);
      if (isClosed(post, clock.now() - graceMs)) return closedNotice(card, given);
      if (!card) return plain(changedNotice);
      return given ? dailyReceipt(card, given, { again: true, held: holdsPoints(post) }) : card;
    });
  }

  /** Answers to one post are judged in the order in which they came: a member's first counts. */
  async submit(cardId: string, { id: member }: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    const { book, zoneOf, settled, answered, metrics } = this.#parts;
    const guildId = parsePostId(cardId)?.guildId ?? '';
    await settled(guildId);
    const day = localDay(await zoneOf(guildId), atMs);
    const { message, counted } = await book.given.use(cardId, (log, change) =>
      this.#judge(cardId, guildId, { member, answer, atMs, day }, log, change),
    );
    if (counted) {
      metrics.answer('daily');
      answered(guildId, counted);
    }
    return message;
  }

  #judge(
    cardId: string,
    guildId: string,
    given: { readonly member: string; readonly answer: Answer; readonly atMs: number; readonly day: string },
    log: LogSlot<DailyAnswer, Map<string, DailyAnswer>>,
    change: Transaction,
  ): Judged {
    const { book, profiles, outcomes } = this.#parts;
    const { member, answer, atMs, day } = given;
    const post = change.at(book.posts, cardId).value;
    if (!post) return { message: plain(unknownNotice) };
    const card = shownPost(this.#parts.bank, post);
    const first = log.index.get(member);
    if (isClosed(post, atMs)) return { message: closedNotice(card, first) };
    if (!card) return { message: plain(changedNotice) };
    const held = holdsPoints(post);
    if (first) return { message: dailyReceipt(card, first, { again: true, held }) };
    const [profile] = profiles.of(change, guildId, [member]);
    if (!profile) throw new TypeError('Every member has a profile, if only an empty one');
    const row = rowOf(card, profile, post, { member, answer, atMs });
    const { level, topic } = card.question;
    const { right, points, at } = row;
    log.append([row]);
    const counts = post.counts ?? { topic, level };
    // Given before the closing and processed after it, or to a post of the first version.
    if (!held) book.count(change, guildId, { ...post, counts }, [row]);
    const { questionId, rev } = post.asked;
    const source = dailySource(post.date);
    outcomes.take(
      change,
      guildId,
      { id: source, where: 'daily', question: questionId, rev, topic, level, at: post.openedAtMs ?? at },
      [
        {
          member,
          right,
          at,
          day,
          earned: points > 0,
          ...(!isLate(profile, post) && { daily: { date: post.date, previous: post.previous } }),
        },
      ],
    );
    return { message: dailyReceipt(card, row, { again: false, held }), counted: post };
  }
}

/** Judged by the time at which Discord took the press, whenever it is processed. */
const isClosed = ({ state, closedAtMs }: Post, atMs: number): boolean =>
  state === 'closed' && atMs >= (closedAtMs ?? 0);

function rowOf(
  { question }: OpenCard,
  profile: Profile,
  post: Post,
  given: { readonly member: string; readonly answer: Answer; readonly atMs: number },
): DailyAnswer {
  const { member, answer, atMs: at } = given;
  const right = grade(question, answer).right === true;
  const streak = isLate(profile, post)
    ? 1
    : streakWith(profile.daily, { date: post.date, previous: post.previous });
  const earns = right && mayEarn(profile, question.id, at);
  return {
    member,
    answer,
    right,
    points: earns ? dailyPoints(question.level, streak) : 0,
    ...(right && !earns && { repeated: true }),
    ...(isNewcomer(profile, post.date) && { newcomer: true as const }),
    streak,
    at,
  };
}

/**
 * A press on an old card that is processed after one on the newer card changes no streak. A card from so far ahead
 * that no zone explains it was made by a clock that was wrong, and holds up nobody's streak.
 */
const isLate = ({ daily: { lastDate } }: Profile, { date }: Post): boolean =>
  lastDate !== undefined && lastDate > date && isBelievable(lastDate, date);
