import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { logType, RecordLog } from '../../src/store/log.js';
import { Batch, recordType } from '../../src/store/store.js';
import { tempStore } from '../helpers/store.js';

const counter = recordType('counter', z.object({ n: z.number() }));
describe('smoke', () => {
  test('put, get, log', async () => {
    const t = await tempStore();
    await t.store.commit(new Batch().put(counter, 'a', () => ({ n: 1 })));
    expect(await t.store.get(counter, 'a')).toEqual({ n: 1 });
    const type = logType('log', z.object({ i: z.number() }));
    const log = await RecordLog.open(t.store, type, 'x');
    for (let i = 0; i < 1000; i++) {
      const b = new Batch();
      log.append(b, [{ i }]);
      t.store.commit(b);
    }
    await t.reopen();
    const again = await RecordLog.open(t.store, type, 'x');
    expect(again.length).toBe(1000);
    const rows = [];
    for await (const r of again.rows()) rows.push(r.i);
    expect(rows).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    await t.store.commit(new Batch().remove(counter, 'a'));
    expect(await t.store.get(counter, 'a')).toBeUndefined();
  });
});
