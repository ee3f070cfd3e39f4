import { grouped, type Placed } from './finding.js';

/** A line for each topic and day of review, those that were never reviewed first and then the oldest. */
export function reviewOrder(all: readonly Placed[]): string[] {
  const groups = grouped(all, ({ topic, question }) => `${question.reviewed ?? ''} ${topic.content.topic}`);
  const keys = [...groups.keys()].sort();
  return keys.map((key) => {
    const [day = '', topic = ''] = key.split(' ');
    const places = groups.get(key) ?? [];
    const ids = places.map(({ question }) => question.id).join(', ');
    return `${day || 'never     '}  ${topic}: ${places.length} (${ids})`;
  });
}
