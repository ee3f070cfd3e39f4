import { expect, it } from 'vitest';
import { PlanBook } from '../../src/plan/book.js';
import type { PlanRecord } from '../../src/plan/records.js';
import { Memory } from '../../src/store/held.js';
import { FlakyDatabase } from '../helpers/flaky-store.js';
import { listeningLog, tempStore } from '../helpers/store.js';
import { mentionsOf, recordsIn } from '../retention/records.js';

const plan = (date: string): PlanRecord => ({
  date,
  setOn: '2026-03-04',
  minutes: 20,
  start: { models: { basic: [1, 3] } },
});

async function openBook() {
  const temp = await tempStore();
  const book = new PlanBook(new Memory(temp.store));
  const records = async () => {
    await temp.store.close();
    const found = await recordsIn(temp.url);
    return found.filter(({ value }) => !value.includes('"v":0'));
  };
  return { temp, book, records };
}

it('a member who is forgotten stands nowhere any more; others keep their plans', async () => {
  const { book, records } = await openBook();
  for (const member of ['111', '222']) await book.set('9', member, () => plan('2026-03-20'));
  await book.remove('9', '111');
  expect(await book.get('9', '222')).toEqual(plan('2026-03-20'));
  const left = await records();
  expect(mentionsOf(left, '111')).toEqual([]);
  expect(mentionsOf(left, '222')).not.toEqual([]);
});

it('a plan whose removal was cut short leaves no key of its member when it is removed once more', async () => {
  const database = new FlakyDatabase();
  const start = () => new PlanBook(new Memory(database.open(listeningLog().log)));
  const book = start();
  await book.set('9', '111', () => plan('2026-03-20'));
  database.failsTidying = () => true;
  await book.remove('9', '111');
  expect([...database.rows.keys()].filter((key) => key.includes('111'))).toHaveLength(1);
  database.failsTidying = () => false;
  expect(await start().remove('9', '111')).toBe(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect([...database.rows.keys()].filter((key) => key.includes('111'))).toEqual([]);
});

it('a scope that is forgotten loses all plans, those made anew after they were cleared too', async () => {
  const { book, records } = await openBook();
  for (const member of ['111', '222', '333']) await book.set('9', member, () => plan('2026-03-20'));
  await book.remove('9', '111');
  await book.set('9', '111', () => plan('2026-04-01'));
  await book.set('8', '111', () => plan('2026-04-02'));
  await book.removeAll('9');
  expect(await book.get('8', '111')).toEqual(plan('2026-04-02'));
  expect(mentionsOf(await records(), '9:')).toEqual([]);
});

it('a change sees the plan that there is', async () => {
  const { book, temp } = await openBook();
  await book.set('9', '111', () => plan('2026-03-20'));
  const again = new PlanBook(new Memory(temp.store));
  expect(await again.get('9', '111')).toEqual(plan('2026-03-20'));
  const kept = await again.set('9', '111', (before) => ({
    ...plan('2026-05-01'),
    setOn: before?.date ?? '',
  }));
  expect(kept.setOn).toBe('2026-03-20');
});
