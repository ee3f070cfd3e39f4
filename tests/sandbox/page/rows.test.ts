import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { accent, container, text } from '../../../src/discord/components.js';
import { pointsRow } from '../../../src/discord/rows.js';
import { historyCard } from '../../../src/interview/history-card.js';
import { writerWords } from '../../../src/interview/recap-words.js';
import { results } from '../../../src/interview/turn-words.js';
import { leaderboardCard } from '../../../src/leaderboard/cards.js';
import { rightShare } from '../../../src/leaderboard/words.js';
import { seasonTexts } from '../../../src/night/cards.js';
import { resultsCard, standingsCard } from '../../../src/quiz/results-cards.js';
import { teamStandingLine } from '../../../src/quiz/words.js';
import { bankIn, demoQuestions } from '../../helpers/banks.js';
import { over } from '../../quiz/over.js';
import { findBrowser, theBrowser } from './browser.js';
import { opener, phone, startTheSandbox } from './stage.js';

const executable = findBrowser();
/** Where to put pictures to look at; absent: none are made. */
const { SHOTS } = process.env;

/** Discord's longest names, of each kind that is laid out in its own way. */
const names = [
  'Wilhelmina-Margaretha-Wagenmaker',
  'Maximilian Alexander Hohenfelser',
  '漢字名前'.repeat(8),
  '😀👩‍👩‍👧'.repeat(4),
  'שם ארוך מאוד של חבר בקבוצת לימוד',
  'W'.repeat(32),
];
const points = 98_765;
const lengths = Array.from({ length: 40 }, (_, length) => 'n'.repeat(length + 1));
const of = { member: '1', rank: 1, points };

/** Everything that has rows with names and figures, for these members. */
async function tables(members: readonly string[]): Promise<Record<string, readonly object[]>> {
  const bank = await bankIn(demoQuestions);
  const state = over(Object.fromEntries(members.map((id) => [id, [points, 3, 3] as const])));
  const rows = members.map((member, at) => ({ member, place: at + 1, rank: at + 1, points, nights: 12 }));
  const answered = rows.map((row) => ({ ...row, right: 12_345, answered: 23_456 }));
  const page = { rows: answered, members: 6, index: 0, pages: 1, sinceMs: undefined };
  const covered = { covered: true, ticks: 1, raters: 1 };
  const past = { interview: '1', at: 0, topic: 'queries', coverage: [covered], sheets: [] };
  return {
    Leaderboard: leaderboardCard({ page, filter: { period: 'all', topic: undefined } }).components,
    Standings: standingsCard(state, 2).components,
    'Quiz results': resultsCard(state, bank, undefined).components,
    'Season 2026 Q1': [container(seasonTexts('2026-Q1', { nights: 12, counted: 10, rows }), accent)],
    Teams: [container([text('Teams'), text(teamStandingLine(1, 0, points, 1_000))], accent)],
    Written: [
      container([
        text('Written'),
        text(members.map((member) => results.answerLine('A', member, 3, 5)).join('\n')),
        text(members.map((member) => writerWords(member, 3, 5)).join(' · ')),
      ]),
    ],
    // Wherever a line happens to end.
    'Every length': [
      container([
        text('Every length'),
        text(lengths.map((who) => pointsRow({ mark: '**1.**', who, points })).join('\n')),
        text(lengths.map((who) => `${who} · ${rightShare({ ...of, right: 123, answered: 456 })}`).join('\n')),
      ]),
    ],
    'Your mock interviews': historyCard({ sessions: 12, answers: [past] }, '1', bank).components,
  };
}

/** Figures with their words that do not stand in one line, and what is wider than the screen or cut off. */
const faults = (page: Page) =>
  page.evaluate<string[]>(String.raw`(() => {
    const found = [];
    const units = [];
    for (const each of document.querySelectorAll('article')) {
      const chars = [];
      const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (let at = 0; at < node.data.length; at++) chars.push([node, at]);
      const text = chars.map(([node, at]) => node.data[at]).join('').replaceAll('\u00a0', ' ');
      const patterns = /[\d,]+ (?:points?|nights?|of [\d,]+(?: right)?|% right|players?)(?![a-z])/g;
      for (const unit of text.matchAll(patterns)) {
        units.push(unit[0]);
        const [from, to] = [chars[unit.index], chars[unit.index + unit[0].length - 1]];
        const range = document.createRange();
        range.setStart(from[0], from[1]);
        range.setEnd(to[0], to[1] + 1);
        const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ bottom }) => bottom);
        const [left, right] = [from, to].map(([node, at]) => {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          return range.getBoundingClientRect();
        });
        const isFar = right.left - left.left > 8 + unit[0].length * 11 || right.left < left.left;
        if (isFar && !found.includes('apart: ' + unit[0])) found.push('apart: ' + unit[0]);
        if (Math.max(...tops) - Math.min(...tops) > 8) found.push('torn: ' + unit[0]);
      }
      for (const inside of [each, ...each.querySelectorAll('*')]) {
        if (inside.getBoundingClientRect().right > innerWidth + 0.5) found.push('too wide: ' + inside.textContent);
        const { overflowX, textOverflow } = getComputedStyle(inside);
        const isCut = overflowX !== 'visible' && inside.scrollWidth > inside.clientWidth + 1;
        if (isCut || textOverflow === 'ellipsis') found.push('cut off: ' + inside.textContent);
      }
    }
    return units.length < 150 ? [...found, 'too few: ' + units.length] : found;
  })()`);

describe.skipIf(!executable)('rows of tables on a phone', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await theBrowser(executable ?? '');
  });

  it('wrap longest names of every kind, tear no figure of five digits from its word, and cut nothing off', async () => {
    const sandbox = await startTheSandbox();
    const { discord } = sandbox;
    const server = discord.server('Study group');
    const members = names.map((name) => discord.member(name, { server }).id);
    for (const components of Object.values(await tables(members)))
      discord.messages.create({
        channel: server.channel('drills').state,
        authorId: discord.world.bot.id,
        body: { components: JSON.parse(JSON.stringify(components)), flags: 1 << 15 },
        uploads: [],
      });
    const page = await opener(browser, sandbox)('Ada', { viewport: phone, colorScheme: 'dark' });
    for (const [index, title] of Object.keys(await tables(members)).entries()) {
      const shown = page.getByRole('article').nth(index);
      await shown.getByText(title).first().waitFor();
      if (SHOTS) await shown.screenshot({ path: `${SHOTS}/rows-${index}.png` });
    }
    expect(await page.getByText('98,765').count()).toBeGreaterThanOrEqual(4 * names.length + 1);
    expect(await faults(page)).toEqual([]);
  });
});
