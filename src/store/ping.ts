import { z } from 'zod';
import { Batch, recordType, type Store } from './store.js';

/** Written to see whether the store takes writes; what it says does not matter. */
const pingRecord = recordType('ping', z.int());

/** Resolves when the store has taken a write and given it back. @throws StoreError when it cannot */
export async function ping(store: Store, nowMs: number): Promise<void> {
  await store.commit(new Batch().put(pingRecord, 'here', () => Math.trunc(nowMs)));
  await store.get(pingRecord, 'here');
}
