import type { Logger } from 'pino';
import { LocalDiscord, type Site } from './local-discord.js';
import { welcomeSite } from './welcome.js';

export interface Sandbox {
  readonly discord: LocalDiscord;
  readonly token: string;
  /** For `DISCORD_API_URL`. */
  readonly apiUrl: string;
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly port: number;
  readonly log: Logger;
  /** Where its time comes from, in milliseconds since the epoch (default: the machine). */
  readonly now?: () => number;
  readonly site?: Site;
}

/** When the sandbox's server was founded: its ids stay the same from start to start, so stored scores fit. */
const foundedAt = Date.UTC(2026, 0, 1);

/**
 * Starts the Discord that the bot logs in to when no token is configured, with a server, an admin and a few more
 * people in it. Loopback only. Rejects when the port is taken.
 */
export async function startSandbox({ port, log, now = Date.now, site }: SandboxOptions): Promise<Sandbox> {
  let founding = true;
  const discord: LocalDiscord = await LocalDiscord.start({
    port,
    now: () => (founding ? foundedAt : now()),
    site: site ?? welcomeSite(() => discord),
  });
  const server = discord.server('Study group', { channels: ['general', 'drills', 'daily'] });
  discord.member('Ada', { server, permissions: ['ManageGuild', 'ManageMessages'] });
  for (const name of ['Grace', 'Linus', 'Margaret']) discord.member(name, { server });
  founding = false;
  log.info(
    { page: `http://localhost:${discord.port}/`, apiUrl: discord.apiUrl },
    'No token is set: a sandbox Discord runs on this machine.',
  );
  return { discord, token: discord.token, apiUrl: discord.apiUrl, close: () => discord.close() };
}
