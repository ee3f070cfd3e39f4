/**
 * `import 'local-discord/vitest'` gives vitest's `expect` the matchers, with their types; `test` of it has a Discord of
 * its own for each test.
 */
import { test as base, expect } from 'vitest';
import { LocalDiscord } from './local-discord.js';
import { matchers, type Matchers as Ours } from './matchers.js';
import type { LocalDiscordOptions } from './options.js';
import { closeAndCheck } from './problems.js';

expect.extend(matchers);

export { expect };

export interface DiscordFixtures {
  /** What `discord` is started with; `test.extend({ discordOptions: { seed: 1 } })` for others. */
  readonly discordOptions: LocalDiscordOptions;
  /** Started for the test that names it, and closed and checked after it. */
  readonly discord: LocalDiscord;
}

export const test = base.extend<DiscordFixtures>({
  discordOptions: {},
  discord: async ({ discordOptions, onTestFailed }, use) => {
    const discord = await LocalDiscord.start(discordOptions);
    onTestFailed(() => {
      process.stderr.write(`What bot and Discord said to each other:\n${discord.transcript()}\n`);
    });
    await use(discord);
    await closeAndCheck(discord);
  },
});

declare module 'vitest' {
  // The type parameter is vitest's: declarations of one interface have the same.
  interface Matchers<T> extends Ours<T> {}
}
