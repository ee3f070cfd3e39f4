import type { Config } from './config.js';
import { codeOf, faultChain, networkCodes, statusOf } from './fault-chain.js';

/** Thrown where the sandbox would start in production. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError';
}

/** A missing package is named with the file that wants it; a production install leaves out what only the sandbox needs. */
const wantedBySandbox = /\bsandbox[\\/]|\blocal-discord\b/;

/**
 * What an operator can do about a failed start, in a few plain lines without secrets; undefined for a fault
 * that is nobody's setting and deserves a stack trace.
 */
export function explainStartFailure(
  thrown: unknown,
  config?: Pick<Config, 'token' | 'apiUrl' | 'healthPort' | 'healthHost'>,
): readonly string[] | undefined {
  if (!(thrown instanceof Error)) return undefined;
  switch (thrown.name) {
    case 'ConfigError':
      return ['The environment cannot be used as it is:', ...indented(thrown.message)];
    case 'EnvFileError':
      return ['The file .env cannot be used:', ...indented(thrown.message)];
    case 'NodeVersionError':
      return [thrown.message, 'Install a newer one from https://nodejs.org, then run "npm ci" again.'];
    case 'NoTokenError':
      return [
        'There is no DISCORD_TOKEN, and NODE_ENV says that this is production.',
        "Set DISCORD_TOKEN to your bot's token; without NODE_ENV=production the bot starts in its sandbox.",
      ];
    case 'OptionError':
      return [thrown.message];
    case 'BankError':
      return ['The question bank cannot be used as it is:', ...indented(thrown.message)];
    case 'CommandError':
      return ['A file in commands/ cannot be used:', ...indented(thrown.message)];
    case 'StoreError':
      return [
        config && config.token === undefined
          ? 'The sandbox cannot keep its data in the folder data/, where it is started:'
          : 'The database (DATABASE_URL) cannot be used:',
        ...indented(reasons(thrown).join('\n')),
      ];
  }
  return explainPlace(thrown, config) ?? explainDiscord(thrown, config?.apiUrl);
}

function explainPlace(error: Error, config: Parameters<typeof explainStartFailure>[1]): string[] | undefined {
  const code = codeOf(error);
  const { port, syscall, hostname } = error as { port?: unknown; syscall?: unknown; hostname?: unknown };
  const variable = port === config?.healthPort ? 'HEALTH_PORT' : 'SANDBOX_PORT';
  if (code === 'EADDRINUSE')
    return [
      `Port ${port} is in use by another program.`,
      `Stop that one, or set ${variable} to another port.`,
    ];
  if (code === 'EACCES' && syscall === 'listen')
    return [
      `Port ${port} may not be used by the user that runs the bot.`,
      `Set ${variable} to a port from 1024 to 65535.`,
    ];
  if (
    (code === 'EADDRNOTAVAIL' && syscall === 'listen') ||
    (hostname !== undefined && hostname === config?.healthHost)
  )
    return [
      `${(error as { address?: unknown }).address ?? hostname} is no address of this machine.`,
      'Set HEALTH_HOST to 127.0.0.1, or to 0.0.0.0 for all of its addresses.',
    ];
  if (code === 'ERR_MODULE_NOT_FOUND' && !config?.token && wantedBySandbox.test(error.message)) {
    return [
      'There is no DISCORD_TOKEN, and this install has no sandbox (its packages are dev dependencies).',
      'Set DISCORD_TOKEN to your bot\'s token, or run "npm ci" with dev dependencies to try the bot in the sandbox.',
    ];
  }
  return undefined;
}

function explainDiscord(error: Error, apiUrl: string | undefined): string[] | undefined {
  const discord = apiUrl ?? 'Discord';
  const messages = faultChain(error).map((link) => link.message);
  const says = (words: RegExp): boolean => messages.some((message) => words.test(message));
  if (codeOf(error) === 'TokenInvalid' || statusOf(error) === 401 || says(/^Authentication failed$/)) {
    return [
      'Discord does not accept the token in DISCORD_TOKEN.',
      'Copy it again from the Bot page of https://discord.com/developers/applications ("Reset Token" makes a new one).',
    ];
  }
  if (says(/disallowed intents/i)) {
    return [
      'Discord refuses the intents of this bot.',
      'It asks for Guilds only; check the application on its Bot page.',
    ];
  }
  if (says(/^Invalid shard$|^Sharding is required$/)) {
    return [
      'Discord refuses these shards.',
      'Leave SHARDS and SHARD_COUNT away, or raise SHARD_COUNT: no shard may hold more than 2,500 servers.',
    ];
  }
  const network = faultChain(error)
    .map(codeOf)
    .find((code) => code !== undefined && networkCodes.has(code));
  if (network) {
    return [
      `${discord} could not be reached (${network}).`,
      'Check the network, a proxy or firewall on the way, and DISCORD_API_URL if it is set. Then start again.',
    ];
  }
  const status = statusOf(error);
  if (status !== undefined && (status === 404 || status >= 500)) {
    return [
      `${discord} answered with status ${status}.`,
      'Check DISCORD_API_URL if it is set, else try again later.',
    ];
  }
  return undefined;
}

function reasons(error: Error): string[] {
  return [...new Set(faultChain(error).map((link) => link.message || (codeOf(link) ?? link.name)))];
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
