import { z } from 'zod';

/** An id that Discord gave, e.g. of the interaction that a thing is called after. */
export const snowflake = z.string().regex(/^\d{17,20}$/);

/** Discord's limit on a custom id. */
const longest = 100;

/** `customId('quiz', 'answer', gameId, 3)` is `quiz:answer:<gameId>:3`. */
export function customId(feature: string, action: string, ...args: readonly (string | number)[]): string {
  const id = [feature, action, ...args].join(':');
  if (id.length > longest) throw new RangeError(`Custom id of ${id.length} characters: ${id}`);
  return id;
}

export function parseCustomId(id: string): { feature: string; action: string; args: string[] } {
  const [feature = '', action = '', ...args] = id.split(':');
  return { feature, action, args };
}
