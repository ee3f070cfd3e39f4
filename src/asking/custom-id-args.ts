import { z } from 'zod';
import { letters } from './asked.js';

/** In a custom id: one letter, as its position on the card. */
export const letterArg = z
  .string()
  .regex(/^[0-5]$/)
  .transform(Number);

/** In a custom id: a place in a list, from 0. @param length how many places there can be, up to 1,000 */
export const placeArg = (length: number) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,2})$/)
    .transform(Number)
    .refine((place) => place < length);

/** In a custom id: letters in the order in which they were chosen, e.g. `CA`, as positions. None comes twice. */
export const lettersArg = z
  .string()
  .regex(/^[A-F]{0,6}$/)
  .refine((chosen) => new Set(chosen).size === chosen.length)
  .transform((chosen) => [...chosen].map((letter) => letters.indexOf(letter)));
