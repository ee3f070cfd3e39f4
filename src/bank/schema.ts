import { z } from 'zod';
import { limits } from './limits.js';
import { levels, mostOptions } from './question.js';
import { checkCard, checkDistinct, checkRight, complain, optionTexts } from './question-checks.js';
import { codeFault, lineOfProseFault, plainFault, proseFault, type TextFault } from './texts.js';

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
const prose = (most: number) => text(most, proseFault);
/** The same in one line. */
const line = (most: number) => text(most, lineOfProseFault);
/** Words as people would type them, without markup. */
const plain = (most: number) => text(most, plainFault);

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const isKebab = (text: string): boolean => kebab.test(text);
const name = z.string().max(limits.id).regex(kebab);

/** Blank lines around code are no part of it. */
const code = z
  .string()
  .check((context) => {
    context.value = context.value.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
    const fault = codeFault(context.value, limits.codeLines, limits.codeColumns);
    if (fault) complain(context, [], fault);
  })
  .meta({ minLength: 1 });

const source = z
  .string()
  .max(limits.source)
  .regex(/^https:\/\/[a-z0-9.-]+\.[a-z]+(?::\d+)?(?:\/[^\s<>()]*)?$/);

const versionRange = z
  .string()
  .regex(/^(?:>=|<=|==|<|>)\d+(?:\.\d+){0,2}(?:, ?(?:>=|<=|==|<|>)\d+(?:\.\d+){0,2})*$/);

const option = z
  .strictObject({
    right: line(limits.option).optional(),
    wrong: line(limits.option).optional(),
    why: line(limits.why).optional(),
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

const verify = z
  .strictObject({
    setup: z.string().optional().describe('Runs before the code; what it prints is not compared.'),
    code: z.string().optional().describe("What is run; absent: the question's own code."),
    prints: z.coerce.string().optional().describe('What it must print.'),
    raises: z.string().optional().describe('The name of the exception that must end it.'),
  })
  .describe('The executable proof of the answer.');

const common = {
  id: name.describe('Unique in the whole bank and kept for ever: scores and statistics name it.'),
  level: z.enum(levels),
  prompt: prose(limits.prompt).describe('The question, in Markdown; names of code in backticks.'),
  code: code.optional().describe('Shown in a code block below the prompt.'),
  language: z
    .string()
    .regex(/^[a-z0-9+-]{1,20}$/)
    .optional()
    .describe('Language of the code; absent: python.'),
  explanation: prose(limits.explanation).describe(
    'Why the right answer is right, and why the tempting wrong one is not.',
  ),
  sources: z.array(source).min(1).max(limits.sources).describe('Pages of official documentation.'),
  covers: z.array(name).optional().describe('Ids of questions/coverage.json that the question answers.'),
  versions: z
    .record(name, versionRange)
    .optional()
    .describe('Releases for which the question holds, e.g. {django: ">=6.0"}; absent: all supported ones.'),
  verify: verify.optional(),
};

const options = z.array(option).min(2).max(mostOptions);

const singleChoice = z
  .strictObject({ ...common, kind: z.literal('single-choice'), options })
  .check((context) => {
    checkDistinct(context, 'options', optionTexts(context.value.options));
    checkRight(context, context.value.options, 1);
    checkCard(context);
  });

const multipleChoice = z
  .strictObject({ ...common, kind: z.literal('multiple-choice'), options })
  .check((context) => {
    checkDistinct(context, 'options', optionTexts(context.value.options));
    checkRight(context, context.value.options, mostOptions);
    checkCard(context);
  });

const trueFalse = z
  .strictObject({ ...common, kind: z.literal('true-false'), answer: z.boolean() })
  .check(checkCard);

const shortAnswer = z
  .strictObject({
    ...common,
    kind: z.literal('short-answer'),
    accepted: z
      .array(plain(limits.accepted))
      .min(1)
      .max(20)
      .describe('Answers that are right; the first is the one that is shown.'),
  })
  .check((context) => {
    checkDistinct(context, 'accepted', context.value.accepted);
    checkCard(context);
  });

const ordering = z
  .strictObject({
    ...common,
    kind: z.literal('ordering'),
    steps: z.array(line(limits.option)).min(3).max(mostOptions).describe('In the right order.'),
  })
  .check((context) => {
    checkDistinct(context, 'steps', context.value.steps);
    checkCard(context);
  });

const open = z
  .strictObject({
    ...common,
    kind: z.literal('open'),
    keyPoints: z
      .array(
        z.strictObject({
          point: line(limits.point).describe('What a good answer names.'),
          synonyms: z.array(plain(limits.accepted)).min(1).max(20).describe('Words that count as naming it.'),
        }),
      )
      .min(2)
      .max(7),
    redFlags: z.array(line(limits.point)).max(5).optional().describe('What a weak answer says.'),
    modelAnswer: prose(limits.modelAnswer),
    followUps: z.array(line(limits.point)).max(5).optional(),
  })
  .check((context) => {
    checkDistinct(
      context,
      'keyPoints',
      context.value.keyPoints.map(({ point }) => point),
    );
    checkCard(context);
  });

const question = z.discriminatedUnion('kind', [
  singleChoice,
  multipleChoice,
  trueFalse,
  shortAnswer,
  ordering,
  open,
]);

/** A file `questions/<pack>/<topic>.yaml`. */
export const topicFileSchema = z.strictObject({
  topic: name.describe('The name of this file without `.yaml`.'),
  title: plain(limits.title),
  description: plain(limits.description).describe('One line for people who choose a topic.'),
  questions: z.array(question).min(1),
});

export type TopicFile = z.infer<typeof topicFileSchema>;
export type WrittenQuestion = z.infer<typeof question>;
export type WrittenOption = z.infer<typeof option>;

/** The keys that a question of each kind can have, for messages. */
export const keysOfKind: ReadonlyMap<string, readonly string[]> = new Map(
  question.options.map((each) => [each.shape.kind.value, Object.keys(each.shape)]),
);

/** The JSON Schema of a topic file, for editors. */
export function topicJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(topicFileSchema, { io: 'input' }),
    title: 'A topic of the question bank',
    description: 'questions/<pack>/<topic>.yaml. Generated by `npm run questions:schema`; do not edit.',
  };
}
