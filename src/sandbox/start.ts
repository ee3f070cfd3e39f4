import type { Logger } from 'pino';
import { LocalDiscord } from './local-discord.js';

export interface Sandbox {
  readonly discord: LocalDiscord;
  readonly token: string;
  /** For `DISCORD_API_URL`. */
  readonly apiUrl: string;
  close(): Promise<void>;
}

/**
 * Starts the Discord of its own that the bot logs in to when no token is configured, with a server, a few people
 * and an admin in it. Loopback only. Rejects when the port is taken.
 */
export async function startSandbox({ port, log }: { port: number; log: Logger }): Promise<Sandbox> {
  const discord = await LocalDiscord.start({ port });
  const server = discord.server('Study group', { channels: ['general', 'drills', 'daily'] });
  discord.member('Ada', { server, permissions: ['ManageGuild', 'ManageMessages'] });
  for (const name of ['Grace', 'Linus', 'Margaret']) discord.member(name, { server });
  log.info({ apiUrl: discord.apiUrl }, 'No token is set: a sandbox Discord runs on this machine.');
  return { discord, token: discord.token, apiUrl: discord.apiUrl, close: () => discord.close() };
}
