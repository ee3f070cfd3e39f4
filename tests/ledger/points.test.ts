import { describe, expect, test } from 'vitest';
import { basePoints, dailyPoints, quizPoints } from '../../src/ledger/points.js';

describe('points', () => {
  test.each([
    ['basic', 100],
    ['intermediate', 150],
    ['advanced', 200],
  ] as const)('a right %s answer earns %i', (level, points) => {
    expect(basePoints(level)).toBe(points);
  });

  test.each([
    ['basic', 20_000, 20_000, 150],
    ['basic', 10_000, 20_000, 125],
    ['basic', 0, 20_000, 100],
    ['intermediate', 20_000, 20_000, 225],
    ['intermediate', 1, 3, 175],
    ['advanced', 20_000, 20_000, 300],
    ['advanced', 13_333, 20_000, 267],
    ['basic', -500, 20_000, 100],
    ['basic', 20_400, 20_000, 150],
    ['basic', 0, 0, 100],
  ] as const)('a right %s quiz answer with %i of %i ms left earns %i', (level, leftMs, totalMs, points) => {
    expect(quizPoints({ level, leftMs, totalMs })).toBe(points);
  });

  test.each([
    ['basic', 1, 110],
    ['basic', 2, 120],
    ['intermediate', 9, 240],
    ['advanced', 10, 300],
    ['advanced', 11, 300],
    ['advanced', 400, 300],
  ] as const)('a right %s daily answer on day %i of a streak earns %i', (level, streak, points) => {
    expect(dailyPoints(level, streak)).toBe(points);
  });
});
