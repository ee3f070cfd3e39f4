import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { CommandError } from '../discord/errors.js';
import { programDir } from '../place.js';
import type { Command } from './command.js';

/** Beside the compiled code as beside the sources. */
const commandsDir = path.join(programDir, 'commands');

const fileShape = z.object({
  data: z.looseObject({
    name: z.string().regex(/^[\p{Ll}\p{N}_-]{1,32}$/u, 'must be 1 to 32 small letters, digits, - or _'),
    description: z.string().min(1).max(100),
  }),
  execute: z.custom<unknown>((value) => typeof value === 'function', 'must be a function'),
  autocomplete: z.custom<unknown>((value) => typeof value === 'function', 'must be a function').optional(),
});

/** The program's own, for each of the bots that run in this process. */
let own: Promise<ReadonlyMap<string, Command>> | undefined;

/**
 * Every file of the folder is one command, its default export; nothing is skipped. The program's own are read once.
 * @throws {CommandError} for the first file that is no command, or whose name another file has
 */
export function loadCommands(dir?: string): Promise<ReadonlyMap<string, Command>> {
  if (dir !== undefined) return commandsIn(dir);
  own ??= commandsIn(commandsDir);
  return own;
}

async function commandsIn(dir: string): Promise<ReadonlyMap<string, Command>> {
  const files = (await readdir(dir)).filter((file) => /(?<!\.d)\.[jt]s$/.test(file)).sort();
  const loaded = await Promise.all(files.map((file) => loadCommand(path.join(dir, file))));
  const commands = new Map<string, Command>();
  const places = new Map<string, string>();
  for (const [index, command] of loaded.entries()) {
    const file = path.join(dir, files[index] as string);
    const { name } = command.data;
    const other = places.get(name);
    if (other)
      throw new CommandError(
        `${file}: the command /${name} is already made by ${other}. Rename one of the two.`,
      );
    commands.set(name, command);
    places.set(name, file);
  }
  if (commands.size === 0) throw new CommandError(`${dir}: no command files here. Is the build complete?`);
  return commands;
}

async function loadCommand(file: string): Promise<Command> {
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new CommandError(
      `${file}: could not be loaded: ${String(error)}. Mend the file, or move it away.`,
      {
        cause: error,
      },
    );
  }
  const checked = fileShape.safeParse(module.default);
  if (checked.success) return module.default as Command;
  const [issue] = checked.error.issues;
  const where = issue?.path.length ? `\`${issue.path.join('.')}\` ` : 'the default export ';
  throw new CommandError(
    `${file}: ${where}is not what a command needs: ${issue?.message}. Copy the shape of commands/help.ts.`,
  );
}
