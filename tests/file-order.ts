import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Measures the heap, which is soon too large to be collected again and again. */
const first = ['store/bytes'];
/** What waits in earnest for processes, browsers and clocks: one at a time, or the cores would wait with them. */
const waiting = [
  'many/faults',
  'sandbox/page/story',
  'many/takeover',
  'index',
  'quiz/quiz',
  'smoke',
  'upkeep/move',
  'crash/kill',
  'sandbox/page/cards',
  'many/frozen-database',
  'crash/locked',
  'app/outage-at-start',
];
/** What works longest. */
const longest = ['privacy/erasing', 'month/month', 'bank/shipped'];
/** So many others are begun between two that wait. */
const between = 3;

const inTests = (names: readonly string[]): string[] => names.map((name) => `tests/${name}.test.ts`);

export const named: readonly string[] = inTests([...first, ...waiting, ...longest]);

/**
 * Where vitest has not run before it begins larger files first, and so ends with many small ones: nobody is idle at the
 * end.
 */
export class WaitingApart extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const left = new Map((await super.sort(files)).map((file) => [file.moduleId, file]));
    const taken = (names: readonly string[]): TestSpecification[] =>
      inTests(names).flatMap((name) => {
        const file = left.get(join(root, name));
        left.delete(join(root, name));
        return file ?? [];
      });
    const ordered = taken(first);
    const apart = taken(waiting);
    const others = [...taken(longest), ...left.values()];
    for (const one of apart) ordered.push(one, ...others.splice(0, between));
    return [...ordered, ...others];
  }
}
