import { hostname } from 'node:os';
import { z } from 'zod';
import {
  countVariable,
  processIndexVariable,
  readShards,
  type ShardSettings,
  shardIdsVariable,
} from './shard-settings.js';

/** What the environment says, checked. Only `token`, `databaseUrl` and `apiUrl` may hold secrets. */
export interface Config {
  /** Undefined: the sandbox. */
  readonly token: string | undefined;
  /** Base of Discord's REST API without a trailing slash, e.g. `http://127.0.0.1:4000/api`; undefined: Discord's own. */
  readonly apiUrl: string | undefined;
  /** `sqlite://…`, `postgresql://…` or `redis://…`. */
  readonly databaseUrl: string;
  /** Connections to a PostgreSQL at the most; undefined: a few. */
  readonly databasePool: number | undefined;
  readonly questionsDir: string;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly sandboxPort: number;
  readonly shards: ShardSettings;
  /** This process's share of the requests that Discord takes of the bot in a second. */
  readonly requestsPerSecond: number;
  /** Undefined: no health page. */
  readonly healthPort: number | undefined;
  /** The address on which the health page listens. */
  readonly healthHost: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
const logFormats = ['pretty', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

/** One wrong variable. `problem` never quotes a value that may be a secret. */
export interface ConfigFault {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}

/** The environment cannot be used; the message names every fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(
      faults.map(({ variable, problem, example }) => `${variable} ${problem}, e.g. ${example}`).join('\n'),
    );
    this.faults = faults;
  }
}

const databaseSchemes = ['sqlite', 'postgresql', 'postgres', 'redis', 'rediss'];

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port from 0 to 65535');

const apiUrl = z
  .string()
  .refine(isWebAddress, 'must be an http:// or https:// address')
  .transform((text) => text.replace(/\/+$/, '').replace(/\/v\d+$/, ''));

const databaseUrl = z
  .string()
  .refine(
    (text) => databaseSchemes.some((scheme) => text.startsWith(`${scheme}://`)),
    'must begin with sqlite://, postgresql:// or redis://',
  )
  .refine((text) => /^\w+:\/\/./.test(text), 'names no database after its ://');

const requestsPerSecond = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'must be a whole number from 1')
  .transform(Number);

const poolSize = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, 'must be a whole number from 1 to 999')
  .transform(Number);

/** Every variable that is read: its check, and an example for whoever got it wrong. */
const variables = {
  DISCORD_TOKEN: [
    z.string().regex(/^[^\s"'`“”]+$/, 'contains blanks or quotes'),
    'the token on the Bot page of the developer portal',
  ],
  DISCORD_API_URL: [apiUrl, 'http://127.0.0.1:4000/api'],
  DATABASE_URL: [databaseUrl, 'sqlite://data/drills.sqlite'],
  DATABASE_POOL: [poolSize, '4'],
  QUESTIONS_DIR: [z.string(), 'questions'],
  LOG_LEVEL: [z.enum(logLevels, `must be one of ${logLevels.join(', ')}`), 'info'],
  LOG_FORMAT: [z.enum(logFormats, `must be ${logFormats.join(' or ')}`), 'json'],
  SANDBOX_PORT: [port, '3000'],
  SHARDS: [shardIdsVariable, '0-3'],
  SHARD_COUNT: [countVariable, '4'],
  PROCESS_INDEX: [processIndexVariable, '0'],
  PROCESS_COUNT: [countVariable, '3'],
  REQUESTS_PER_SECOND: [requestsPerSecond, '50'],
  HEALTH_PORT: [port, '9090'],
  HEALTH_HOST: [z.string().regex(/^[\w.:-]+$/, 'must be an address of this machine'), '0.0.0.0'],
} as const satisfies Record<string, readonly [z.ZodType<unknown, string>, string]>;

type Name = keyof typeof variables;
type Values = { [N in Name]?: z.infer<(typeof variables)[N][0]> };

/** Names of all variables, in the order of the README's table. */
export const variableNames = Object.keys(variables) as readonly Name[];

/** What else may stand in `.env`: what Node, the driver of PostgreSQL and `deploy/` read. */
export const alsoRead = /^(?:NODE_ENV|HOSTNAME|TZ|PG[A-Z]+|POSTGRES_PASSWORD|COMPOSE_[A-Z_]+)$/;

/** For scripts that need none of the other settings. */
export const questionsDirOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env['QUESTIONS_DIR']?.trim() || 'questions';

/**
 * A variable that is empty counts as absent.
 * @param onTerminal whether the log goes to a person's terminal, which decides its default format.
 * @throws {ConfigError} with all faults at once.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, onTerminal: boolean): Config {
  const faults: ConfigFault[] = [];
  const values: Values = Object.fromEntries(
    variableNames.map((name) => [name, readVariable(name, env[name], faults)]),
  );
  const databaseUrl = values.DATABASE_URL ?? 'sqlite://data/drills.sqlite';
  const { settings: shards, contradictions } = readShards(values, env['HOSTNAME'] ?? hostname(), databaseUrl);
  for (const [variable, problem, example] of contradictions)
    if (!faults.some((known) => known.variable === variable)) faults.push(fault(variable, problem, example));
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    token: values.DISCORD_TOKEN,
    apiUrl: values.DISCORD_API_URL,
    databaseUrl,
    databasePool: values.DATABASE_POOL,
    questionsDir: questionsDirOf(env),
    logLevel: values.LOG_LEVEL ?? 'info',
    logFormat: values.LOG_FORMAT ?? (onTerminal ? 'pretty' : 'json'),
    sandboxPort: values.SANDBOX_PORT ?? 3000,
    shards,
    requestsPerSecond: values.REQUESTS_PER_SECOND ?? 50,
    healthPort: values.HEALTH_PORT,
    healthHost: values.HEALTH_HOST ?? '127.0.0.1',
  };
}

function readVariable(name: Name, raw: string | undefined, faults: ConfigFault[]): unknown {
  const text = raw?.trim();
  if (!text) return undefined;
  const result = variables[name][0].safeParse(text);
  if (result.success) return result.data;
  faults.push(fault(name, result.error.issues[0]?.message ?? 'is wrong'));
  return undefined;
}

function fault(variable: Name, problem: string, example = variables[variable][1] as string): ConfigFault {
  return { variable, problem, example };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
