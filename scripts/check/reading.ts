import type { Level } from '../../src/bank/question.js';
import { quizKinds } from '../../src/quiz/game.js';
import type { Finding, Placed } from './finding.js';

/**
 * A quiz gives 20 s unless told otherwise: so much must be enough to read a basic question, with no time to think.
 * Whoever plays at higher levels gives longer rounds. Long forms are not asked in quizzes.
 */
const readingSeconds: Readonly<Record<Level, number>> = { basic: 20, intermediate: 25, advanced: 30 };
/** Silent reading of English prose by adults: 238 on average (Brysbaert 2019). A name in code counts as a word. */
const wordsPerMinute = 240;

export function unreadable(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) => [...lengthy(place), ...thin(place)]);
}

function lengthy(place: Placed): Finding[] {
  const { question } = place;
  if (!(quizKinds as readonly string[]).includes(question.kind)) return [];
  if ('form' in question && question.form !== undefined) return [];
  const options =
    'options' in question ? question.options.map(({ right, wrong }) => right ?? wrong ?? '') : [];
  const words = [question.prompt, question.code ?? '', ...options].reduce(
    (sum, text) => sum + count(text),
    0,
  );
  const seconds = readingSeconds[question.level];
  const mostWords = (seconds * wordsPerMinute) / 60;
  if (words <= mostWords) return [];
  const message = `\`${question.id}\` has ${words} words in prompt, code and options; ${mostWords} can be read in ${seconds} s`;
  return [{ ...place, path: ['prompt'], message, remedy: 'shorten it' }];
}

const count = (text: string): number => text.match(/[\p{L}\p{N}]+(?:[._'’][\p{L}\p{N}]+)*/gu)?.length ?? 0;

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
  const { redFlags = [], followUps = {}, hints = [] } = question;
  return [
    ...(redFlags.length === 0 ? [find('id', 'no red flags', 'add `redFlags`: what a weak answer says')] : []),
    ...(Object.keys(followUps).length === 0
      ? [find('id', 'no follow-ups', 'add `followUps`: what an interviewer asks next')]
      : []),
    ...(hints.length === 0 ? [find('id', 'no hints', 'add `hints`: from gentle to nearly telling')] : []),
  ];
}
