import { type Config, readConfig } from '../../src/app/config.js';
import { useEnvironment } from '../../src/app/environment.js';
import { scrubber } from '../../src/app/log.js';
import { explainStartFailure } from '../../src/app/start-failures.js';
import { commandLine, type Options } from '../command-line.js';

/** How an operator's tool ends: it did what was asked; it found faults; it could not do it. */
export const endings = { done: 0, faults: 1, impossible: 2 } as const;

/** What was asked cannot be done; the message says why, and what to do. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** One of `npm run`'s tools for whoever runs the bot. */
export interface Tool<O extends Options> {
  /** How it is called, in one line. */
  readonly usage: string;
  readonly options: O;
  /** How many arguments it takes beside its options. */
  readonly takes: number;
  run(asked: {
    readonly args: readonly string[];
    readonly values: Values;
    readonly config: Config;
  }): Promise<number>;
}

/** Runs a tool on what the command line and the environment say; sets the exit code of the process. */
export async function runTool<O extends Options>(tool: Tool<O>): Promise<void> {
  let config: Config | undefined;
  // Whoever read what is said here has heard enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(endings.impossible);
    throw error;
  });
  try {
    const { args, values } = commandLine({ ...tool, takes: [tool.takes, tool.takes] });
    for (const oddity of useEnvironment(process.env)) process.stderr.write(`${oddity}\n`);
    config = readConfig(process.env, process.stdout.isTTY === true);
    process.exitCode = await tool.run({ args, values: values as Values, config });
  } catch (error) {
    const clean = config ? scrubber(config) : String;
    process.stderr.write(`${clean(explained(error))}\n`);
    process.exitCode = endings.impossible;
  }
}

function explained(error: unknown): string {
  if (error instanceof ToolError) return error.message;
  const lines = explainStartFailure(error);
  return lines?.join('\n') ?? String(error instanceof Error ? error.stack : error);
}

/** A whole number of at least one that was given as an option. */
export function countOf(name: string, text: unknown, usual: number): number {
  if (text === undefined) return usual;
  if (typeof text === 'string' && /^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new ToolError(`--${name} takes a whole number from 1 to 9999.`);
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
