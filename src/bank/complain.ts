import type { z } from 'zod';
import type { TextFault } from './texts.js';

export interface Issues<T> {
  readonly value: T;
  readonly issues: { push(issue: z.core.$ZodRawIssue): unknown };
}

/** What an issue of ours carries besides zod's own fields. */
export interface IssueParams {
  readonly remedy: string;
  /** The message is said of the part at the path ("is empty") and is no whole sentence. */
  readonly saidOfPart: boolean;
}

/**
 * A fault that the types do not see; `path` leads to the part that is wrong. Without a path, the message is said
 * of the part that is being checked.
 */
export function complain<T>(context: Issues<T>, path: readonly (string | number)[], fault: TextFault): void {
  const { message, remedy } = fault;
  const params: IssueParams = { remedy, saidOfPart: path.length === 0 };
  context.issues.push({
    code: 'custom',
    input: context.value,
    path: [...path],
    message,
    params: { ...params },
  });
}
