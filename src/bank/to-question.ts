import { createHash } from 'node:crypto';
import type { Question } from './question.js';
import type { WrittenQuestion } from './schema.js';

/** A question as it is written in a file → as the program uses it. */
export function toQuestion(pack: string, topic: string, written: WrittenQuestion): Question {
  const { id, level, prompt, explanation, sources, versions, covers = [] } = written;
  const code = written.code && { language: written.language ?? 'python', text: written.code };
  const rest = partsOf(written);
  const rev = revision([rest, prompt, code]);
  return {
    id,
    pack,
    topic,
    level,
    prompt,
    code: code || undefined,
    explanation,
    sources,
    versions,
    covers,
    rev,
    ...rest,
  };
}

/** What a question of its kind has; the order of the keys is part of the revision. */
function partsOf(written: WrittenQuestion) {
  switch (written.kind) {
    case 'single-choice':
    case 'multiple-choice': {
      const options = written.options.map(({ right, wrong = '', why }) => ({
        text: right ?? wrong,
        right: right !== undefined,
        why,
      }));
      return { kind: written.kind, options };
    }
    case 'true-false':
      return {
        kind: written.kind,
        options: [
          { text: 'True', right: written.answer },
          { text: 'False', right: !written.answer },
        ],
      };
    case 'short-answer':
      return { kind: written.kind, accepted: written.accepted };
    case 'ordering':
      return { kind: written.kind, steps: written.steps };
    case 'open': {
      const { kind, keyPoints, redFlags = [], modelAnswer, followUps = [] } = written;
      return { kind, keyPoints, redFlags, modelAnswer, followUps };
    }
  }
}

/** Reasons of wrong options and the like may be reworded without closing the cards that were posted. */
function revision(parts: unknown): string {
  const json = JSON.stringify(parts, (key, value: unknown) =>
    ['why', 'modelAnswer', 'followUps'].includes(key) ? undefined : value,
  );
  return createHash('sha256').update(json).digest('hex').slice(0, 8);
}
