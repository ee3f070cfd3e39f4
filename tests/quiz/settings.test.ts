import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/discord/errors.js';
import { startQuiz } from '../../src/quiz/start.js';
import { quizWorld, settings } from './world.js';

describe('settings out of bounds', () => {
  it.each([
    { rounds: 1e9 },
    { rounds: 0 },
    { rounds: 1.5 },
    { seconds: 4 },
    { seconds: Number.NaN },
    { lobby: -1 },
    { lobby: 301 },
    { teams: 1 },
    { teams: 5 },
    { kinds: '__proto__' },
    { scoring: 'constructor' },
    { level: 'expert' },
    { topic: 'x'.repeat(101) },
  ])('as a forged client sends them (%j) open nothing', async (forged) => {
    const { quizzes, board } = await quizWorld();
    const interaction = { guildId: '1', channelId: '2' } as never;
    const started = startQuiz(quizzes, interaction, { ...settings, ...forged });
    await expect(started).rejects.toThrow(UserError);
    expect(board.messages.size).toBe(0);
    expect(await quizzes.inChannel('1', '2')).toBeUndefined();
  });
});
