import { z } from 'zod';
import { limits } from './limits.js';
import { hidden, line, plainText, prose } from './schema-texts.js';

const phrases = z
  .array(plainText(limits.phrase))
  .min(1)
  .max(limits.phrases)
  .describe(
    'Any one counts: its words must all stand in one sentence, not negated; a|b are alternatives, word* its forms.',
  );

/** What an open question has besides what every question has. */
export const openParts = {
  keyPoints: z
    .array(
      z.strictObject({
        point: line(limits.point).describe('What a good answer names.'),
        weight: z.int().min(1).max(limits.weight).optional().describe('Absent: 1.'),
        phrases,
      }),
    )
    .min(3)
    .max(7),
  redFlags: z
    .array(z.strictObject({ flag: line(limits.point).describe('What a weak answer says.'), phrases }))
    .max(5)
    .optional(),
  hints: z.array(line(limits.point)).min(2).max(4).optional().describe('From gentle to nearly telling.'),
  followUps: z
    .strictObject({
      base: line(limits.point).optional(),
      why: line(limits.point).optional(),
      tradeOff: line(limits.point).optional(),
      incident: line(limits.point).optional(),
    })
    .optional()
    .describe('What an interviewer asks next, step by step.'),
  samples: z
    .strictObject({
      good: hidden(limits.sample).describe('As a strong candidate would say it in 60 to 150 words.'),
      bad: z
        .array(hidden(limits.sample))
        .min(2)
        .max(4)
        .describe('Fluent and wrong; vague and full of keywords.'),
    })
    .optional()
    .describe('What the key points are tried on; never shown.'),
  modelAnswer: prose(limits.modelAnswer),
};
