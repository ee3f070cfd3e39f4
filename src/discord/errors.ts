/** What went wrong, in words for the person who asked. Everything else that is thrown is a fault of ours. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
