import { expect, it } from 'vitest';
import { startTheBot, troubles } from '../helpers/bot.js';
import { startPostgres } from '../helpers/databases.js';
import { startDiscord } from '../helpers/discord.js';
import { isRound, letterOf, stage } from '../helpers/stage.js';

it('a quiz is played in a thread as in a channel', async () => {
  const { ada, clock, drills, server } = await stage();
  const thread = server.thread(drills, 'interviews');
  const opened = thread.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:queries rounds:1', { channel: thread });
  const round = await opened;
  expect((await ada.press(round, letterOf(round, true))).text).toContain('Recorded');
  const results = thread.next(({ text }) => text.includes('Quiz results'));
  await thread.waitFor(({ text }) => text.includes('Everyone has answered'));
  await clock.settle();
  await clock.advance('6s');
  await results;
});

it('two servers play at once and know nothing of each other', async () => {
  const { ada, discord, drills, clock } = await stage();
  const other = discord.server('Other group', { channels: ['there'] });
  const zoe = discord.member('Zoe', { server: other });
  const rounds = [drills.next(isRound(1)), other.channel('there').next(isRound(1))];
  await ada.slash('/quiz start lobby:0 level:basic topic:queries');
  await zoe.slash('/quiz start lobby:0 level:basic topic:queries seconds:60');
  const [here, there] = await Promise.all(rounds);
  if (!here || !there) throw new Error('No rounds');
  await ada.press(here, letterOf(here, true));
  await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
  await clock.settle();
  expect(there.text).toContain('0 of 1 answered');
  expect((await zoe.slash('/leaderboard')).text).not.toContain(ada.mention);
  // A button of one server's quiz says nothing to the other's member.
  const foreign = await zoe.pressId(there, here.buttons[0]?.customId ?? '');
  expect(foreign.text).toContain('This button is of no use here.');
});

it('two processes with a shard each share one PostgreSQL, and each plays for its own servers', async (context) => {
  const postgres = await startPostgres();
  if (!postgres) return context.skip();
  const discord = await startDiscord({ shards: 2 });
  const servers = Array.from({ length: 6 }, (_, index) =>
    discord.server(`Group ${index}`, { channels: ['drills'] }),
  );
  const shardOf = (id: string): number => Number((BigInt(id) >> 22n) % 2n);
  expect(new Set(servers.map(({ id }) => shardOf(id))).size).toBe(2);
  const start = (shard: number) =>
    startTheBot(discord, {
      databaseUrl: postgres.url,
      env: { SHARDS: String(shard), SHARD_COUNT: '2' },
    });
  const bots = await Promise.all([start(0), start(1)]);
  const members = servers.map((server) => discord.member('Ada', { server }));
  const others = servers.map((server) => discord.member('Ben', { server }));
  for (const [index, ada] of members.entries()) {
    const opened = ada.channel.next(isRound(1));
    await ada.slash('/quiz start lobby:0 rounds:1 topic:queries level:basic');
    const round = await opened;
    for (const member of [others[index], ada])
      expect((await member?.press(round, letterOf(round, true)))?.text).toContain('Recorded');
    await ada.channel.waitFor(({ text }) => text.includes('2 of 2 right'));
  }
  for (const bot of bots) expect(troubles(bot)).toEqual([]);
  for (const ada of members) expect((await ada.slash('/leaderboard')).text).toContain(ada.mention);
  await Promise.all(bots.map((bot) => bot.stop()));
});
