import { expect, it } from 'vitest';
import { profileCard } from '../../src/stats/cards.js';
import { stage } from '../helpers/stage.js';

const streak = { current: 0, best: 0 };
const levels = { basic: 3, intermediate: 3, advanced: 3 };
const topics = ['strong', 'weak', 'new'].map((id) => ({ id, title: `About ${id}`, levels }));
const view = {
  member: '1',
  isOwn: true,
  topics,
  today: '2026-03-04',
};

type Answered = Parameters<typeof profileCard>[0]['profile']['topics'];
const cardOf = (answered: Answered, isOwn = true): string =>
  JSON.stringify(
    profileCard({
      ...view,
      isOwn,
      profile: { topics: answered, daily: { ...streak }, days: { ...streak, total: 1 } } as Parameters<
        typeof profileCard
      >[0]['profile'],
    }),
  );

it.each([
  [
    'the weakest topic with enough answers',
    { strong: { basic: [5, 5, 0, 0] }, weak: { basic: [1, 4, 0, 0] } },
    'weak',
  ],
  ['any topic where no topic is weak', { strong: { basic: [5, 5, 0, 0] } }, '*'],
  ['any topic before there are enough answers', { weak: { basic: [0, 1, 0, 0] } }, '*'],
  ['what the bank still has, not what it had', { gone: { basic: [0, 9, 0, 0] } }, '*'],
] as const)('a profile offers to drill %s', (_, answered, topic) => {
  expect(cardOf(answered as unknown as Answered)).toContain(`"stats:drill:${topic}"`);
});

it('somebody else’s profile offers nothing to drill', () => {
  expect(cardOf({ weak: { basic: [0, 4, 0, 0] } } as unknown as Answered, false)).not.toContain(
    'stats:drill',
  );
});

it('the button asks at once, and for its presser alone', async () => {
  const { ada, discord } = await stage();
  const stats = await ada.slash('/stats');
  const asked = await ada.press(stats.message, 'Drill this');
  expect(asked.ephemeral).toBe(true);
  expect(asked.text).toMatch(/### .+ · (?:basic|intermediate|advanced) · /);
  expect(discord.violations).toEqual([]);
});

it('a topic that is gone is said in plain words', async () => {
  const { ada } = await stage();
  const stats = await ada.slash('/stats');
  expect((await ada.pressId(stats.message, 'stats:drill:no-such-topic')).text).toContain(
    'no longer in the bank',
  );
});
