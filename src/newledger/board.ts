import { MemberIndex } from './member-index.js';
import { Ranking } from './ranking.js';

/** One member's line on a board. */
export interface BoardLine {
  /** From 1; members with equal points share a rank and the next ranks are left out: 1, 2, 2, 4. */
  readonly rank: number;
  readonly member: string;
  readonly points: number;
  /** Right answers and all answers: what accuracy is made of. */
  readonly right: number;
  readonly answered: number;
}

/** What an answer adds to a member's line. */
export interface Gain {
  readonly member: string;
  readonly points: number;
  readonly right: boolean;
}

/** What is counted for each member. */
const points = 0;
const right = 1;
const answers = 2;

/**
 * A double holds 53 bits exactly: 32 of points and the first 21 of the id, which are half an hour of Discord's
 * time. Ties among so many would otherwise be looked up in memory one by one.
 */
const ageBits = 21;
const ageRange = 2 ** ageBits;

/**
 * Members by their points, most first; equal points in the order of their ids, which never changes. Everybody
 * who answered is on it. Holds a million members in about 45 MB.
 */
export class Board {
  readonly #members = new MemberIndex(3);
  readonly #ranking = new Ranking((slot, other) => this.#members.isLess(slot, other));

  get size(): number {
    return this.#members.size;
  }

  add(gain: Gain): void {
    const slot = this.#members.intern(gain.member);
    const known = slot < this.#ranking.size;
    // Where nothing moves, nothing is looked up.
    if (!known || gain.points > 0) {
      const before = this.#members.counter(slot, points);
      if (known) this.#ranking.remove(slot, this.#keyOf(slot, before));
      this.#ranking.insert(slot, this.#keyOf(slot, before + gain.points));
      this.#members.add(slot, points, gain.points);
    }
    this.#members.add(slot, answers, 1);
    if (gain.right) this.#members.add(slot, right, 1);
  }

  /** The member's line; undefined for somebody who never answered. */
  standing(member: string): BoardLine | undefined {
    const slot = this.#members.slotOf(member);
    if (slot === undefined) return undefined;
    return this.#standing(slot, member, this.#rankOf(this.#members.counter(slot, points)));
  }

  /** At which place from 0 the member's line stands; undefined for somebody who never answered. */
  placeOf(member: string): number | undefined {
    const slot = this.#members.slotOf(member);
    if (slot === undefined) return undefined;
    return this.#ranking.placeOf(slot, this.#keyOf(slot, this.#members.counter(slot, points)));
  }

  /** Up to `count` lines from a place on. */
  slice(start: number, count: number): BoardLine[] {
    let rank = 0;
    let previous = -1;
    return this.#ranking.slice(start, count).map((slot, index) => {
      const own = this.#members.counter(slot, points);
      if (own !== previous) rank = index === 0 ? this.#rankOf(own) : start + index + 1;
      previous = own;
      return this.#standing(slot, this.#members.memberAt(slot), rank);
    });
  }

  #rankOf(own: number): number {
    return this.#ranking.countAbove(own * ageRange) + 1;
  }

  /** Greater for more points, and among equal points for older accounts as far as the number reaches. */
  #keyOf(slot: number, own: number): number {
    return own * ageRange - this.#members.age(slot, ageBits);
  }

  #standing(slot: number, member: string, rank: number): BoardLine {
    return {
      rank,
      member,
      points: this.#members.counter(slot, points),
      right: this.#members.counter(slot, right),
      answered: this.#members.counter(slot, answers),
    };
  }
}
