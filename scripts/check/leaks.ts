import type { WrittenQuestion } from '../../src/bank/schema.js';
import { reasonsOf } from './claims.js';
import { type Finding, grouped, type Placed } from './finding.js';
import { sentencesOf } from './sentences.js';
import { contentWords, shareIn, type Weights, weigh } from './word-vectors.js';

/** Of the weights of words: so much of an answer, and of what is asked, may another question say. */
const most = {
  /** In one sentence. */
  sentence: { answer: 0.85, prompt: 0.45 },
  /** In all its text: prompt and answer together, where the answer stands there whole. */
  whole: 0.8,
} as const;

/** Answers that the text of another question of the same topic tells: its prompt, explanation, whys or model answer. */
export function leaks(all: readonly Placed[]): Finding[] {
  const weights = weigh(all.map(({ question }) => contentWords(wholeText(question))));
  return [...grouped(all, ({ topic }) => topic.content.topic).values()].flatMap((topic) => {
    const told = topic.map(tellingOf);
    return topic.flatMap((place) => leakOf(place, told, weights) ?? []);
  });
}

interface Telling {
  readonly id: string;
  readonly prompt: string;
  readonly sentences: readonly ReadonlySet<string>[];
  readonly whole: ReadonlySet<string>;
}

function tellingOf({ question }: Placed): Telling {
  const sentences = [question.prompt, ...reasonsOf(question)]
    .flatMap(sentencesOf)
    .map((sentence) => new Set(contentWords(sentence)));
  const whole = new Set(sentences.flatMap((words) => [...words]));
  return { id: question.id, prompt: question.prompt, sentences, whole };
}

function leakOf(place: Placed, told: readonly Telling[], weights: Weights): Finding | undefined {
  const { question } = place;
  const isTold =
    question.kind === 'short-answer' ? saysWord(question.accepted) : saysAnswer(question, weights);
  const teller = told.find((other) => other.id !== question.id && isTold(other));
  if (!teller) return undefined;
  const message = `the answer of \`${question.id}\` stands in the text of \`${teller.id}\``;
  const remedy = 'reword that text, or ask something else in one of the two';
  return { ...place, path: ['prompt'], message, remedy };
}

/** The name that is asked for stands in a prompt, where it is read before anything is answered. */
function saysWord(accepted: readonly string[]): (other: Telling) => boolean {
  const code = accepted.filter((each) => /^[A-Za-z_.]{5,}$/.test(each) && /[A-Z_.]/.test(each));
  const patterns = code.map((each) => new RegExp(`(?<![\\w.])${each.replaceAll('.', '\\.')}(?!\\w)`));
  return ({ prompt }) => patterns.some((pattern) => pattern.test(prompt));
}

function saysAnswer(question: WrittenQuestion, weights: Weights): (other: Telling) => boolean {
  const answer = contentWords(rightAnswer(question));
  const asked = contentWords(question.prompt);
  if (answer.length === 0) return () => false;
  const hasWords = answer.some((word) => !/^\d+$/.test(word));
  const isLong = new Set(answer).size >= 3;
  const { sentence, whole } = most;
  return ({ sentences, whole: text }) =>
    (isLong &&
      sentences.some(
        (words) =>
          shareIn(answer, words, weights) >= sentence.answer &&
          shareIn(asked, words, weights) >= sentence.prompt,
      )) ||
    (hasWords &&
      shareIn(answer, text, weights) === 1 &&
      shareIn([...answer, ...asked], text, weights) >= whole);
}

function rightAnswer(question: WrittenQuestion): string {
  if ('options' in question) return question.options.map(({ right = '' }) => right).join(' ');
  if (question.kind === 'short-answer') return question.accepted[0] ?? '';
  return '';
}

const wholeText = (question: WrittenQuestion): string =>
  [question.prompt, rightAnswer(question), ...reasonsOf(question)].join(' ');
