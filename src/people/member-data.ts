import type { z } from 'zod';

/** What a room exports of a member: its shape, for the export's schema, and its words, for `/privacy show`. */
export interface MemberData {
  readonly schema: z.ZodType;
  /** One line for each kind that there is, with its count: `3 answers to daily questions`. */
  words(data: unknown): readonly string[];
}

export const memberData = <T>(schema: z.ZodType<T>, words: (data: T) => readonly string[]): MemberData => ({
  schema,
  words: (data) => words(schema.parse(data)),
});
