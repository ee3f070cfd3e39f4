/** What was asked for on the command line is nothing that the bot knows. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/**
 * Whether the sandbox is to begin anew. `npm start --fresh` means it too, of which npm keeps the option to itself.
 * @param args of the command line, without the program
 * @throws {OptionError} for everything else
 */
export function wantsFresh(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const unknown = args.filter((arg) => arg !== '--fresh');
  if (unknown.length > 0)
    throw new OptionError(
      `${unknown.join(' ')} is not understood. The one option is --fresh, which begins the sandbox anew: npm start -- --fresh`,
    );
  return args.length > 0 || env['npm_config_fresh'] === 'true';
}
