/**
 * One value for each key. The ones used last are kept; any other lives as long as somebody holds it and is found
 * again until then, so that there are never two of one key. What was got stays at least until the end of the
 * turn of the event loop (as WeakRef promises), so a look-up with `find` in the same turn succeeds.
 */
export class Recent<V extends object> {
  readonly #kept = new Map<string, V>();
  readonly #known = new Map<string, WeakRef<V>>();
  readonly #collected = new FinalizationRegistry<string>((key) => {
    if (this.#known.get(key)?.deref() === undefined) this.#known.delete(key);
  });

  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  find(key: string): V | undefined {
    return this.#known.get(key)?.deref();
  }

  get(key: string, make: () => V): V {
    const value = this.find(key) ?? this.#remember(key, make());
    this.#kept.delete(key);
    this.#kept.set(key, value);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
    return value;
  }

  #remember(key: string, value: V): V {
    this.#known.set(key, new WeakRef(value));
    this.#collected.register(value, key);
    return value;
  }
}
