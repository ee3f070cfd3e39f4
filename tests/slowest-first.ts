import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What is begun before all else: what measures the heap, which is soon too large to be collected again and again; what
 * waits in earnest, while others work; and the longest. Where vitest has not run before it begins larger files first,
 * and so ends with many small ones: nobody is idle at the end.
 */
export const slowest: readonly string[] = [
  'store/bytes',
  'many/faults',
  'many/takeover',
  'deploy/dockerfile',
  'crash/kill',
  'sandbox/page/story',
  'sandbox/page/cards',
  'privacy/erasing',
  'month/month',
  'index',
].map((name) => `tests/${name}.test.ts`);

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const ranks = new Map(slowest.map((file, rank) => [join(root, file), rank]));
    const rankOf = ({ moduleId }: TestSpecification): number => ranks.get(moduleId) ?? slowest.length;
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
