import { Client, type ClientOptions, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import type { LocalDiscord } from '../../src/sandbox/index.js';

export type OnInteraction = (interaction: Interaction) => Promise<unknown> | unknown;

/** The real discord.js, logged in to a local Discord and ready; every interaction goes to `on`. */
export async function startBot(
  discord: LocalDiscord,
  on: OnInteraction = () => {},
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discord.apiUrl },
    ...options,
  });
  client.on(Events.InteractionCreate, (interaction) => on(interaction));
  client.on(Events.Error, () => {});
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}
