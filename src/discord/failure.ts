import { StoreError } from '../store/store.js';
import type { Repliable } from './announced.js';
import { UnsureError } from './budget/sure.js';
import { UserError } from './errors.js';
import { apologise, whisper } from './whisper.js';

/**
 * Tells the person alone what went wrong. While it is not sure whose the server is, a `UserError` is not told either: what
 * it says was decided by what is remembered.
 * @param reference by which the operator finds it in the log
 */
export async function tellFailure(interaction: Repliable, error: unknown, reference: string): Promise<void> {
  if (!(error instanceof UserError)) return apologise(interaction, wordsFor(error, reference));
  try {
    await whisper(interaction, error.message);
  } catch (failure) {
    if (!(failure instanceof UnsureError)) throw failure;
    await apologise(interaction, wordsFor(failure, reference));
  }
}

function wordsFor(error: unknown, reference: string): string {
  if (error instanceof UnsureError)
    return 'I was held up and cannot say what became of this. Please look whether it is done, and try again if it is not.';
  if (error instanceof StoreError)
    return error.fault === 'write'
      ? `This could not be stored, so nothing was changed. Please try again in a moment. (Reference \`${reference}\`)`
      : `I cannot reach my records just now. Nothing is lost; please try again in a moment. (Reference \`${reference}\`)`;
  return `Something went wrong on our side. Please try again; if it happens again, tell the bot's operator this reference: \`${reference}\``;
}
