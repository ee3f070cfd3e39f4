import {
  DiscordAPIError,
  type REST,
  type RESTGetAPIApplicationCommandsResult,
  RESTJSONErrorCodes,
  type RESTPutAPIApplicationCommandsResult,
  Routes,
} from 'discord.js';
import type { SlashCommand } from './command.js';
import { CommandError } from './errors.js';

/**
 * Tells Discord which commands there are, when those that it has are others, whoever changed them.
 * @returns the commands' ids by name, for clickable mentions, and whether Discord was told anew
 * @throws {CommandError} for commands that Discord refuses, with its reasons
 */
export async function registerCommands(
  commands: ReadonlyMap<string, Pick<SlashCommand<never>, 'data'>>,
  { rest, applicationId }: { readonly rest: REST; readonly applicationId: string },
): Promise<{ ids: ReadonlyMap<string, string>; changed: boolean }> {
  const path = Routes.applicationCommands(applicationId);
  const wanted = [...commands.values()].map(({ data }) => data);
  const known = (await rest.get(path)) as RESTGetAPIApplicationCommandsResult;
  const isKnown =
    known.length === wanted.length &&
    wanted.every((one) =>
      says(
        known.find(({ name }) => name === one.name),
        one,
      ),
    );
  const there = isKnown ? known : await put(rest, path, wanted);
  return { ids: new Map(there.map(({ name, id }) => [name, id])), changed: !isKnown };
}

async function put(
  rest: REST,
  path: ReturnType<typeof Routes.applicationCommands>,
  wanted: readonly SlashCommand<never>['data'][],
): Promise<RESTPutAPIApplicationCommandsResult> {
  try {
    return (await rest.put(path, { body: wanted })) as RESTPutAPIApplicationCommandsResult;
  } catch (cause) {
    if (!(cause instanceof DiscordAPIError) || cause.code !== RESTJSONErrorCodes.InvalidFormBodyOrContentType)
      throw cause;
    const names = wanted.map(({ name }, index) => `${index} is /${name}`).join(', ');
    throw new CommandError(`Discord refuses the commands (${names}):\n${cause.message}`, { cause });
  }
}

/** What Discord adds by itself to what it was told. */
const added: ReadonlySet<string> = new Set([
  'id',
  'application_id',
  'version',
  'guild_id',
  'dm_permission',
  'integration_types',
  'contexts',
]);

/** Whether Discord's form of something says the same as ours; what we leave out is there as its default. */
function says(theirs: unknown, ours: unknown): boolean {
  if (Array.isArray(ours))
    return (
      Array.isArray(theirs) && theirs.length === ours.length && ours.every((one, n) => says(theirs[n], one))
    );
  if (!isObject(ours)) return theirs === ours || (isDefault(theirs) && isDefault(ours));
  if (!isObject(theirs)) return false;
  const extra = Object.keys(theirs).filter((key) => !(key in ours) && !added.has(key));
  return (
    Object.entries(ours).every(([key, value]) => says(theirs[key], value)) &&
    extra.every((key) => isDefault(theirs[key]) || (key === 'type' && theirs[key] === 1))
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isDefault = (value: unknown): boolean =>
  value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
