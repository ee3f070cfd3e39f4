import type { LocalDiscord, Member, Server } from 'local-discord';
import { expect } from 'vitest';
import { shardOf } from '../../src/discord/shards.js';
import { demoQuestions } from '../helpers/bot.js';
import { startDiscord, type TestDiscordOptions } from '../helpers/discord.js';
import { type BotProcess, startProcess } from '../helpers/process.js';

/** A server with members on each shard, and how processes on one PostgreSQL are started. */
export interface ManyWorld {
  readonly discord: LocalDiscord;
  readonly databaseUrl: string;
  /** How many there are, each with a whole bot of its own in its process. */
  readonly shards: number;
  /** By shard. */
  readonly servers: readonly Server[];
  /** Two of each server, by shard: Ada, who runs the quizzes, and Ben. */
  readonly members: readonly (readonly [Member, Member])[];
  /** @param ready a line of its log that is waited for */
  start(env: Readonly<Record<string, string>>, ready?: RegExp): Promise<BotProcess>;
}

export async function manyWorld(
  databaseUrl: string,
  { shards = 4, ...options }: TestDiscordOptions & { readonly shards?: number } = {},
): Promise<ManyWorld> {
  const discord = await startDiscord({ shards, ...options });
  const byShard = new Map<number, Server>();
  for (let number = 0; byShard.size < shards; number++) {
    const server = discord.server(`Server ${number}`, { channels: ['drills', 'lounge'] });
    const shard = shardOf(server.id, shards);
    if (!byShard.has(shard)) byShard.set(shard, server);
  }
  const servers = Array.from({ length: shards }, (_, shard) => byShard.get(shard) as Server);
  return {
    discord,
    databaseUrl,
    shards,
    servers,
    members: servers.map((server) => [
      discord.member(`Ada of ${server.name}`, { server, permissions: ['ManageGuild'] }),
      discord.member(`Ben of ${server.name}`, { server }),
    ]),
    start: (env, ready) =>
      startProcess(
        {
          DISCORD_TOKEN: discord.token,
          DISCORD_API_URL: discord.apiUrl,
          DATABASE_URL: databaseUrl,
          QUESTIONS_DIR: demoQuestions,
          ...env,
        },
        process.execPath,
        ready,
      ),
  };
}

/** The shards whose sessions are connected at Discord now, with how many sessions each has. */
function connectedShards({ gateway }: LocalDiscord): Map<number, number> {
  const connected = new Map<number, number>();
  for (const { shard, socket } of gateway.sessions.values())
    if (socket) connected.set(shard[0], (connected.get(shard[0]) ?? 0) + 1);
  return connected;
}

/** Every shard has one session that is connected. */
export const untilConnected = ({ discord, shards }: ManyWorld, timeout: number): Promise<void> =>
  expect
    .poll(() => [...connectedShards(discord)].sort(([a], [b]) => a - b), { timeout, interval: 100 })
    .toEqual(Array.from({ length: shards }, (_, shard) => [shard, 1]));
