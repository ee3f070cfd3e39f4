import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { App, AppParts } from '../../src/app/app.js';
import { readConfig } from '../../src/app/config.js';
import { Fleet } from '../../src/app/fleet.js';
import type { Holds } from '../../src/store/holds.js';
import { systemClock } from '../../src/time/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { listeningLog } from '../helpers/store.js';

const shards = 12;
/** A shard waits somewhat longer than this for Discord to let it go. */
const farewellMs = 400;

/** Gives whatever is asked for. */
function freeHolds(): Holds {
  const held = new Set<number>();
  return {
    view: async () => ({ held, claimed: new Set(), counts: [], restingMs: new Map() }),
    async take(shard) {
      held.add(shard);
      return {
        shard,
        lost: new Promise<Error>(() => {}),
        isSure: () => true,
        open: () => Promise.reject(new Error('Nothing is stored here')),
        release: async () => void held.delete(shard),
      };
    },
    claim: async () => {},
    identify: async () => 0,
    close: async () => {},
  };
}

it('a process of many shards stops in time although Discord is slow to let each of them go', async () => {
  const discord = await startDiscord({ shards });
  const ended: number[] = [];
  const create = async ({ config }: AppParts): Promise<App> =>
    ({
      start: async () => {},
      async stop() {
        await delay(farewellMs);
        ended.push(config.shards.ids?.[0] ?? -1);
      },
    }) as unknown as App;
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: 'postgresql://nobody@127.0.0.1/none',
    SHARD_COUNT: String(shards),
  };
  const app = {
    config: readConfig(env, false),
    clock: systemClock,
    log: listeningLog().log,
    bank: Promise.reject(new Error('No questions here')),
    refused: () => {},
  };
  app.bank.catch(() => {});
  const fleet = await Fleet.create({ app, holds: freeHolds(), create });
  await fleet.start();
  await fleet.stop();
  expect(new Set(ended).size).toBe(shards);
});
