import { z } from 'zod';
import { complain } from './complain.js';
import { limits } from './limits.js';
import {
  codeFault,
  hiddenTextFault,
  lineOfProseFault,
  plainFault,
  proseFault,
  type TextFault,
} from './texts.js';

/** One check in place of zod's own three: a large bank has a hundred thousand texts. */
function text(most: number, faultOf: (text: string, most: number) => TextFault | undefined) {
  return z
    .string()
    .check((context) => {
      context.value = context.value.trim();
      const fault = faultOf(context.value, most);
      if (fault) complain(context, [], fault);
    })
    .meta({ minLength: 1, maxLength: most });
}

/** Markdown of Discord's dialect. */
export const prose = (most: number) => text(most, proseFault);
/** The same in one line. */
export const line = (most: number) => text(most, lineOfProseFault);
/** Words as people would type them, without markup. */
export const plainText = (most: number) => text(most, plainFault);

/** What only the check reads. */
export const hidden = (most: number) => text(most, hiddenTextFault);

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const isKebab = (text: string): boolean => kebab.test(text);
export const name = z.string().max(limits.id).regex(kebab);

/** Blank lines around code are no part of it. */
export const code = z
  .string()
  .check((context) => {
    context.value = context.value.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
    const fault = codeFault(context.value, limits.codeLines, limits.codeColumns);
    if (fault) complain(context, [], fault);
  })
  .meta({ minLength: 1 });

export const language = z.string().regex(/^[a-z0-9+-]{1,20}$/);

export const source = z
  .string()
  .max(limits.source)
  .regex(/^https:\/\/[a-z0-9.-]+\.[a-z]+(?::\d+)?(?:\/[^\s<>()]*)?$/);

export const versionRange = z
  .string()
  .regex(/^(?:>=|<=|==|<|>)\d+(?:\.\d+){0,2}(?:, ?(?:>=|<=|==|<|>)\d+(?:\.\d+){0,2})*$/);

/** A day of the calendar, `2026-11-25`. */
export const day = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);
