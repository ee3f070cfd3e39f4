import { hash32 } from './hash.js';
import type { Option, Question } from './question.js';
import type { WrittenOption, WrittenQuestion } from './schema.js';

/** A question as it is written in a file → as the program uses it. */
export function toQuestion(pack: string, topic: string, written: WrittenQuestion): Question {
  const { id, level, prompt, explanation, sources, versions, ladder, practiceOnly, covers = [] } = written;
  const code =
    written.code === undefined ? undefined : { language: written.language ?? 'python', text: written.code };
  const rev = revisionOf(written);
  const texts = { prompt, code, explanation, sources };
  const common = { id, pack, topic, level, ...texts, versions, ladder, practiceOnly, covers, rev };
  switch (written.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return {
        ...common,
        kind: written.kind,
        form: written.form,
        exhibits: written.exhibits?.map(({ language = 'python', ...each }) => ({ ...each, language })),
        options: written.options.map(toOption),
      };
    case 'true-false':
      return {
        ...common,
        kind: written.kind,
        options: [
          { text: 'True', right: written.answer },
          { text: 'False', right: !written.answer },
        ],
      };
    case 'short-answer':
      return { ...common, kind: written.kind, accepted: written.accepted };
    case 'ordering':
      return { ...common, kind: written.kind, steps: written.steps };
    case 'open': {
      const { kind, redFlags = [], modelAnswer, hints = [], followUps = {}, samples } = written;
      const keyPoints = written.keyPoints.map(({ weight = 1, ...each }) => ({ ...each, weight }));
      return {
        ...common,
        kind,
        keyPoints,
        redFlags,
        modelAnswer,
        hints,
        followUps,
        ...(samples && { samples }),
      };
    }
  }
}

const toOption = ({ right, wrong = '', why }: WrittenOption): Option => ({
  text: right ?? wrong,
  right: right !== undefined,
  ...(why !== undefined && { why }),
});

/** Explanations and the like may be reworded without closing the cards that were posted. */
function revisionOf(written: WrittenQuestion): string {
  const { kind, prompt, code, language } = written;
  const parts = JSON.stringify([kind, prompt, code, language, answerParts(written)]);
  return hash32(parts).toString(16).padStart(8, '0');
}

function answerParts(written: WrittenQuestion): unknown {
  switch (written.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return [...written.options.map(({ right, wrong }) => [right, wrong]), ...(written.exhibits ?? [])];
    case 'true-false':
      return written.answer;
    case 'short-answer':
      return written.accepted;
    case 'ordering':
      return written.steps;
    case 'open':
      return [written.keyPoints, written.redFlags];
  }
}
