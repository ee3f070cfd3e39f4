import { type ParseArgsConfig, parseArgs } from 'node:util';

export type Options = NonNullable<ParseArgsConfig['options']>;

/** How a script is called. */
export interface Call<O extends Options = Options> {
  /** In one line: `npm run question -- ID …`. */
  readonly usage: string;
  readonly options?: O;
  /** How many arguments it takes beside its options, at least and at most. */
  readonly takes: readonly [least: number, most: number];
}

export interface Given {
  readonly args: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** The exit code of whoever was called in a way that is not understood. */
const misunderstood = 2;

/** What the command line says. Ends the process with how it is called for `--help`, and for what is no such call. */
export function commandLine(call: Call): Given {
  const given = understood(call);
  if (given && !given.values['help']) return given;
  const line = `Call it so: ${call.usage}\n`;
  // What is written here is written at once, also to a pipe.
  if (given) process.stdout.write(line);
  else process.stderr.write(line);
  process.exit(given ? 0 : misunderstood);
}

function understood({ options, takes: [least, most] }: Call): Given | undefined {
  try {
    const all = { ...options, help: { type: 'boolean', short: 'h' } } as const satisfies Options;
    const { positionals: args, values } = parseArgs({ options: all, allowPositionals: true });
    const fits = args.length >= least && args.length <= most;
    return fits || values['help'] ? { args, values } : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
