/** What the local Discord costs: every test and every other measurement pays it. */
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { LocalDiscord } from 'local-discord';

const starts = 20;
const commands = 300;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

const print = (name: string, words: string, ms: number, atMost: number): void =>
  void process.stdout.write(`${name}: ${words} ${ms.toFixed(2)} ms (at most ${atMost})\n`);

const started: number[] = [];
for (let number = 0; number < starts; number++) {
  let discord: LocalDiscord | undefined;
  started.push(
    await timed(async () => {
      discord = await LocalDiscord.start();
      discord.member('Ada');
    }),
  );
  await discord?.close();
}
print('local Discord, start', 'median of 20', median(started), 25);

const discord = await LocalDiscord.start();
const ada = discord.member('Ada');
const bot = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.apiUrl } });
bot.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isCommand()) await interaction.reply('Pong');
});
const ready = new Promise((resolve) => bot.once(Events.ClientReady, resolve));
await bot.login(discord.token);
await ready;
await bot.application?.commands.set([{ name: 'ping', description: 'Pongs' }]);
for (let number = 0; number < 50; number++) await ada.slash('/ping');
const took: number[] = [];
for (let number = 0; number < commands; number++) took.push(await timed(() => ada.slash('/ping')));
print('local Discord, a command there and back', 'median of 300', median(took), 2.5);
await bot.destroy();
await discord.close();
