import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';

/**
 * The least bot that answers a press, with discord.js's default caches: what ours is measured against.
 * Environment: DISCORD_TOKEN, DISCORD_API_URL, SHARD_COUNT (all shards in this process), DEFERS (it only says that an
 * answer is coming). Prints a line of JSON
 * when ready, and one with its use of CPU (µs) and memory (bytes) for every SIGUSR2 or message of its parent;
 * a parent that forked it gets the same as messages.
 */
const { DISCORD_TOKEN: token = '', DISCORD_API_URL: api = '', SHARD_COUNT: shardCount, DEFERS } = process.env;

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api },
  ...(shardCount && { shardCount: Number(shardCount) }),
});

client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isRepliable()) {
    const answered = DEFERS
      ? interaction.deferReply({ flags: MessageFlags.Ephemeral })
      : interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
    answered.catch(tellError);
  }
});
client.on(Events.Error, tellError);
client.once(Events.ClientReady, () => tell({ ready: true, ms: Math.round(performance.now()) }));
process.on('SIGUSR2', tellUse);
process.on('message', tellUse);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());

await client.login(token);

function tellUse(): void {
  global.gc?.();
  tell({ cpu: process.cpuUsage(), memory: process.memoryUsage() });
}

function tellError(error: unknown): void {
  tell({ error: String(error) });
}

function tell(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
  process.send?.(what);
}
