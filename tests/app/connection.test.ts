import { describe, expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../src/app/connection.js';
import { Reaching } from '../../src/app/reaching.js';
import { createClient } from '../../src/discord/client.js';
import { startDiscord } from '../helpers/discord.js';
import { listeningLog } from '../helpers/store.js';

async function connected() {
  const discord = await startDiscord();
  const { log, lines } = listeningLog();
  const client = createClient({ apiUrl: discord.apiUrl, shards: { ids: undefined, count: undefined } });
  onTestFinished(() => client.destroy());
  const refusals: number[] = [];
  const connection = new Connection(client, log, (code) => refusals.push(code));
  expect(connection.isHealthy()).toBe(false);
  await connection.open(discord.token, new Reaching(log));
  const said = (words: string): number => lines.filter(({ msg }) => msg.includes(words)).length;
  return { discord, client, connection, said, refusals };
}

/** A heartbeat that was answered two minutes ago was the last one. */
function silent({ client }: Awaited<ReturnType<typeof connected>>): void {
  for (const shard of client.ws.shards.values()) shard.lastPingTimestamp = Date.now() - 120_000;
}

const patience = { timeout: 60_000 };

describe('the gateway', () => {
  it('is not well while it is away, which is logged once, as is its return', async () => {
    const world = await connected();
    const { discord, connection, said } = world;
    expect(connection.isHealthy()).toBe(true);
    discord.gateway.down = true;
    discord.faults.dropGateway();
    await expect.poll(() => connection.isHealthy(), patience).toBe(false);
    await expect.poll(() => said('has lost Discord'), patience).toBe(1);
    discord.gateway.down = false;
    await expect.poll(() => connection.isHealthy(), patience).toBe(true);
    expect([said('has lost Discord'), said('connected again')]).toEqual([1, 1]);
  });

  it('is not well when heartbeats are answered no more, and well as soon as it is back', async () => {
    const world = await connected();
    const { discord, connection, said } = world;
    silent(world);
    expect(connection.isHealthy()).toBe(false);
    discord.faults.dropGateway();
    await expect.poll(() => said('connected again'), patience).toBe(1);
    expect(connection.isHealthy()).toBe(true);
  });

  it('that closes for good says so', async () => {
    const { discord, connection, refusals } = await connected();
    discord.faults.dropGateway({ resumable: false, code: 4004 });
    await expect.poll(() => refusals, patience).toEqual([4004]);
    expect(connection.isHealthy()).toBe(false);
  });
});
