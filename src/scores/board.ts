import { grown, MemberIndex } from './member-index.js';
import { Ranking } from './ranking.js';

/** One member's line on a board. */
export interface Standing {
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

/**
 * Members by their points, most first; equal points in the order of their ids, which never changes. Everybody
 * who answered is on it. Holds a million members in about 40 MB.
 */
export class Board {
  readonly #members = new MemberIndex();
  readonly #ranking = new Ranking();
  /** By the slots of the members; points to 4 · 10⁹. */
  #points = new Uint32Array(8);
  #right = new Uint32Array(8);
  #answered = new Uint32Array(8);

  get size(): number {
    return this.#members.size;
  }

  add({ member, points, right }: Gain): void {
    const slot = this.#members.intern(member);
    if (slot === this.#points.length) this.#grow();
    const known = slot < this.#ranking.size;
    const before = this.#points[slot] ?? 0;
    // Where nothing moves, nothing is looked up.
    if (!known || points > 0) {
      if (known) this.#ranking.remove(slot, this.#aheadOf(slot, before));
      this.#points[slot] = before + points;
      this.#ranking.insert(slot, this.#aheadOf(slot, before + points));
    }
    this.#answered[slot] = (this.#answered[slot] ?? 0) + 1;
    if (right) this.#right[slot] = (this.#right[slot] ?? 0) + 1;
  }

  /** The member's line; undefined for somebody who never answered. */
  standing(member: string): Standing | undefined {
    const slot = this.#members.slotOf(member);
    return slot === undefined ? undefined : this.#standing(slot, this.#rankOf(this.#points[slot] ?? 0));
  }

  /** At which place from 0 the member's line stands; undefined for somebody who never answered. */
  placeOf(member: string): number | undefined {
    const slot = this.#members.slotOf(member);
    if (slot === undefined) return undefined;
    return this.#ranking.countWhile(this.#aheadOf(slot, this.#points[slot] ?? 0));
  }

  /** Up to `count` lines from a place on. */
  slice(start: number, count: number): Standing[] {
    let rank = 0;
    let points = -1;
    return this.#ranking.slice(start, count).map((slot, index) => {
      const own = this.#points[slot] ?? 0;
      if (own !== points) rank = index === 0 ? this.#rankOf(own) : start + index + 1;
      points = own;
      return this.#standing(slot, rank);
    });
  }

  #rankOf(points: number): number {
    return this.#ranking.countWhile((slot) => (this.#points[slot] ?? 0) > points) + 1;
  }

  #standing(slot: number, rank: number): Standing {
    return {
      rank,
      member: this.#members.memberAt(slot),
      points: this.#points[slot] ?? 0,
      right: this.#right[slot] ?? 0,
      answered: this.#answered[slot] ?? 0,
    };
  }

  /** Whether a slot stands before the given one, if that one had these points. */
  #aheadOf(slot: number, points: number): (other: number) => boolean {
    return (other) => {
      const others = this.#points[other] ?? 0;
      return others === points ? this.#members.isLess(other, slot) : others > points;
    };
  }

  #grow(): void {
    this.#points = grown(this.#points);
    this.#right = grown(this.#right);
    this.#answered = grown(this.#answered);
  }
}
