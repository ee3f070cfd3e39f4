/**
 * One value for each key. The ones used last are kept; any other lives as long as somebody holds it and is found
 * again until then, so that there are never two of one key.
 */
export class Recent<V extends object> {
  readonly #kept = new Map<string, V>();
  readonly #known = new Map<string, WeakRef<V>>();
  readonly #collected = new FinalizationRegistry<string>((key) => {
    if (this.#known.get(key)?.deref() === undefined) this.#known.delete(key);
  });

  constructor(private readonly most: number) {}

  get(key: string, make: () => V): V {
    const value = this.#kept.get(key) ?? this.#known.get(key)?.deref() ?? this.#remember(key, make());
    this.#kept.delete(key);
    this.#kept.set(key, value);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.most) break;
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
