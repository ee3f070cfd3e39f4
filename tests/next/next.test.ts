import { describe, expect, it } from 'vitest';
import { nextButton } from '../../src/next/buttons.js';
import { nextThing } from '../../src/next/rules.js';
import { nextWords } from '../../src/next/words.js';
import { newProfile } from '../../src/profiles/profile.js';
import { weakestCell } from '../../src/profiles/tallies.js';
import { bankIn, shippedQuestions } from '../helpers/banks.js';
import { firstRound, isResults, letterOf, nextRound, stage } from '../helpers/stage.js';

const share = [{ topic: 'security', level: 'basic', count: 5 }] as const;
const weakest = { topic: 'models', level: 'advanced' } as const;

describe('what helps most now', () => {
  it.each([
    ['what is due for review', { due: 8, share, weakest }, { kind: 'review', count: 8 }],
    [
      'of many that are due, as many as a session has',
      { due: 20, share, weakest },
      { kind: 'review', count: 10 },
    ],
    ['then today’s share of the plan', { due: 0, share, weakest }, { kind: 'share', ...share[0] }],
    ['then the weakest spot', { due: 0, share: [], weakest }, { kind: 'weakest', ...weakest, count: 10 }],
    ['then anything at all', { due: 0, share: [] }, { kind: 'any', count: 10 }],
  ])('is %s', (_, openings, thing) => {
    expect(nextThing(openings)).toEqual(thing);
  });

  it('is said of one question and of several', () => {
    const said = (count: number): string => nextWords({ kind: 'review', count }, String);
    expect(said(1)).toContain('1 question you once missed, before you forget it again');
    expect(said(2)).toContain('2 questions you once missed, before you forget them again');
  });

  it('a topic is called by its short name on a button, and by its title where it has none', async () => {
    const bank = await bankIn(shippedQuestions);
    const label = (topic: string): string | undefined =>
      nextButton({ kind: 'share', topic, count: 5 }, (id) => bank.shortOf(id)).label;
    expect(label('foundations')).toBe('5 on Foundations');
    expect(label('security')).toBe('5 on Security');
    for (const { id } of bank.topics) expect(bank.shortOf(id).length, id).toBeLessThanOrEqual(30);
  });

  it('the weakest spot is the level of the weakest topic at which least is known, never one without an answer', () => {
    const levels = { basic: 3, intermediate: 3, advanced: 3 };
    const topics = ['models', 'queries'].map((id) => ({ id, title: id, levels }));
    const profile = {
      ...newProfile,
      topics: {
        models: { basic: [3, 4, 0, 0], advanced: [0, 1, 0, 1] } as const,
        queries: { basic: [2, 2, 2, 3] } as const,
      },
    } as unknown as typeof newProfile;
    expect(weakestCell(profile, topics)).toEqual({ topic: 'models', level: 'advanced' });
    expect(weakestCell(profile, topics.slice(1))).toBeUndefined();
    expect(weakestCell(newProfile, topics)).toBeUndefined();
  });
});

describe('Keep going', () => {
  it('stands below the answer to a daily question, and starts something for its presser alone', async () => {
    const scene = await stage();
    const { ada, ben, clock, drills } = scene;
    ada.allow('ManageGuild');
    await ada.slash('/daily set time:18:00 timezone:UTC topic:queries');
    const posted = drills.next(({ text }) => text.includes('### Daily question'));
    await clock.advanceTo('2026-03-04T18:00Z');
    const post = await posted;
    const receipt = await ben.press(post, letterOf(post, true));
    expect(receipt.buttons.map(({ label }) => label)).toEqual(['Keep going']);
    const before = drills.messages.length;
    const started = await ben.press(receipt.message, 'Keep going');
    expect(started.ephemeral).toBe(true);
    expect(started.text).toMatch(/### .+ · (?:basic|intermediate|advanced) · /);
    expect(drills.messages.length).toBe(before);
    expect(scene.discord.violations).toEqual([]);
  });

  it('on a quiz’s results, gives everybody what helps themselves', async () => {
    const scene = await stage();
    const { ada, ben, clock, drills } = scene;
    const first = await firstRound(scene, 'rounds:2 seconds:20');
    for (const member of [ben, ada]) await member.press(first, letterOf(first, true));
    const second = await nextRound(scene, 2);
    const ended = drills.next(isResults);
    for (const member of [ben, ada]) await member.press(second, letterOf(second, true));
    await clock.settle();
    await clock.advance('10s');
    const results = await ended;
    expect(results.buttons.map(({ label }) => label)).toContain('Keep going');
    const hers = await ada.press(results, 'Keep going');
    expect([hers.ephemeral, hers.text]).toEqual([
      true,
      expect.stringMatching(/### .+ · (?:basic|intermediate|advanced) · /),
    ]);
    expect((await ben.press(results, 'Keep going')).ephemeral).toBe(true);
  });
});

describe('buttons that start something', () => {
  const refusals = [
    ['a topic that is gone', 'next:drill:no-such-topic:basic:5', 'no longer in the bank'],
    ['a review of nothing', 'next:review:5', 'Nothing to review yet'],
    ['more than anybody is asked', 'next:drill:*:*:51', 'of no use here'],
    ['what is no topic', 'next:drill:%20:*:5', 'of no use here'],
    ['a level that is none', 'next:drill:*:hard:5', 'of no use here'],
  ] as const;

  it('refuse in plain words what cannot be', async () => {
    const { ada } = await stage();
    const { message } = await ada.slash('/stats');
    for (const [what, id, said] of refusals) {
      const refused = await ada.pressId(message, id);
      expect([refused.ephemeral, refused.text], what).toEqual([true, expect.stringContaining(said)]);
    }
  });

  it('open a mock interview where they are pressed, for everybody there', async () => {
    const { ada, drills } = await stage({ env: { QUESTIONS_DIR: shippedQuestions } });
    const { message } = await ada.slash('/plan set date:2026-03-18');
    const opened = drills.next(({ buttons }) => buttons.some(({ label }) => label === 'Join'));
    await ada.pressId(message, 'next:mock');
    expect((await opened).text).toContain('interview');
    const direct = await ada.slash('/plan set date:2026-03-18', { channel: ada.dm });
    expect((await ada.pressId(direct.message, 'next:mock')).text).toContain('server');
  });
});
