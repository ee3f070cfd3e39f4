import { fileURLToPath } from 'node:url';
import type { LocalDiscord } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app/compose.js';
import { readConfig } from '../../src/app/config.js';
import { systemClock } from '../../src/time/clock.js';
import { bankIn, demoQuestions } from '../helpers/banks.js';
import { tempDatabaseUrl } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { freePort } from '../helpers/ports.js';
import { type BotProcess, startProcess } from '../helpers/process.js';
import { startProxy } from '../helpers/proxy.js';
import { listeningLog } from '../helpers/store.js';

const shiftedTime = fileURLToPath(new URL('../helpers/shifted-time.mjs', import.meta.url));
const patience = { timeout: 60_000, interval: 50 };

async function bot(discord: LocalDiscord, said: RegExp, env: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const process = await startProcess(
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: await tempDatabaseUrl(),
      QUESTIONS_DIR: demoQuestions,
      HEALTH_PORT: String(port),
      NODE_OPTIONS: `--import=${shiftedTime}`,
      ...env,
    },
    undefined,
    said,
  );
  const page = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  return { ...process, page };
}

const says = ({ lines }: BotProcess, words: string): boolean => lines.some((line) => line.includes(words));

/** Ways in which Discord is away, and how each ends. */
const outages: Readonly<Record<string, (discord: LocalDiscord) => Promise<{ apiUrl: string; end(): void }>>> =
  {
    async 'refuses connections'(discord) {
      const { port } = new URL(discord.apiUrl);
      const way = await startProxy(await freePort());
      const apiUrl = discord.apiUrl.replace(`:${port}`, `:${way.port}`);
      return { apiUrl, end: () => way.leadTo(Number(port)) };
    },
    async 'answers 503'(discord) {
      const isOver = { now: false };
      discord.faults.next(() => !isOver.now, { status: 503, times: 1_000 });
      return {
        apiUrl: discord.apiUrl,
        end() {
          isOver.now = true;
        },
      };
    },
    async 'has no gateway'(discord) {
      discord.gateway.down = true;
      return {
        apiUrl: discord.apiUrl,
        end() {
          discord.gateway.down = false;
        },
      };
    },
  };

const waits = /cannot be reached|does not get through/;

describe('a bot that starts while Discord', () => {
  it.each(Object.keys(outages))(
    '%s waits, says so, is alive and not well, and starts when it is back',
    async (name) => {
      const discord = await startDiscord();
      const { apiUrl, end } = (await outages[name]?.(discord)) ?? expect.unreachable();
      const waiting = await bot(discord, waits, { DISCORD_API_URL: apiUrl });
      expect([await waiting.page('/livez'), await waiting.page('/healthz')]).toEqual([200, 503]);
      end();
      await expect.poll(() => says(waiting, '"Ready"'), patience).toBe(true);
      // Its database may be slow to answer on a busy machine.
      await expect.poll(() => waiting.page('/healthz'), patience).toBe(200);
      expect(await waiting.stop()).toBe(0);
    },
  );

  it('has no gateway stops with 0 when it is told to', async () => {
    const discord = await startDiscord();
    discord.gateway.down = true;
    const waiting = await bot(discord, waits);
    expect(await waiting.stop()).toBe(0);
  });

  // With which code a process ends that is stopped so early, index.test.ts looks at.
  it('refuses connections stops when it is told to', async () => {
    const { log, lines } = listeningLog();
    const app = await createApp({
      config: readConfig(
        {
          DISCORD_TOKEN: 'a.b.c',
          DISCORD_API_URL: `http://127.0.0.1:${await freePort()}/api`,
          DATABASE_URL: await tempDatabaseUrl(),
        },
        false,
      ),
      clock: systemClock,
      log,
      bank: bankIn(demoQuestions),
      refused: () => {},
    });
    const starting = app.start();
    await expect.poll(() => lines.some(({ msg }) => waits.test(msg)), patience).toBe(true);
    await app.stop();
    await starting;
    expect(lines.some(({ msg }) => msg === 'Ready')).toBe(false);
  });

  it('lets nobody in any more ends with 2', async () => {
    const discord = await startDiscord();
    await expect(bot(discord, /"Ready"/, { DISCORD_TOKEN: 'not.the.token' })).rejects.toThrow('ended with 2');
  });
});

describe('a bot from which Discord has been away for ten minutes', () => {
  const lost = 'Discord has been lost for ten minutes';

  it('ends with 1, so that it is started anew', async () => {
    const discord = await startDiscord();
    const running = await bot(discord, /"Ready"/);
    discord.gateway.down = true;
    discord.faults.dropGateway();
    await expect.poll(() => says(running, 'has lost Discord'), patience).toBe(true);
    running.child.kill('SIGUSR2');
    expect(await running.ended).toBe(1);
    expect(says(running, lost)).toBe(true);
  });

  it('since before it started ends with 1 too', async () => {
    const discord = await startDiscord();
    discord.gateway.down = true;
    // Before its shard is known to be lost, the time that passes is not of a loss.
    const waiting = await bot(discord, /does not get through/);
    waiting.child.kill('SIGUSR2');
    expect(await waiting.ended).toBe(1);
    expect(says(waiting, lost)).toBe(true);
  });
});
