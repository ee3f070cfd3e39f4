/** Entries in a chunk; half of it is moved in memory for an insertion, which is quick as long as it fits a cache. */
const chunkLength = 512;

/** Sorted entries: keys, and the slots at the same offsets. */
interface Chunk {
  readonly keys: Float64Array<ArrayBuffer>;
  readonly slots: Int32Array<ArrayBuffer>;
}

/**
 * Slots (numbers from 0) by their keys, greatest first, with their positions: which stands at a place, and at
 * which place one stands. A list of sorted chunks with a Fenwick tree over their lengths (P. Fenwick, "A new
 * data structure for cumulative frequency tables", 1994); every operation is logarithmic. Keys lie beside each
 * other in memory, because looking each one up by its slot would miss the processor's caches every time.
 */
export class Ranking {
  #chunks: Chunk[] = [newChunk()];
  #lengths: number[] = [0];
  /** The last key of each chunk. */
  #lastKeys: number[] = [0];
  #tree = new Int32Array(2);
  #size = 0;

  /** @param isLess the order of slots with equal keys */
  constructor(private readonly isLess: (slot: number, other: number) => boolean) {}

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
    let index = this.#chunkFor(key, slot);
    if (this.#length(index) === chunkLength) {
      this.#split(index);
      index = this.#chunkFor(key, slot);
    }
    const { keys, slots } = this.#chunk(index);
    const offset = this.#offsetIn(index, key, slot);
    keys.copyWithin(offset + 1, offset, this.#length(index));
    slots.copyWithin(offset + 1, offset, this.#length(index));
    keys[offset] = key;
    slots[offset] = slot;
    this.#resize(index, 1);
  }

  /** @throws Error when the slot does not have this key */
  remove(slot: number, key: number): void {
    const index = this.#chunkFor(key, slot);
    const { keys, slots } = this.#chunk(index);
    const length = this.#length(index);
    const offset = this.#offsetIn(index, key, slot);
    if (offset >= length || keys[offset] !== key || slots[offset] !== slot)
      throw new Error(`Slot ${slot} does not have the key ${key}`);
    keys.copyWithin(offset, offset + 1, length);
    slots.copyWithin(offset, offset + 1, length);
    this.#resize(index, -1);
    this.#joinIfSparse(index);
  }

  /** Up to `count` slots from a place on. */
  slice(start: number, count: number): number[] {
    const found: number[] = [];
    let { index, offset } = this.#at(start);
    for (; found.length < count && index < this.#chunks.length; index++, offset = 0) {
      const end = Math.min(this.#length(index), offset + count - found.length);
      found.push(...this.#chunk(index).slots.subarray(offset, end));
    }
    return found;
  }

  #countBefore(key: number, slot: number | undefined): number {
    const index = this.#chunkFor(key, slot);
    return this.#before(index) + this.#offsetIn(index, key, slot);
  }

  #chunk(index: number): Chunk {
    const chunk = this.#chunks[index];
    if (!chunk) throw new RangeError(`No chunk ${index}`);
    return chunk;
  }

  #length(index: number): number {
    return this.#lengths[index] ?? 0;
  }

  /** The first chunk whose last entry does not stand before the given one, or else the last chunk. */
  #chunkFor(key: number, slot: number | undefined): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const lastKey = this.#lastKeys[middle] ?? 0;
      const leads = lastKey === key ? this.#leadsTie(middle, slot) : lastKey > key;
      if (leads) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #leadsTie(index: number, slot: number | undefined): boolean {
    if (slot === undefined) return false;
    return this.isLess(this.#chunk(index).slots[this.#length(index) - 1] ?? 0, slot);
  }

  /** The offset of the first entry that does not stand before the given one. */
  #offsetIn(index: number, key: number, slot: number | undefined): number {
    const { keys, slots } = this.#chunk(index);
    let low = 0;
    let high = this.#length(index);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = keys[middle] ?? 0;
      const leads = other === key ? slot !== undefined && this.isLess(slots[middle] ?? 0, slot) : other > key;
      if (leads) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #split(index: number): void {
    const first = this.#chunk(index);
    const half = chunkLength / 2;
    const second = newChunk();
    second.keys.set(first.keys.subarray(half));
    second.slots.set(first.slots.subarray(half));
    this.#chunks.splice(index + 1, 0, second);
    this.#lengths.splice(index, 1, half, half);
    this.#rebuild();
  }

  /** Members who overtake others leave thin chunks behind; two thin neighbours become one. */
  #joinIfSparse(index: number): void {
    const length = this.#length(index);
    if (length > chunkLength / 4 || this.#chunks.length === 1) return;
    const first = index > 0 ? index - 1 : index;
    const into = this.#length(first);
    const from = this.#length(first + 1);
    if (length > 0 && into + from > chunkLength / 2) return;
    const { keys, slots } = this.#chunk(first + 1);
    this.#chunk(first).keys.set(keys.subarray(0, from), into);
    this.#chunk(first).slots.set(slots.subarray(0, from), into);
    this.#chunks.splice(first + 1, 1);
    this.#lengths.splice(first, 2, into + from);
    this.#rebuild();
  }

  #rebuild(): void {
    const count = this.#lengths.length;
    this.#lastKeys = this.#chunks.map(({ keys }, index) => keys[this.#length(index) - 1] ?? 0);
    this.#tree = new Int32Array(count + 1);
    for (let node = 1; node <= count; node++) {
      const sum = (this.#tree[node] ?? 0) + this.#length(node - 1);
      this.#tree[node] = sum;
      const parent = node + (node & -node);
      if (parent <= count) this.#tree[parent] = (this.#tree[parent] ?? 0) + sum;
    }
  }

  #resize(index: number, by: number): void {
    const length = this.#length(index) + by;
    this.#size += by;
    this.#lengths[index] = length;
    this.#lastKeys[index] = this.#chunk(index).keys[length - 1] ?? 0;
    for (let node = index + 1; node < this.#tree.length; node += node & -node)
      this.#tree[node] = (this.#tree[node] ?? 0) + by;
  }

  /** How many entries the chunks before this one hold. */
  #before(index: number): number {
    let sum = 0;
    for (let node = index; node > 0; node -= node & -node) sum += this.#tree[node] ?? 0;
    return sum;
  }

  #at(place: number): { index: number; offset: number } {
    let index = 0;
    let offset = place;
    for (let step = 2 ** Math.floor(Math.log2(this.#chunks.length)); step >= 1; step /= 2) {
      const sum = this.#tree[index + step];
      if (sum === undefined || sum > offset) continue;
      index += step;
      offset -= sum;
    }
    return { index, offset };
  }
}

const newChunk = (): Chunk => ({ keys: new Float64Array(chunkLength), slots: new Int32Array(chunkLength) });
