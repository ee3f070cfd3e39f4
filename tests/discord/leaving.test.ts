import { setTimeout as delay } from 'node:timers/promises';
import { Events } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../src/discord/client.js';
import { startDiscord } from '../helpers/discord.js';

/** discord.js reconnects half a second after a shard was lost. */
const pastReconnectingMs = 1_500;

/** @param afterMs how long after its shard was lost */
async function leftAfter(afterMs: number): Promise<boolean> {
  const discord = await startDiscord();
  const client = createClient({
    apiUrl: discord.apiUrl,
    shards: { ids: [0], count: 1 },
    // Else it would wait for five seconds between its logins.
    waitForIdentify: async () => {},
  });
  onTestFinished(() => client.leave());
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  const lost = new Promise((resolve) => client.once(Events.ShardReconnecting, resolve));
  discord.faults.dropGateway({ resumable: false });
  await lost;
  await delay(afterMs);
  await client.leave();
  await delay(pastReconnectingMs);
  return discord.gateway.connected;
}

it('a client that is left while its shard is just lost, waits to come back, or is on its way does not come back', async () => {
  expect(await Promise.all([0, 200, 505].map(leftAfter))).toEqual([false, false, false]);
});
