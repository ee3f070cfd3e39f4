import { expect, onTestFailed, onTestFinished } from 'vitest';
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
  const discord = await LocalDiscord.start({ ...seedOfRun(), ...options });
  const { CHAOS: seed, CHAOS_PERCENT: percent } = process.env;
  // With `CHAOS=1` everything meets what this seed draws; tests that look at single requests have their own.
  if (seed) discord.faults.chaos({ seed: Number(seed), ...(percent && { percent: Number(percent) }) });
  onTestFailed(() => {
    process.stderr.write(`What bot and Discord said to each other:\n${discord.transcript()}\n`);
  });
  onTestFinished(async () => {
    const { waits } = discord;
    await discord.close();
    // What nobody waits for any more would fail in the middle of another test.
    expect(waits).toEqual([]);
    if (!options.violationsExpected) expect(discord.violations.map(violationText)).toEqual([]);
    expect(discord.unknownRoutes).toEqual([]);
    expect(discord.internalErrors).toEqual([]);
  });
  return discord;
}

/** With `DISCORD_SEED=1` answers and events come in the orders that this seed draws. */
function seedOfRun(): { seed?: number } {
  const seed = process.env['DISCORD_SEED'];
  return seed ? { seed: Number(seed) } : {};
}
