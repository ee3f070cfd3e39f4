/** Cells of a record: the upper and lower half of the id, then the caller's own. */
const idCells = 2;

/**
 * Numbers members from 0 in the order of their arrival ("slots") and keeps some counters for each. An open hash
 * table over typed arrays: a million members with three counters take 30 MB, against about 90 MB for the ids
 * alone as a Map of strings, and give the garbage collector nothing to trace. What belongs to a member lies
 * together in memory.
 */
export class MemberIndex {
  #size = 0;
  readonly #width: number;
  #records: Uint32Array<ArrayBuffer>;
  #capacity = 8;
  /** Slot + 1 by hash, 0 where free; at least twice as long as there are members. */
  #table = new Int32Array(2 * this.#capacity);

  /** @param counters how many each member has, from 0 to 4 · 10⁹ */
  constructor(counters = 0) {
    this.#width = idCells + counters;
    this.#records = new Uint32Array(this.#capacity * this.#width);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * The member's slot; undefined where it has none.
   * @throws RangeError when the id is not a snowflake
   */
  slotOf(member: string): number | undefined {
    const { upper, lower } = parse(member);
    const found = this.#table[this.#place(upper, lower)] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  /** The member's slot, a new one where it has none. */
  intern(member: string): number {
    const { upper, lower } = parse(member);
    const place = this.#place(upper, lower);
    const found = this.#table[place] ?? 0;
    if (found !== 0) return found - 1;
    if (this.#size === this.#capacity) {
      this.#grow();
      return this.intern(member);
    }
    const slot = this.#size++;
    this.#table[place] = slot + 1;
    this.#records[slot * this.#width] = upper;
    this.#records[slot * this.#width + 1] = lower;
    return slot;
  }

  memberAt(slot: number): string {
    return ((BigInt(this.#upper(slot)) << 32n) | BigInt(this.#lower(slot))).toString();
  }

  /** Whether one slot's id is less than another's: the older account. */
  isLess(slot: number, other: number): boolean {
    const upper = this.#upper(slot);
    const otherUpper = this.#upper(other);
    return upper === otherUpper ? this.#lower(slot) < this.#lower(other) : upper < otherUpper;
  }

  /** The first bits of the id, up to 32: when the account was made, roughly. */
  age(slot: number, bits: number): number {
    return this.#upper(slot) >>> (32 - bits);
  }

  counter(slot: number, counter: number): number {
    return this.#records[slot * this.#width + idCells + counter] ?? 0;
  }

  add(slot: number, counter: number, by: number): void {
    this.#records[slot * this.#width + idCells + counter] = this.counter(slot, counter) + by;
  }

  #upper(slot: number): number {
    return this.#records[slot * this.#width] ?? 0;
  }

  #lower(slot: number): number {
    return this.#records[slot * this.#width + 1] ?? 0;
  }

  /** Where the id stands in the table, or the free place where it would. */
  #place(upper: number, lower: number): number {
    const mask = this.#table.length - 1;
    for (let place = hash(upper, lower) & mask; ; place = (place + 1) & mask) {
      const slot = (this.#table[place] ?? 0) - 1;
      if (slot === -1 || (this.#lower(slot) === lower && this.#upper(slot) === upper)) return place;
    }
  }

  #grow(): void {
    const records = this.#records;
    this.#capacity *= 2;
    this.#records = new Uint32Array(this.#capacity * this.#width);
    this.#records.set(records);
    this.#table = new Int32Array(2 * this.#capacity);
    for (let slot = 0; slot < this.#size; slot++)
      this.#table[this.#place(this.#upper(slot), this.#lower(slot))] = slot + 1;
  }
}

/** The halves of a snowflake, by long multiplication: a BigInt for each look-up would cost three times as much. */
function parse(id: string): { upper: number; lower: number } {
  let upper = 0;
  let lower = 0;
  for (let index = 0; index < id.length; index++) {
    const digit = id.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) throw new RangeError(`Not a member's id: ${id}`);
    const sum = lower * 10 + digit;
    const carry = Math.floor(sum / 2 ** 32);
    lower = sum - carry * 2 ** 32;
    upper = upper * 10 + carry;
  }
  if (id.length === 0 || upper >= 2 ** 32 || (id.charCodeAt(0) === 48 && id.length > 1))
    throw new RangeError(`Not a member's id: ${id}`);
  return { upper, lower };
}

/** Mixes all bits into the low ones (the finaliser of MurmurHash3): snowflakes of one second differ in few. */
function hash(upper: number, lower: number): number {
  let mixed = lower ^ Math.imul(upper, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
