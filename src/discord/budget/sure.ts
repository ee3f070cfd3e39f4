import type { TurnHeaders } from './urgency.js';

/**
 * Another process may have the server by now, which this one has lost without knowing yet: it must not show over that
 * one's cards what it remembers, nor do once more what that one does.
 */
export class UnsureError extends Error {
  override readonly name = 'UnsureError';

  constructor() {
    super('It is not sure whether another process has this server by now');
  }
}

/** In lower case, as nothing of Discord's is called. It never leaves the process. */
const header = 'x-drills-true-anyway';

/**
 * Headers of an answer that says nothing of what is remembered (it is coming; it could not be stored; try again). It is
 * given to an interaction that came while the process was sure, and so reached no other.
 */
export const trueAnyway: TurnHeaders = { [header]: '1' };

/** Takes the mark out of a request's headers. */
export function takeTrueAnyway<H>(headers: H): { readonly isTrueAnyway: boolean; readonly headers: H } {
  if (typeof headers !== 'object' || headers === null || !(header in headers))
    return { isTrueAnyway: false, headers };
  const { [header]: _, ...rest } = headers as H & { readonly [header]: string };
  return { isTrueAnyway: true, headers: rest as H };
}
