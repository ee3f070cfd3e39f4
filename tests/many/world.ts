import type { LocalDiscord, Member, Server } from 'local-discord';
import pg from 'pg';
import { afterAll } from 'vitest';
import { shardOf } from '../../src/retention/shards.js';
import { demoQuestions } from '../helpers/bot.js';
import { startPostgres } from '../helpers/databases.js';
import { startDiscord, type TestDiscordOptions } from '../helpers/discord.js';
import { type BotProcess, startProcess } from '../helpers/process.js';

export const shards = 6;

/** A server with a member on each of six shards, and how processes on one PostgreSQL are started. */
export interface ManyWorld {
  readonly discord: LocalDiscord;
  readonly databaseUrl: string;
  /** By shard. */
  readonly servers: readonly Server[];
  /** Two of each server, by shard: Ada, who runs the quizzes, and Ben. */
  readonly members: readonly (readonly [Member, Member])[];
  /** @param ready a line of its log that is waited for */
  start(env: Readonly<Record<string, string>>, ready?: RegExp): Promise<BotProcess>;
}

export async function manyWorld(databaseUrl: string, options: TestDiscordOptions = {}): Promise<ManyWorld> {
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

/** A PostgreSQL for the tests of a file; undefined where there is none. */
export async function ownPostgres() {
  const server = await startPostgres();
  if (!server) return undefined;
  afterAll(() => server.stop());
  let made = 0;
  return {
    server,
    /** The URL of an empty database. */
    async fresh(): Promise<string> {
      made += 1;
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await client.query(`CREATE DATABASE test${made}`);
      await client.end();
      return server.url.replace(/postgres$/, `test${made}`);
    },
  };
}

/** The shards whose sessions are connected at Discord now, with how many sessions each has. */
export function connectedShards({ gateway }: LocalDiscord): Map<number, number> {
  const connected = new Map<number, number>();
  for (const { shard, socket } of gateway.sessions.values())
    if (socket) connected.set(shard[0], (connected.get(shard[0]) ?? 0) + 1);
  return connected;
}
