import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { ManualTime, milliseconds } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

const hello = [{ name: 'hello', description: 'Says hello' }];

test('what a test overlooked is listed in words, and the transcript shows how it came about', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const ada = discord.member('Ada');
  const rest = restOf(discord);
  await failure(rest.post(Routes.channelMessages(ada.channel.id), { body: { content: 'x', nonsense: 1 } }));
  await failure(rest.get(Routes.channel('1')));
  expect(discord.problems()).toHaveLength(2);
  expect(discord.problems().join('\n')).toContain('nonsense: Discord knows no such field');
  expect(discord.problems().join('\n')).toContain('/channels/1: 404, 10003 Unknown Channel');
  expect(discord.transcript()).toMatch(/bot: POST .*"nonsense":1.*\n.* Discord: 400 50035/);
});

test('with a seed some answers come before the events that they cause', async () => {
  const orders = async (seed: number): Promise<string> => {
    const discord = await startDiscord({ seed });
    const ada = discord.member('Ada');
    const bot = await startBot(discord, undefined, { intents: [1, 1 << 9] });
    let order = '';
    for (let number = 0; number < 8; number++) {
      let event = false;
      const heard = new Promise<void>((resolve) =>
        bot.once('messageCreate', () => {
          event = true;
          resolve();
        }),
      );
      await bot.rest.post(Routes.channelMessages(ada.channel.id), { body: { content: `${number}` } });
      order += event ? 'e' : 'a';
      await heard;
    }
    return order;
  };
  expect(await orders(3)).toContain('a');
});

test('in chaos a bot that repeats what fails still answers everybody', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const bot = await startBot(
    discord,
    (interaction) => interaction.isCommand() && interaction.reply('Hello'),
    {
      rest: { api: discord.apiUrl, retries: 9 },
    },
  );
  await bot.application.commands.set(hello);
  const calm = discord.faults.chaos({ seed: 7, percent: 60 });
  for (let number = 0; number < 5; number++) expect((await ada.slash('/hello')).text).toBe('Hello');
  await (
    bot.channels.cache.get(ada.channel.id) as { send(text: string): Promise<unknown> } | undefined
  )?.send('Hi');
  calm();
  expect(discord.requests.length).toBeGreaterThan(6);
});

test('time moves by hand, what falls due runs in its order, and the bot has done its part by then', async () => {
  const timers: number[] = [];
  const time = new ManualTime('2026-01-05T12:00:00Z', {
    advanceTimersByTimeAsync: async (ms) => timers.push(ms),
  });
  const discord = await startDiscord({ time });
  const ada = discord.member('Ada');
  const order: string[] = [];
  time.at(time.now() + 60_000, () => order.push('second'));
  time.at(time.now() + 1_000, () => {
    order.push('first');
    time.at(time.now() + 1_000, () => order.push('between'));
  });
  const bot = await startBot(discord, async (interaction) => {
    if (!interaction.isCommand()) return;
    await interaction.reply('Hello');
    time.at(time.now() + 15 * 60_000, () => {
      interaction.editReply('Too late').catch((error: { code: number }) => order.push(`${error.code}`));
    });
  });
  await bot.application.commands.set(hello);
  await ada.slash('/hello');
  await discord.time.advance('15m');
  expect(order).toEqual(['first', 'between', 'second', '50027']);
  expect(timers.reduce((sum, ms) => sum + ms, 0)).toBe(15 * 60_000);
  expect(discord.refusals.splice(0)).toHaveLength(1);
});

test.each([
  ['15m', 900_000],
  ['1h 30m', 5_400_000],
  [250, 250],
])('%s is %i ms', (length, ms) => expect(milliseconds(length)).toBe(ms));

test('what is no length of time is refused', () => {
  expect(() => milliseconds('soon')).toThrow('is no length of time');
});
