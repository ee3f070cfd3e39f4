import {
  Client,
  type ClientOptions,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
  REST,
} from 'discord.js';
import { onTestFinished } from 'vitest';
import type { LocalDiscord } from '../src/index.js';

export type OnInteraction = (interaction: Interaction) => unknown;

/** The real discord.js, logged in to a local Discord and ready; every interaction goes to `on`. */
export async function startBot(
  discord: LocalDiscord,
  on: OnInteraction = () => {},
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = newClient(discord, options);
  client.on(Events.InteractionCreate, async (interaction) => {
    await on(interaction);
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}

/** The same, before its login. */
export function newClient(discord: LocalDiscord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discord.apiUrl },
    ...options,
  });
  client.on(Events.Error, () => {});
  onTestFinished(() => client.destroy());
  return client;
}

/** discord.js's REST client alone, with the bot's token, and without its own limit of fifty requests a second. */
export function restOf(discord: LocalDiscord): REST {
  const options = { api: discord.apiUrl, retries: 0, globalRequestsPerSecond: 10_000 };
  return new REST(options).setToken(discord.token);
}

/** What the request failed with, e.g. `{ status: 403, code: 50013 }`. */
export async function failure(
  request: Promise<unknown>,
): Promise<{ status: number; code: number | string; errors: unknown }> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    const { errors } = error.rawError as { errors?: unknown };
    return { status: error.status, code: error.code, errors };
  }
  throw new Error('The request was expected to fail, and did not');
}
