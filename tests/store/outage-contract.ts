import { expect, test } from 'vitest';
import { z } from 'zod';
import { Batch, recordType, StoreError } from '../../src/store/store.js';
import type { Database } from '../helpers/databases.js';
import type { Backend } from './contract.js';

const counter = recordType('counter', z.number());

/** What a store on a server does when that server is gone for a while. */
export function outageContract(name: string, database: Database, backend: Backend): void {
  test(`a crash of ${name} rejects what it cannot keep, loses nothing it kept, and passes`, async () => {
    const { store } = await backend.open();
    await store.commit(new Batch().put(counter, 'before', () => 1));
    let rollbacks = 0;
    store.onRollback(() => rollbacks++);

    await database.kill();
    await expect(store.commit(new Batch().put(counter, 'during', () => 2))).rejects.toThrow(StoreError);
    await expect(store.get(counter, 'before')).rejects.toThrow(StoreError);
    expect(rollbacks).toBe(1);

    await database.start();
    await expect.poll(() => store.get(counter, 'before').catch(() => 'away'), { timeout: 60_000 }).toBe(1);
    await store.commit(new Batch().put(counter, 'after', () => 3));
    const found = await store.getMany(counter, ['before', 'during', 'after']);
    expect(Object.fromEntries(found)).toEqual({ before: 1, after: 3 });
  });
}
