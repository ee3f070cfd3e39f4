/** Entries in a chunk; half of it is moved in memory for an insertion, which is quick as long as it fits a cache. */
const chunkLength = 512;

/**
 * Slots (numbers from 0) by their keys, greatest first, with their positions: which stands at a place, and at
 * which place one stands. A list of sorted chunks with a Fenwick tree over their lengths (P. Fenwick, "A new
 * data structure for cumulative frequency tables", 1994); every operation is logarithmic.
 *
 * What takes time among a million is waiting for memory. So keys lie beside each other instead of being looked
 * up by their slots, and all chunks are blocks of two long arrays instead of objects of their own.
 */
export class Ranking {
  /** In blocks of {@link chunkLength}: sorted entries, and room. */
  #keys = new Float64Array(chunkLength);
  #slots = new Int32Array(chunkLength);
  /** Of each chunk in their order: where its block starts, how much of it is in use, and its last key. */
  #starts: number[] = [0];
  #lengths: number[] = [0];
  #lastKeys: number[] = [0];
  /** Where blocks start that are not in use. */
  readonly #free: number[] = [];
  #tree = new Int32Array(2);
  #size = 0;

  readonly #isLess: (slot: number, other: number) => boolean;

  /** @param isLess the order of slots with equal keys */
  constructor(isLess: (slot: number, other: number) => boolean) {
    this.#isLess = isLess;
  }

  get size(): number {
    return this.#size;
  }

  /** How many have a greater key. */
  countAbove(key: number): number {
    return this.#countBefore(key, undefined);
  }

  /** How many stand before a slot that has, or would have, this key. */
  placeOf(slot: number, key: number): number {
    return this.#countBefore(key, slot);
  }

  insert(slot: number, key: number): void {
    let chunk = this.#chunkFor(key, slot);
    if (this.#length(chunk) === chunkLength) {
      this.#split(chunk);
      chunk = this.#chunkFor(key, slot);
    }
    const end = this.#start(chunk) + this.#length(chunk);
    const offset = this.#offsetIn(chunk, key, slot);
    this.#keys.copyWithin(offset + 1, offset, end);
    this.#slots.copyWithin(offset + 1, offset, end);
    this.#keys[offset] = key;
    this.#slots[offset] = slot;
    this.#resize(chunk, 1);
  }

  /** @throws Error when the slot does not have this key */
  remove(slot: number, key: number): void {
    const chunk = this.#chunkFor(key, slot);
    const end = this.#start(chunk) + this.#length(chunk);
    const offset = this.#offsetIn(chunk, key, slot);
    if (offset >= end || this.#keys[offset] !== key || this.#slots[offset] !== slot)
      throw new Error(`Slot ${slot} does not have the key ${key}`);
    this.#keys.copyWithin(offset, offset + 1, end);
    this.#slots.copyWithin(offset, offset + 1, end);
    this.#resize(chunk, -1);
    this.#joinIfSparse(chunk);
  }

  /** Up to `count` slots from a place on. */
  slice(place: number, count: number): number[] {
    const found: number[] = [];
    let { chunk, skipped } = this.#at(place);
    for (; found.length < count && chunk < this.#starts.length; chunk++, skipped = 0) {
      const from = this.#start(chunk) + skipped;
      const end = Math.min(this.#start(chunk) + this.#length(chunk), from + count - found.length);
      found.push(...this.#slots.subarray(from, end));
    }
    return found;
  }

  #countBefore(key: number, slot: number | undefined): number {
    const chunk = this.#chunkFor(key, slot);
    return this.#before(chunk) + this.#offsetIn(chunk, key, slot) - this.#start(chunk);
  }

  #start(chunk: number): number {
    return this.#starts[chunk] ?? 0;
  }

  #length(chunk: number): number {
    return this.#lengths[chunk] ?? 0;
  }

