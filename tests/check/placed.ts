import type { Finding, Placed } from '../../scripts/check/finding.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { TopicSource } from '../../src/bank/topic-source.js';

/** A question as written, with what a test says of it; only what is looked at has to be there. */
export const question = (part: object): WrittenQuestion =>
  ({
    id: 'first',
    level: 'basic',
    kind: 'single-choice',
    prompt: 'What does it return?',
    explanation: 'So it is.',
    sources: ['https://docs.djangoproject.com/en/5.2/'],
    ...('kind' in part && part.kind !== 'single-choice' && part.kind !== 'multiple-choice'
      ? {}
      : { options: [{ right: 'One' }, { wrong: 'Two' }] }),
    ...part,
  }) as object as WrittenQuestion;

/** Questions of one topic, where they would stand in its file. */
export function topicOf(questions: readonly WrittenQuestion[], name = 'queries'): Placed[] {
  const topic = { file: `questions/django/${name}.yaml`, pack: 'django', content: { topic: name } } as object;
  return questions.map((each, index) => ({ topic: topic as TopicSource, index, question: each }));
}

/** `path.of.the.part: message`. */
export const said = (findings: readonly Pick<Finding, 'path' | 'message'>[]): string[] =>
  findings.map(({ path, message }) => `${path.join('.')}: ${message}`);
