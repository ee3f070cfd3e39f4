import { alsoRead, variableNames } from './config.js';
import { type EnvFile, readEnvFile } from './env-file.js';
import { nearName } from './near-name.js';

type Environment = Record<string, string | undefined>;

const envFile = '.env';

/**
 * Adds what `.env` in the working directory says to the environment, which wins, also with an empty variable.
 * @returns what was written for this bot, as it seems, and is not read: a line each, without values
 * @throws {EnvFileError}
 */
export function useEnvironment(env: Environment): string[] {
  const given = { ...env };
  const file = readEnvFile(envFile);
  for (const [name, value] of Object.entries(file.variables)) env[name] ??= value;
  return [...oddInFile(file), ...oddInEnvironment(given)];
}

/** Whatever stands in the file is meant for the bot. */
export function oddInFile({ entries, unread }: EnvFile): string[] {
  const odd: string[] = [];
  const seen = new Map<string, string>();
  for (const { name, value, line, isUnclosed } of entries) {
    if (isUnclosed) odd.push(`${shown(name, line)} begins with a quote that is not closed.`);
    if (!seen.has(name) && !isKnown(name)) odd.push(`${shown(name, line)} ${unknown(name)}`);
    const before = seen.get(name);
    if (before && value && before !== value)
      odd.push(`${shown(name, line)} stands there twice; the last one counts.`);
    if (value || !seen.has(name)) seen.set(name, value);
  }
  for (const { text, line } of unread) {
    const named = variableNames.find((name) => new RegExp(`\\b${name}\\b`).test(text)) ?? 'NAME';
    odd.push(`Line ${line} of ${envFile} is not read. Write it as ${named}=value, or put a # before it.`);
  }
  return odd;
}

/** A machine has many variables: only what nearly is one of the bot's own. */
export function oddInEnvironment(env: Readonly<Environment>): string[] {
  return Object.keys(env).flatMap((name) => {
    const meant = isKnown(name) ? undefined : nearName(name, variableNames);
    // Windows takes no notice of upper and lower case: then it has been read.
    return meant === undefined || !env[name] || env[name] === env[meant] ? [] : [`${name} ${unknown(name)}`];
  });
}

const isKnown = (name: string): boolean =>
  (variableNames as readonly string[]).includes(name) || alsoRead.test(name);

function unknown(name: string): string {
  const meant = nearName(name, variableNames);
  return `is not a variable of this bot${meant ? `; did you mean ${meant}?` : '.'}`;
}

/** Only what looks like a name is repeated: in a file of secrets anything may stand before an `=`. */
const shown = (name: string, line: number): string =>
  /^(?:[A-Z][A-Z0-9_.-]{0,39}|[a-z][a-z0-9_.-]{0,39})$/.test(name)
    ? `${name} in ${envFile}`
    : `What stands before the = in line ${line} of ${envFile}`;
