import type { Store } from './store.js';

/** The same store, whose commits are timed: `report` gets how long each took, in milliseconds. */
export function timed(store: Store, report: (durationMs: number) => void): Store {
  return {
    get: (type, id) => store.get(type, id),
    getMany: (type, ids) => store.getMany(type, ids),
    onRollback: (listener) => store.onRollback(listener),
    close: () => store.close(),
    async commit(batch) {
      const startedMs = performance.now();
      await store.commit(batch);
      report(performance.now() - startedMs);
    },
  };
}
