import { type Logger, pino } from 'pino';
import type { Config } from './config.js';
import { stackOf } from './stack.js';

type Secrets = Pick<Config, 'token' | 'databaseUrl'>;

/** Deeper chains of causes are cut: nobody reads them. */
const mostCauses = 4;

/**
 * The process's log, on standard output: a line of JSON an entry, or coloured lines for people.
 * Entries are a context object and a sentence; errors go under `err`. Neither secrets of `config`, nor
 * passwords in addresses, nor interaction tokens, nor what people wrote get into it.
 */
export async function createLog(
  config: Secrets & Pick<Config, 'logLevel' | 'logFormat'>,
  output?: { write(line: string): void },
): Promise<Logger> {
  const options = {
    level: config.logLevel,
    base: null,
    serializers: { err: describeError },
    hooks: { streamWrite: scrubber(config) },
  };
  if (output) return pino(options, output);
  // A stream of this thread instead of pino's worker: the last lines before an exit are not lost.
  const standardOutput = forgiving(pino.destination({ fd: 1, sync: true }));
  if (config.logFormat === 'json') return pino(options, standardOutput);
  const { PinoPretty } = await import('pino-pretty');
  const pretty = { translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', destination: standardOutput };
  return pino(options, PinoPretty(pretty));
}

/** A log that cannot be written (a full disk, a closed pipe) must not end the bot; it is said once, where possible. */
function forgiving<D extends NodeJS.EventEmitter>(destination: D): D {
  let told = false;
  destination.on('error', (error: NodeJS.ErrnoException) => {
    if (told) return;
    told = true;
    process.stderr.write(
      `The log cannot be written (${error.code ?? error.message}); the bot goes on without it.\n`,
    );
  });
  return destination;
}

/**
 * Of an error only what is known to be harmless: discord.js hangs the whole request body on its errors, and
 * with it what people wrote.
 */
function describeError(thrown: unknown, depth = 0): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { code, status, method, url } = thrown as Error & Record<string, unknown>;
  return {
    type: thrown.name,
    message: thrown.message,
    ...definite({ code, status, method, url }),
    stack: stackOf(thrown),
    ...(depth < mostCauses && {
      ...(thrown.cause !== undefined && { cause: describeError(thrown.cause, depth + 1) }),
      ...(thrown instanceof AggregateError && {
        errors: thrown.errors.slice(0, mostCauses).map((inner) => describeError(inner, depth + 1)),
      }),
    }),
  };
}

function definite(fields: Record<string, unknown>): Record<string, string | number> {
  const entries = Object.entries(fields).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return Object.fromEntries(entries);
}

/**
 * Takes secrets out of a line, raw or as JSON writes them. Made for finished lines, so that no path through a
 * library's error messages leads around it.
 */
export function scrubber(config: Secrets): (line: string) => string {
  const written = secretsOf(config).flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return (line) => {
    let clean = line
      .replace(/\b(interactions|webhooks)\/(\d+)\/[\w.~-]+/g, '$1/$2/[token]')
      .replace(/\b([a-z][a-z0-9+]*:\/\/[^\s"/:@]*):[^\s"/@]+@/gi, '$1:[password]@');
    for (const secret of written) clean = clean.replaceAll(secret, '[secret]');
    return clean;
  };
}

function secretsOf({ token, databaseUrl }: Secrets): string[] {
  const password = URL.canParse(databaseUrl) ? new URL(databaseUrl).password : '';
  return [token ?? '', password, safelyDecoded(password)].filter((secret) => secret.length >= 4);
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
