import type { Fault } from '../../src/bank/faults.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { TopicSource } from '../../src/bank/topic-source.js';

/** A question and where it stands. */
export interface Placed {
  readonly topic: TopicSource;
  /** From 0, among its topic's questions. */
  readonly index: number;
  readonly question: WrittenQuestion;
}

/** Something wrong with one question of a bank that loads. */
export interface Finding extends Placed {
  /** Leads to the part of the question that is wrong. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
}

export const placed = (topics: readonly TopicSource[]): Placed[] =>
  topics.flatMap((topic) => topic.content.questions.map((question, index) => ({ topic, index, question })));

/** By a key, in the order in which keys first occur. */
export function grouped<T>(all: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}

export const located = (findings: readonly Finding[]): Promise<Fault[]> =>
  Promise.all(
    findings.map(async ({ topic, index, path, message, remedy }) => ({
      file: topic.file,
      line: await topic.lineOf(['questions', index, ...path]),
      message,
      remedy,
    })),
  );

/** What people read of a question, with where it stands. Code is not among it. */
export function* textsOf(question: WrittenQuestion): Generator<{ path: (string | number)[]; text: string }> {
  const { prompt, explanation } = question;
  yield { path: ['prompt'], text: prompt };
  yield* answerTexts(question);
  yield { path: ['explanation'], text: explanation };
}

function* answerTexts(question: WrittenQuestion): Generator<{ path: (string | number)[]; text: string }> {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      for (const [index, option] of question.options.entries()) {
        yield {
          path: ['options', index],
          text: [option.right, option.wrong, option.why].filter((each) => each !== undefined).join(' '),
        };
      }
      break;
    case 'ordering':
      for (const [index, text] of question.steps.entries()) yield { path: ['steps', index], text };
      break;
    case 'open':
      for (const [index, { point }] of question.keyPoints.entries()) {
        yield { path: ['keyPoints', index], text: point };
      }
      yield* openTexts(question);
      yield { path: ['modelAnswer'], text: question.modelAnswer };
  }
}

function* openTexts(
  question: Extract<WrittenQuestion, { kind: 'open' }>,
): Generator<{ path: (string | number)[]; text: string }> {
  for (const [index, { flag }] of (question.redFlags ?? []).entries()) {
    yield { path: ['redFlags', index], text: flag };
  }
  for (const [index, text] of (question.hints ?? []).entries()) yield { path: ['hints', index], text };
  for (const [rung, text = ''] of Object.entries(question.followUps ?? {})) {
    yield { path: ['followUps', rung], text };
  }
}
