import { z } from 'zod';
import { complain } from './complain.js';
import { limits } from './limits.js';
import { optionProof } from './schema-proofs.js';
import { code, language, line, name, plainText } from './schema-texts.js';

export const option = z
  .strictObject({
    right: line(limits.option).optional(),
    wrong: line(limits.option).optional(),
    why: line(limits.why).optional(),
    verify: optionProof.optional(),
  })
  .check((context) => {
    const { right, wrong, why } = context.value;
    if ((right === undefined) === (wrong === undefined)) {
      complain(context, [], {
        message: `is ${right === undefined ? 'neither' : 'both'} right ${right === undefined ? 'nor' : 'and'} wrong`,
        remedy: 'write each option as `- right: text` or `- wrong: text`',
      });
    } else if (right !== undefined && why !== undefined) {
      complain(context, ['why'], {
        message: 'a right option has a `why`',
        remedy: 'say in the explanation why it is right; `why` tells why a wrong one is wrong',
      });
    }
  })
  .meta({ oneOf: [{ required: ['right'] }, { required: ['wrong'], properties: { right: false } }] });

export const exhibits = z
  .array(
    z.strictObject({
      title: plainText(limits.exhibitTitle).describe('A file, a command or the like: views.py, EXPLAIN.'),
      language: language.optional().describe('Absent: python.'),
      text: code,
    }),
  )
  .min(2)
  .max(limits.exhibits)
  .describe('Short pieces that are shown below the prompt, each under its title.');

export const ladder = z
  .strictObject({ of: name, rung: z.int().min(1).max(3) })
  .describe('Three questions on one situation; the second and third are asked after the one before.');

export type WrittenOption = z.infer<typeof option>;
