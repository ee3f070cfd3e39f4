import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HeldLogs } from '../../src/store/held-logs.js';
import { logType } from '../../src/store/log.js';
import { Batch, recordType, type Store, StoreError } from '../../src/store/store.js';
import { tempStore } from '../helpers/store.js';

const type = logType('log', z.number());

async function append(store: Store, logs: HeldLogs<number>, id: string, row: number): Promise<void> {
  const log = await logs.get(id);
  const batch = new Batch();
  log.append(batch, [row]);
  await store.commit(batch);
}

describe('logs that are held', () => {
  it('are one for everybody, from the first moment on', async () => {
    const { store } = await tempStore();
    const logs = new HeldLogs(store, type, 10);
    const rows = Array.from({ length: 300 }, (_, n) => n);
    await Promise.all(rows.map((row) => append(store, logs, 'a', row)));
    expect((await new HeldLogs(store, type, 10).get('a')).length).toBe(300);
  });

  it('are let go and opened again without losing a row', async () => {
    const { store } = await tempStore();
    const logs = new HeldLogs(store, type, 2);
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (let row = 0; row < 20; row++) await Promise.all(ids.map((id) => append(store, logs, id, row)));
    expect(ids.filter((id) => logs.held(id))).toHaveLength(2);
    for (const id of ids) expect((await logs.get(id)).length).toBe(20);
  });

  it('are opened again after a rollback', async () => {
    const { store } = await tempStore();
    const logs = new HeldLogs(store, type, 10);
    await append(store, logs, 'a', 1);
    const log = await logs.get('a');
    const batch = new Batch().put(recordType('odd', z.unknown()), 'a', () => 1n);
    log.append(batch, [2]);
    await expect(store.commit(batch)).rejects.toThrow(StoreError);
    expect(logs.held('a')).toBeUndefined();
    await append(store, logs, 'a', 3);
    const rows: number[] = [];
    for await (const row of (await logs.get('a')).rows()) rows.push(row);
    expect(rows).toEqual([1, 3]);
  });
});
