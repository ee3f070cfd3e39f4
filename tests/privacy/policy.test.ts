import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string): string =>
  readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').replace(/\s+/g, ' ');

/** What the policy calls the parts of which `/privacy show` and the export tell, by the names that they have there. */
const called: Readonly<Record<string, readonly string[]>> = {
  quiz: ['your answers to question cards, quizzes and daily questions', 'quizzes that you hosted'],
  practice: ['your answers to question cards', 'question cards that you asked for'],
  daily: ['daily questions', 'the daily question’s schedule'],
  interview: ['what you answered in writing', 'what others said of your answers', 'what you said of theirs'],
  session: ['your last private session'],
  review: ['when you want to be reminded of reviews'],
  night: ['what each quiz night of a season brought you', 'a reminder of the next one', 'the quiz night,'],
  plan: ['your plan to an interview', 'your accuracy when you made it'],
  ledger: ['what they earned'],
  decks: ['which questions come back to you for review', 'how sure you were'],
  asked: ['which questions you have met, and how often you were right'],
  profiles: ['right and all answers by topic and level, streaks, days of activity'],
  hidden: ['whether you are hidden'],
  presence: ['since when you have used the bot in a server'],
};

test('the privacy policy names each kind of thing that is stored about a member', () => {
  const schema = JSON.parse(read('docs/export.schema.json'));
  const parts = Object.keys(schema.properties.places.items.properties.data.properties);
  expect(Object.keys(called).sort()).toEqual(parts.sort());
  const policy = read('PRIVACY.md').replaceAll("'", '’');
  for (const words of Object.values(called).flat()) expect(policy).toContain(words);
});

test('the terms send their reader to the policy for data, and the README to both', () => {
  expect(read('TERMS.md')).toContain('[PRIVACY.md](PRIVACY.md) says what is stored');
  for (const file of ['PRIVACY.md', 'TERMS.md']) expect(read('README.md')).toContain(`(${file})`);
});

test('the moving picture of the README stays under 1 MB', () => {
  expect(statSync(new URL('../../docs/quiz.gif', import.meta.url)).size).toBeLessThan(1_000_000);
});
