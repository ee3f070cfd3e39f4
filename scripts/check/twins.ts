import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { Finding, Placed } from './finding.js';

/**
 * How alike two questions are, from 0 to 1, before they count as the same. Questions of one subject that ask for
 * different things reach 0.7, rewordings of one question 0.8.
 */
const mostAlike = 0.75;
/** Of the same topic and level, where each fact is asked once. */
const mostAlikeBeside = 0.68;

/** Questions that ask what an earlier one asks: the cosine between their words, rare words weighing most. */
export function twins(all: readonly Placed[]): Finding[] {
  const alike = likeness(weigh(all.map(({ question }) => wordsOf(question))));
  const found: Finding[] = [];
  for (const [later, cosines] of alike) {
    const earlier = cosines.findIndex(
      (cosine, index) => cosine > (isBeside(all, index, later) ? mostAlikeBeside : mostAlike),
    );
    const [first, second] = [all[earlier], all[later]];
    if (!first || !second) continue;
    found.push({
      ...second,
      path: ['prompt'],
      message: `\`${second.question.id}\` asks nearly the same as \`${first.question.id}\` in ${first.topic.file}`,
      remedy: 'ask something else, or remove one of the two',
    });
  }
  return found;
}

function isBeside(all: readonly Placed[], one: number, two: number): boolean {
  const [a, b] = [all[one], all[two]];
  return a?.topic === b?.topic && a?.question.level === b?.question.level;
}

/** Of what is asked and what is right: stock prompts such as "What does this print?" differ by their code. */
function wordsOf(question: WrittenQuestion): string[] {
  const texts = [question.prompt, question.code ?? ''];
  if (question.kind === 'short-answer') texts.push(question.accepted[0] ?? '');
  if ('options' in question) texts.push(...question.options.map(({ right }) => right ?? ''));
  return (
    texts
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  );
}

function weigh(texts: readonly string[][]): Map<string, number>[] {
  const holders = new Map<string, number>();
  for (const words of texts) {
    for (const word of new Set(words)) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  return texts.map((words) => {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    const weights = [...counts].map(([word, count]): [string, number] => [
      word,
      (1 + Math.log(count)) * Math.log(1 + texts.length / (holders.get(word) ?? 1)),
    ]);
    const length = Math.hypot(...weights.map(([, weight]) => weight));
    return new Map(weights.map(([word, weight]) => [word, weight / length]));
  });
}

/** Of each text, its cosines with the earlier ones; by way of the words, as most texts share few. */
function* likeness(vectors: readonly ReadonlyMap<string, number>[]): Generator<[number, Float64Array]> {
  const holders = new Map<string, { readonly texts: number[]; readonly weights: number[] }>();
  for (const [later, vector] of vectors.entries()) {
    const cosines = new Float64Array(later);
    for (const [word, weight] of vector) {
      const held = holders.get(word) ?? { texts: [], weights: [] };
      for (const [at, text] of held.texts.entries())
        cosines[text] = (cosines[text] ?? 0) + weight * (held.weights[at] ?? 0);
      held.texts.push(later);
      held.weights.push(weight);
      holders.set(word, held);
    }
    yield [later, cosines];
  }
}
