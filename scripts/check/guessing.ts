import type { Imbalance } from './balance.js';
import type { Placed } from './finding.js';
import { guessAll, guessable, habits } from './guesser.js';

/** Topics, and the bank as a whole, where form alone finds more right answers than chance would. */
export function guessedTopics(all: readonly Placed[]): (Imbalance & { readonly topic: string })[] {
  const choices = all.flatMap(({ topic, question }) => guessable(topic.content.topic, question) ?? []);
  return guessAll(choices).flatMap(({ topic, asked, hit, most, ids }) => {
    if (hit <= most) return [];
    const where = topic === 'all' ? 'of all topics' : `of ${topic}`;
    const signs = habits(choices)
      .slice(0, 5)
      .map(({ name, weight }) => `${weight > 0 ? '+' : '−'} ${name}`)
      .join(', ');
    return [
      {
        topic,
        message: `a guesser that sees only form is right in ${hit} of ${asked} single choices ${where}; chance allows ${most}`,
        remedy: `reword options so that none stands out (it goes by: ${signs}); first of all those of ${ids.slice(0, 8).join(', ')}`,
      },
    ];
  });
}
