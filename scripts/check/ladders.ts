import { type Finding, grouped, type Placed } from './finding.js';

const rungs = [1, 2, 3];

/** Ladders that lack a rung, or have one twice. */
export function brokenLadders(all: readonly Placed[]): Finding[] {
  const ladders = grouped(
    all.filter(({ question }) => question.ladder !== undefined),
    ({ question }) => question.ladder?.of ?? '',
  );
  return [...ladders].flatMap(([name, places]) => {
    const found = places.map(({ question }) => question.ladder?.rung ?? 0);
    const [first] = places;
    const missing = rungs.filter((rung) => !found.includes(rung));
    const twice = places.find((_, at) => found.indexOf(found[at] ?? 0) < at);
    if (!first) return [];
    if (twice) {
      const message = `the ladder \`${name}\` has its rung ${twice.question.ladder?.rung} twice`;
      return [{ ...twice, path: ['ladder'], message, remedy: 'number its questions 1, 2 and 3' }];
    }
    if (missing.length === 0) return [];
    const message = `the ladder \`${name}\` has no rung ${missing.join(' and no rung ')}`;
    const remedy = 'write the missing question, or leave `ladder` out';
    return [{ ...first, path: ['ladder'], message, remedy }];
  });
}
