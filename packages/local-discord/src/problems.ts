import type { LocalDiscord } from './local-discord.js';

/** Thrown for what a test overlooked, with what bot and Discord said to each other. */
export class Overlooked extends Error {
  override readonly name = 'Overlooked';
}

/**
 * Closes a local Discord and fails the test that used it when anything went wrong in it: call it after each test.
 * @throws Overlooked
 */
export async function closeAndCheck(discord: LocalDiscord): Promise<void> {
  await discord.close();
  const problems = discord.problems();
  if (problems.length === 0) return;
  throw new Overlooked(`${problems.join('\n')}\n\nWhat was said:\n${discord.transcript()}`);
}