  /** The first chunk whose last entry does not stand before the given one, or else the last chunk. */
  #chunkFor(key: number, slot: number | undefined): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const last = this.#start(middle) + this.#length(middle) - 1;
      if (this.#stands(this.#lastKeys[middle] ?? 0, last, key, slot)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where in the arrays the first entry of a chunk is that does not stand before the given one. */
  #offsetIn(chunk: number, key: number, slot: number | undefined): number {
    let low = this.#start(chunk);
    let high = low + this.#length(chunk);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#stands(this.#keys[middle] ?? 0, middle, key, slot)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether the entry at an offset stands before the given one. */
  #stands(other: number, offset: number, key: number, slot: number | undefined): boolean {
    if (other !== key) return other > key;
    return slot !== undefined && this.#isLess(this.#slots[offset] ?? 0, slot);
  }

  #split(chunk: number): void {
    const half = chunkLength / 2;
    const start = this.#newBlock();
    this.#move(this.#start(chunk) + half, half, start);
    this.#starts.splice(chunk + 1, 0, start);
    this.#lengths.splice(chunk, 1, half, half);
    this.#rebuild();
  }

  /** Members who overtake others leave thin chunks behind; two thin neighbours become one. */
  #joinIfSparse(chunk: number): void {
    const length = this.#length(chunk);
    if (length > chunkLength / 4 || this.#starts.length === 1) return;
    const first = chunk > 0 ? chunk - 1 : chunk;
    const into = this.#length(first);
    const from = this.#length(first + 1);
    if (length > 0 && into + from > chunkLength / 2) return;
    this.#move(this.#start(first + 1), from, this.#start(first) + into);
    this.#free.push(...this.#starts.splice(first + 1, 1));
    this.#lengths.splice(first, 2, into + from);
    this.#rebuild();
  }

  #newBlock(): number {
    const start = this.#free.pop() ?? this.#starts.length * chunkLength;
    if (start === this.#keys.length) {
      const [keys, slots] = [this.#keys, this.#slots];
      this.#keys = new Float64Array(2 * start);
      this.#keys.set(keys);
      this.#slots = new Int32Array(2 * start);
      this.#slots.set(slots);
    }
    return start;
  }

  #move(from: number, count: number, to: number): void {
    this.#keys.copyWithin(to, from, from + count);
    this.#slots.copyWithin(to, from, from + count);
  }

  #rebuild(): void {
    const count = this.#lengths.length;
    this.#lastKeys = this.#starts.map((start, chunk) => this.#keys[start + this.#length(chunk) - 1] ?? 0);
    this.#tree = new Int32Array(count + 1);
    for (let node = 1; node <= count; node++) {
      const sum = (this.#tree[node] ?? 0) + this.#length(node - 1);
      this.#tree[node] = sum;
      const parent = node + (node & -node);
      if (parent <= count) this.#tree[parent] = (this.#tree[parent] ?? 0) + sum;
    }
  }

  #resize(chunk: number, by: number): void {
    const length = this.#length(chunk) + by;
    this.#size += by;
    this.#lengths[chunk] = length;
    this.#lastKeys[chunk] = this.#keys[this.#start(chunk) + length - 1] ?? 0;
    for (let node = chunk + 1; node < this.#tree.length; node += node & -node)
      this.#tree[node] = (this.#tree[node] ?? 0) + by;
  }

  /** How many entries the chunks before this one hold. */
  #before(chunk: number): number {
    let sum = 0;
    for (let node = chunk; node > 0; node -= node & -node) sum += this.#tree[node] ?? 0;
    return sum;
  }

  #at(place: number): { chunk: number; skipped: number } {
    let chunk = 0;
    let skipped = place;
    for (let step = 2 ** Math.floor(Math.log2(this.#starts.length)); step >= 1; step /= 2) {
      const sum = this.#tree[chunk + step];
      if (sum === undefined || sum > skipped) continue;
      chunk += step;
      skipped -= sum;
    }
    return { chunk, skipped };
  }
}
