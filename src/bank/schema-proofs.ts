import { z } from 'zod';
import { limits } from './limits.js';
import { plainText, source } from './schema-texts.js';

/** On what a proof is run. */
export const grounds = ['django', 'python', 'postgresql'] as const;
export type ProofGround = (typeof grounds)[number];

const ground = z.enum(grounds);

const outcome = {
  setup: z.string().optional().describe('Runs before the code; what it prints is not compared.'),
  prints: z.coerce.string().optional().describe('What it must print.'),
  raises: z.string().optional().describe('The name of the exception that must end it.'),
};

export const verify = z
  .strictObject({
    ...outcome,
    code: z.string().optional().describe("What is run; absent: the question's own code."),
    runs: ground
      .optional()
      .describe('django (absent), python (no Django started), or postgresql (connections `a` and `b`).'),
    neutral: z
      .array(z.string())
      .optional()
      .describe(
        'Names of settings, options and the like in the proof that are no premise: parts of its experiment.',
      ),
  })
  .describe('The executable proof of the answer.');

export const optionProof = z
  .strictObject({ ...outcome, code: z.string(), runs: ground.optional() })
  .describe("Runs the option after the question's setup and shows what becomes of it.");

export const claims = z
  .array(
    z.strictObject({
      ...outcome,
      says: plainText(limits.explanation).describe(
        'Words of the explanation or of a why, as they stand there.',
      ),
      code: z.string().optional(),
      cites: source.optional().describe('In place of code, for what cannot be run here: the official page.'),
      on: ground.optional().describe("Absent: what the question's proof runs on."),
    }),
  )
  .min(1)
  .max(limits.claims)
  .describe('Proofs of what the explanation and the whys say beyond the answer.');
