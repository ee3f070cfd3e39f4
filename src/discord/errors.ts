/** What went wrong, in words for the person who asked. Everything else that is thrown is a fault of ours. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** A command that cannot be used: a file in `commands/`, or what Discord says of it. The message tells what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
