import type { Reply } from 'local-discord';

/** A form that has opened. */
type Form = Reply['modal'];

const strengths = [
  'Short answer first, then the reasons.',
  'Named the main risk early.',
  'Good example, easy to follow.',
  'Stayed calm and thought aloud.',
];
const nextSteps = [
  'Say what you would measure first.',
  'Name one trade-off aloud.',
  'Finish with how you would keep it fixed.',
  'Ask back when the question leaves something open.',
];
const unprepared = 'I would start by looking at what actually happens, then change one thing at a time.';

/** As much of the best answer as somebody of this skill knows; of little skill a weak one. */
export function textFor(texts: readonly string[], skill: number): string {
  const [best, weak] = texts;
  if (best === undefined) return unprepared;
  if (skill < 0.5 && weak !== undefined) return weak;
  const sentences = best.split(/(?<=[.!?])\s+/);
  return sentences.slice(0, Math.max(1, Math.round(sentences.length * skill))).join(' ');
}

const someOf = (from: readonly string[], chance: () => number): string =>
  from[Math.floor(chance() * from.length)] ?? '';

/** The first page of a feedback: the points that were named, or where nobody knows, some. */
export function fillPoints(form: Form, named: readonly number[] | undefined, chance: () => number) {
  const options = form.fields.find(({ customId }) => customId === 'points')?.options ?? [];
  const points = options
    .map(({ value }) => value)
    .filter((value) => (named ? named.includes(Number(value)) : chance() < 0.6));
  const share = options.length === 0 ? 0 : points.length / options.length;
  const values = { points, strength: someOf(strengths, chance), next: someOf(nextSteps, chance) };
  return { values, share };
}

/** The second page: better where more was named. */
export function fillMarks(form: Form, share: number, chance: () => number): Record<string, string> {
  const mark = (): number => Math.min(4, Math.max(1, Math.round(1 + 3 * share + chance() - 0.5)));
  return Object.fromEntries(form.fields.map(({ customId }) => [customId, String(mark())]));
}
