/** Slots in a chunk; half of it is moved in memory for an insertion, which is quick as long as it fits a cache. */
const chunkLength = 512;

/**
 * Numbers ("slots") in an order that the caller decides, with their positions: which stands at a place, and at
 * which place one stands. A list of sorted chunks with a Fenwick tree over their lengths (P. Fenwick, "A new
 * data structure for cumulative frequency tables", 1994); every operation is logarithmic, and a slot takes four
 * bytes and the slack of its chunk.
 *
 * Callers say where by a predicate that is true for a leading part of the list and false for the rest.
 */
export class Ranking {
  #chunks: Int32Array[] = [new Int32Array(chunkLength)];
  #lengths: number[] = [0];
  #tree = new Int32Array([0, 0]);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** How many leading slots there are for which the predicate holds. */
  countWhile(leads: (slot: number) => boolean): number {
    const chunk = this.#chunkWhere(leads);
    return this.#before(chunk) + this.#offsetWhere(chunk, leads);
  }

  /** Puts a slot behind the leading ones. */
  insert(slot: number, leads: (slot: number) => boolean): void {
    let chunk = this.#chunkWhere(leads);
    if (this.#lengths[chunk] === chunkLength) {
      this.#split(chunk);
      chunk = this.#chunkWhere(leads);
    }
    const offset = this.#offsetWhere(chunk, leads);
    const slots = this.#chunk(chunk);
    slots.copyWithin(offset + 1, offset, this.#lengths[chunk]);
    slots[offset] = slot;
    this.#change(chunk, 1);
  }

  /**
   * Takes out the slot that stands behind the leading ones.
   * @throws Error when it is another: the order was changed under the list
   */
  remove(slot: number, leads: (slot: number) => boolean): void {
    const chunk = this.#chunkWhere(leads);
    const offset = this.#offsetWhere(chunk, leads);
    const slots = this.#chunk(chunk);
    if (offset >= this.#length(chunk) || slots[offset] !== slot)
      throw new Error(`Slot ${slot} is not at its place`);
    slots.copyWithin(offset, offset + 1, this.#lengths[chunk]);
    this.#change(chunk, -1);
    this.#joinIfSparse(chunk);
  }

  /** Up to `count` slots from a place on. */
  slice(start: number, count: number): number[] {
    const found: number[] = [];
    let { chunk, offset } = this.#at(start);
    for (; found.length < count && chunk < this.#chunks.length; chunk++, offset = 0) {
      const end = Math.min(this.#length(chunk), offset + count - found.length);
      found.push(...this.#chunk(chunk).subarray(offset, end));
    }
    return found;
  }

  #chunk(chunk: number): Int32Array {
    const slots = this.#chunks[chunk];
    if (!slots) throw new RangeError(`No chunk ${chunk}`);
    return slots;
  }

  #length(chunk: number): number {
    return this.#lengths[chunk] ?? 0;
  }

  /** The first chunk that does not lead as a whole, or else the last. */
  #chunkWhere(leads: (slot: number) => boolean): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (leads(this.#chunk(middle)[this.#length(middle) - 1] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #offsetWhere(chunk: number, leads: (slot: number) => boolean): number {
    const slots = this.#chunk(chunk);
    let low = 0;
    let high = this.#length(chunk);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (leads(slots[middle] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #split(chunk: number): void {
    const slots = this.#chunk(chunk);
    const half = chunkLength / 2;
    const second = new Int32Array(chunkLength);
    second.set(slots.subarray(half));
    this.#chunks.splice(chunk + 1, 0, second);
    this.#lengths.splice(chunk, 1, half, half);
    this.#buildTree();
  }

  /** Members who overtake others leave thin chunks behind; two thin neighbours become one. */
  #joinIfSparse(chunk: number): void {
    const length = this.#length(chunk);
    if (length > chunkLength / 4 || this.#chunks.length === 1) return;
    const first = chunk > 0 ? chunk - 1 : chunk;
    const firstLength = this.#length(first);
    const secondLength = this.#length(first + 1);
    if (length > 0 && firstLength + secondLength > chunkLength / 2) return;
    this.#chunk(first).set(this.#chunk(first + 1).subarray(0, secondLength), firstLength);
    this.#chunks.splice(first + 1, 1);
    this.#lengths.splice(first, 2, firstLength + secondLength);
    this.#buildTree();
  }

  #buildTree(): void {
    const count = this.#lengths.length;
    this.#tree = new Int32Array(count + 1);
    for (let node = 1; node <= count; node++) {
      const sum = (this.#tree[node] ?? 0) + this.#length(node - 1);
      this.#tree[node] = sum;
      const parent = node + (node & -node);
      if (parent <= count) this.#tree[parent] = (this.#tree[parent] ?? 0) + sum;
    }
  }

  #change(chunk: number, by: number): void {
    this.#size += by;
    this.#lengths[chunk] = this.#length(chunk) + by;
    for (let node = chunk + 1; node < this.#tree.length; node += node & -node)
      this.#tree[node] = (this.#tree[node] ?? 0) + by;
  }

  /** How many slots stand in the chunks before this one. */
  #before(chunk: number): number {
    let sum = 0;
    for (let node = chunk; node > 0; node -= node & -node) sum += this.#tree[node] ?? 0;
    return sum;
  }

  #at(index: number): { chunk: number; offset: number } {
    let chunk = 0;
    let offset = index;
    for (let step = 2 ** Math.floor(Math.log2(this.#chunks.length)); step >= 1; step /= 2) {
      const sum = this.#tree[chunk + step];
      if (sum === undefined || sum > offset) continue;
      chunk += step;
      offset -= sum;
    }
    return { chunk, offset };
  }
}
