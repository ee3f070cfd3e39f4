import { matchedShare, names } from '../../src/bank/matching.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { Finding, Placed } from './finding.js';

/** What the key points of an open question must find, as shares of their weights. */
export const rubricBounds = { good: 0.8, bad: 0.3, own: 0.1 } as const;

type Open = Extract<WrittenQuestion, { kind: 'open' }>;

/** Open questions whose points do not tell a good answer from a bad one, or have nothing to be tried on. */
export function weakRubrics(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) => {
    const { question } = place;
    if (question.kind !== 'open') return [];
    return rubricFaults(question).map((fault) => ({
      ...place,
      ...fault,
      message: `\`${question.id}\`: ${fault.message}`,
    }));
  });
}

type RubricFault = Pick<Finding, 'path' | 'message' | 'remedy'>;

function rubricFaults(question: Open): RubricFault[] {
  const { samples, redFlags = [] } = question;
  if (!samples) {
    const remedy = 'add `samples:` with a good answer and two bad ones';
    return [{ path: ['keyPoints'], message: 'the key points are tried on nothing', remedy }];
  }
  const faults: RubricFault[] = [];
  const missed = missedBy(question, samples.good);
  if (missed.share < rubricBounds.good) {
    const message = `the good answer names ${percent(missed.share)} of the points, at least ${percent(rubricBounds.good)} must be; not: ${missed.points.join('; ')}`;
    const remedy = 'add phrases or word forms (`index*`, `a|b`), or let the answer say it';
    faults.push({ path: ['samples', 'good'], message, remedy });
  }
  for (const [index, bad] of samples.bad.entries()) {
    const { share, found } = missedBy(question, bad);
    if (share <= rubricBounds.bad) continue;
    const message = `bad answer ${index + 1} names ${percent(share)} of the points, at most ${percent(rubricBounds.bad)} may be: ${found.join('; ')}`;
    const remedy = 'make phrases narrower: more words that must stand in one sentence';
    faults.push({ path: ['samples', 'bad', index], message, remedy });
  }
  const own = missedBy(question, question.prompt);
  if (own.share > rubricBounds.own) {
    const message = `the question's own text names ${percent(own.share)} of the points: ${own.found.join('; ')}`;
    faults.push({ path: ['prompt'], message, remedy: 'leave words of the prompt out of the phrases' });
  }
  const raised = samples.bad.some((bad) =>
    redFlags.some(({ phrases }) => phrases.some((each) => names(bad, each))),
  );
  if (redFlags.length > 0 && !raised) {
    const remedy = 'let a bad answer say what a flag is about, and the flag have phrases for it';
    faults.push({ path: ['redFlags'], message: 'no bad answer raises a red flag', remedy });
  }
  const wrongly = redFlags.find(({ phrases }) => phrases.some((each) => names(samples.good, each)));
  if (wrongly) {
    const message = `the good answer raises the red flag "${wrongly.flag}"`;
    faults.push({ path: ['redFlags'], message, remedy: 'make its phrases narrower' });
  }
  return faults;
}

function missedBy({ keyPoints }: Open, text: string) {
  const points = keyPoints.map(({ weight = 1, ...each }) => ({ ...each, weight }));
  const matched = points.flatMap(({ phrases }, at) =>
    phrases.some((each) => names(text, each)) ? [at] : [],
  );
  const namesOf = (isFound: boolean): string[] =>
    points.filter((_, at) => matched.includes(at) === isFound).map(({ point }) => point);
  return { share: matchedShare(points, matched), points: namesOf(false), found: namesOf(true) };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
