import { expect, onTestFinished } from 'vitest';
import { LocalDiscord, type LocalDiscordOptions, violationText } from '../src/index.js';

export interface TestDiscordOptions extends LocalDiscordOptions {
  /** True for a test that is about refused bodies. */
  readonly violationsExpected?: boolean;
}

/**
 * A local Discord for one test, closed at its end. The test fails when the bot sent a body that Discord would
 * refuse, asked for a route that there is none of, or hit a fault of the local Discord itself.
 */
export async function startDiscord(options: TestDiscordOptions = {}): Promise<LocalDiscord> {
  const discord = await LocalDiscord.start(options);
  onTestFinished(async () => {
    await discord.close();
    if (!options.violationsExpected) expect(discord.violations.map(violationText)).toEqual([]);
    expect(discord.unknownRoutes).toEqual([]);
    expect(discord.internalErrors).toEqual([]);
  });
  return discord;
}
