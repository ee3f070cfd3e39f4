import { describe, expect, it } from 'vitest';
import { startTheBot } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { FlakyDatabase } from '../helpers/flaky-store.js';
import { letterOf } from '../helpers/stage.js';

const minuteMs = 60_000;
/**
 * Lets time pass until something is so: what one process waits for is the other's turn, so time goes on while an
 * interaction is under way.
 */
async function passUntil(clock: ManualClock, isSo: () => boolean, mostSeconds = 600): Promise<void> {
  for (let second = 0; second < mostSeconds && !isSo(); second++) {
    await clock.advance('1s');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

const shardOfTwo = (id: string): number => Number((BigInt(id) >> 22n) % 2n);

/** Two processes of the whole bot, one for each of two shards, with a server each; Ada has answered in both and in private. */
async function two() {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock });
  const servers = [];
  for (let shard = 0; shard < 2; ) {
    const server = discord.server(`Group ${shard}`, { channels: ['talk'] });
    if (shardOfTwo(server.id) !== shard) continue;
    servers.push(server);
    shard++;
  }
  const database = new FlakyDatabase();
  const bots = [];
  for (const shard of ['0', '1']) {
    const env = { SHARDS: shard, SHARD_COUNT: '2' };
    const bot = await startTheBot(discord, { clock, env, open: async (_, log) => database.open(log) });
    bots.push(bot);
  }
  const adas = servers.map((server) => discord.member('Ada', { server }));
  const [ada] = adas;
  if (!ada) throw new Error('There is no Ada');
  for (const member of adas) {
    await clock.advance('4s');
    const card = await member.slash('/question any topic:queries');
    await member.press(card, letterOf(card, true));
    await member.press(card, 'Reveal');
  }
  await clock.advance('4s');
  return { clock, discord, database, bots, ada, servers };
}

describe('in direct messages with a bot of two processes', () => {
  it('a member sees what both have, is hidden in both, and is erased in both', async () => {
    const { clock, database, ada, servers } = await two();
    const ask = async (command: string) => {
      const asked = ada.slash(command, { channel: ada.dm });
      let isAnswered = false;
      const answered = asked.finally(() => {
        isAnswered = true;
      });
      await passUntil(clock, () => isAnswered);
      return answered;
    };
    const shown = await ask('/privacy show');
    for (const server of servers) expect(shown.text).toContain(`\`${server.name}\``);
    expect((await ask('/privacy hide on:true')).text).toContain('2 servers');
    const isHidden = (): boolean => servers.every(({ id }) => database.rows.has(`hidden:${id}`));
    await passUntil(clock, isHidden);
    expect(isHidden()).toBe(true);

    const form = await ask('/privacy delete where:everywhere');
    await ada.submit(form, { word: 'DELETE' });
    clock.jumpTo(clock.now() + 24 * 60 * minuteMs);
    const isThere = (): boolean => JSON.stringify([...database.rows]).includes(ada.id);
    await passUntil(clock, () => !isThere());
    expect(isThere()).toBe(false);
  });
});
