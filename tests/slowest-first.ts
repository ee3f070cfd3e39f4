import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files of more than some seconds, the longest first: one of them begun last would be waited for alone. First of all
 * those that wait in earnest, while others work; before them what measures the heap, which is soon too large to be
 * collected again and again.
 */
export const slowest: readonly string[] = [
  'store/bytes',
  'many/faults',
  'many/takeover',
  'deploy/dockerfile',
  'crash/kill',
  'crash/interview',
  'crash/review',
  'crash/locked',
  'sandbox/page/story',
  'sandbox/page/cards',
  'privacy/erasing',
  'retention/erasure',
  'daily/crash',
  'plan/plan',
  'month/month',
  'index',
  'upkeep/move',
  'daily/poster',
  'quiz/quiz',
  'quiz/secrecy',
  'quiz/fuzz',
  'crash/fuzz',
  'sandbox/page/first-steps',
  'daily/fuzz',
  'daily/answers',
  'daily/daily',
  'daily/field',
  'daily/week',
  'stats/drill',
  'upkeep/backup',
  'interview/crash',
  'store/kill',
  'bank/shipped',
  'sandbox/page/interview',
  'smoke',
  'check/proofs',
  'time/calendar',
  'night/crash',
].map((name) => `tests/${name}.test.ts`);

/** Vitest knows how long a file takes only where it has run before. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const ranks = new Map(slowest.map((file, rank) => [join(root, file), rank]));
    const rankOf = ({ moduleId }: TestSpecification): number => ranks.get(moduleId) ?? slowest.length;
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
