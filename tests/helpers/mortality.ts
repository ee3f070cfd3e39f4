import type { Batch, Store } from '../../src/store/store.js';

const never = new Promise<never>(() => {});

/**
 * Lets a process live until its nth effect on the world (a write, a message, an edit): it dies just before it,
 * or after it without learning of it. Whatever it does later comes to nothing.
 */
export class Mortality {
  effects = 0;
  dead = false;
  /** Resolves when it is dead and its last effect is over. */
  readonly died: Promise<void>;
  #die: () => void = () => {};

  readonly #dieAt: number;
  readonly #when: 'before' | 'after';

  constructor(dieAt: number, when: 'before' | 'after') {
    this.#dieAt = dieAt;
    this.#when = when;

    this.died = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  around = async <T>(_what: string, effect: () => Promise<T>): Promise<T> => {
    if (this.dead) return never;
    this.effects++;
    if (this.effects !== this.#dieAt) return effect();
    this.dead = true;
    if (this.#when === 'after') await effect();
    this.#die();
    return never;
  };

  store(real: Store): Store {
    return {
      get: (type, id) => (this.dead ? never : real.get(type, id)),
      getMany: (type, ids) => (this.dead ? never : real.getMany(type, ids)),
      commit: (batch: Batch) => this.around('commit', () => real.commit(batch)),
      onRollback: (listener) => real.onRollback(listener),
      close: () => real.close(),
    };
  }
}
