import { quizKinds } from '../../src/quiz/settings.js';
import type { Finding, Placed } from './finding.js';

/** A quiz gives 20 s unless told otherwise: so much must be enough to read, with no time to think. */
const readingSeconds = 20;
/** Silent reading of English prose by adults: 238 on average (Brysbaert 2019). A name in code counts as a word. */
const wordsPerMinute = 240;
export const mostWords = (readingSeconds * wordsPerMinute) / 60;

/** What a phone shows of a code block without scrolling. */
export const mostCodeLines = 12;
export const mostCodeColumns = 48;

const fewestKeyPoints = 4;

export function unreadable(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) => [...lengthy(place), ...bigCode(place), ...thin(place)]);
}

function lengthy(place: Placed): Finding[] {
  const { question } = place;
  if (!(quizKinds as readonly string[]).includes(question.kind)) return [];
  const options =
    'options' in question ? question.options.map(({ right, wrong }) => right ?? wrong ?? '') : [];
  const words = [question.prompt, question.code ?? '', ...options].reduce(
    (sum, text) => sum + count(text),
    0,
  );
  if (words <= mostWords) return [];
  const message = `\`${question.id}\` has ${words} words in prompt, code and options; ${mostWords} can be read in ${readingSeconds} s`;
  return [{ ...place, path: ['prompt'], message, remedy: 'shorten it' }];
}

const count = (text: string): number => text.match(/[\p{L}\p{N}]+(?:[._'’][\p{L}\p{N}]+)*/gu)?.length ?? 0;

function bigCode(place: Placed): Finding[] {
  const lines = place.question.code?.split('\n') ?? [];
  const columns = Math.max(0, ...lines.map(({ length }) => length));
  if (lines.length <= mostCodeLines && columns <= mostCodeColumns) return [];
  const message = `the code of \`${place.question.id}\` has ${lines.length} lines and ${columns} columns`;
  const remedy = `a phone shows ${mostCodeLines} lines of ${mostCodeColumns} columns: shorten or break it`;
  return [{ ...place, path: ['code'], message, remedy }];
}

/** An open question without these leaves a group nothing to talk about. */
function thin(place: Placed): Finding[] {
  const { question } = place;
  if (question.kind !== 'open') return [];
  const find = (path: string, message: string, remedy: string): Finding => ({
    ...place,
    path: [path],
    message: `\`${question.id}\` has ${message}`,
    remedy,
  });
  const { keyPoints, redFlags = [], followUps = [] } = question;
  return [
    ...(keyPoints.length < fewestKeyPoints
      ? [find('keyPoints', `${keyPoints.length} key points`, `name at least ${fewestKeyPoints}`)]
      : []),
    ...(redFlags.length === 0 ? [find('id', 'no red flags', 'add `redFlags`: what a weak answer says')] : []),
    ...(followUps.length === 0
      ? [find('id', 'no follow-ups', 'add `followUps`: what an interviewer asks next')]
      : []),
  ];
}
