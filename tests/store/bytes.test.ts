import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/store/bytes.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const id = (n: number): string => `${1_100_000_000_000_000_000n + BigInt(n) * 4_194_304n}`;

const records: Readonly<Record<string, (n: number) => object>> = {
  'a card': (n) => ({
    id: id(n),
    channelId: id(7),
    question: `what-select-related-does-${n}`,
    order: [2, 0, 1, 3],
    askedAt: 1_700_000_000_000 + n,
    filter: { level: 'basic' },
    isPrivate: false,
  }),
  'a profile of many topics': (n) => ({
    member: id(n),
    topics: Array.from({ length: 20 }, (_, t) => ({
      topic: `topic-${t}`,
      answered: t,
      right: t,
      at: 1.7e12 + t,
    })),
  }),
  prose: (n) => ({ text: `${n} `.repeat(200), wide: `“${n}” `.repeat(100) }),
  'a list of open cards by id': (n) =>
    Object.fromEntries(Array.from({ length: 60 }, (_, c) => [id(n * 60 + c), 1.7e12 + c])),
};

const indexes: Readonly<Record<string, (n: number) => object>> = {
  'answers by member': (n) =>
    new Map(
      Array.from({ length: 300 }, (_, m) => [
        id(n * 300 + m),
        { member: id(m), at: 1.7e12 + m, picks: [m % 4] },
      ]),
    ),
  'servers in a list': (n) => new Set(Array.from({ length: 500 }, (_, s) => id(n * 500 + s))),
  'askings by question': (n) => new Uint32Array(1_000).fill(n),
};

/** Much more than what others leave behind meanwhile. */
const measured = 8_000_000;

function growth(make: (n: number) => object): { estimated: number; real: number } {
  const estimated = bytesOf(make(0));
  const count = Math.ceil(measured / estimated);
  const kept: object[] = Array.from({ length: count }, () => ({}));
  const used = (): number => {
    for (let time = 0; time < 3; time++) collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  for (let n = 0; n < count; n++) kept[n] = make(n);
  const real = (used() - before) / count;
  return { estimated: bytesOf(kept[count >> 1]), real };
}

describe('the size of a value', () => {
  test.each(Object.entries(records))('is what the heap grows by: %s', (_, make) => {
    const { estimated, real } = growth((n) => JSON.parse(JSON.stringify(make(n))) as object);
    expect(estimated / real, `${estimated} of ${real}`).toBeGreaterThan(0.7);
    expect(estimated / real, `${estimated} of ${real}`).toBeLessThan(1.5);
  });

  test.each(Object.entries(indexes))('is what the heap grows by: %s', (_, make) => {
    const { estimated, real } = growth(make);
    expect(estimated / real, `${estimated} of ${real}`).toBeGreaterThan(0.7);
    expect(estimated / real, `${estimated} of ${real}`).toBeLessThan(1.5);
  });

  test('of a million rows is told from a few of them', () => {
    let reads = 0;
    const rows = new Proxy(
      Array.from({ length: 1_000_000 }, (_, n) => ({ n })),
      {
        get(target, key, receiver) {
          reads++;
          return Reflect.get(target, key, receiver);
        },
      },
    );
    expect(bytesOf(rows)).toBeGreaterThan(8_000_000);
    expect(reads).toBeLessThan(100);
  });
});
