import { z } from 'zod';
import { letters } from './asked.js';

/** In a custom id: one letter, as its position on the card. */
export const letterArg = z
  .string()
  .regex(/^[0-5]$/)
  .transform(Number);

/** In a custom id: letters in the order in which they were chosen, e.g. `CA`, as positions. None comes twice. */
export const lettersArg = z
  .string()
  .regex(/^[A-F]{0,6}$/)
  .refine((chosen) => new Set(chosen).size === chosen.length)
  .transform((chosen) => [...chosen].map((letter) => letters.indexOf(letter)));
