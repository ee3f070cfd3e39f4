import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { shiftableClock, systemClock } from '../../src/time/clock.js';
import { demoQuestions, tempDatabaseUrl } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { type BotProcess, startProcess } from '../helpers/process.js';
import { isRound } from '../helpers/stage.js';

interface Span {
  readonly trace: string;
  readonly span: number;
  readonly parent?: number;
  readonly ms: number;
  readonly [about: string]: unknown;
}

/** The example of the page for operators, as a file. */
async function exampleFile(): Promise<string> {
  const page = await readFile(new URL('../../docs/operating.md', import.meta.url), 'utf8');
  const [, example = ''] = /^```js\n([^`]*tracingChannel[\s\S]*?)^```$/m.exec(page) ?? [];
  const dir = await mkdtemp(join(tmpdir(), 'drills-trace-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, 'trace.mjs'), example);
  return join(dir, 'trace.mjs');
}

const spansOf = ({ lines }: BotProcess): Span[] =>
  lines.filter((line) => line.startsWith('{"trace"')).map((line) => JSON.parse(line));

function only(spans: readonly Span[], name: string): Span {
  const found = spans.filter(({ trace }) => trace === name);
  expect(found).toHaveLength(1);
  return found[0] as Span;
}

const within = (spans: readonly Span[], outer?: Span): Span[] =>
  spans.filter(({ parent }) => parent !== undefined && parent === outer?.span);

it('the page’s example prints what a bot does: interactions, writes, requests, rounds, daily questions', async () => {
  // Discord's clock is moved by the test, and stands short of a minute's end.
  const clock = shiftableClock();
  clock.shift(Date.parse('2026-03-04T12:00:10Z') - systemClock.now());
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group', { channels: ['drills'] });
  const ada = discord.member('Ada', { server, permissions: ['ManageGuild'] });
  const drills = server.channel('drills');
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: await tempDatabaseUrl(),
    QUESTIONS_DIR: demoQuestions,
    NODE_OPTIONS: `--import=${await exampleFile()}`,
  };
  const first = await startProcess(env);
  const opened = drills.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:queries rounds:2 seconds:300');
  // Alone in the quiz, she closes the round by her answer.
  await ada.press(await opened, 'A');
  await drills.waitFor(({ text }) => text.includes('Standings after round 1'));
  await ada.slash('/daily set time:12:02 timezone:UTC topic:queries');
  expect(await first.stop()).toBe(0);
  // A start takes up the daily question whose minute has passed: no minute of the machine's is waited for.
  clock.shift(2 * 60_000);
  const posted = drills.waitFor(({ text }) => text.includes('### Daily question'));
  const second = await startProcess(env);
  await posted;
  await ada.slash('/quiz stop');
  await ada.slash('/quiz stop');
  expect(await second.stop()).toBe(0);

  const [before, after] = [spansOf(first), spansOf(second)];
  const interactions = [...before, ...after].filter(({ trace }) => trace === 'interaction');
  expect(interactions.map(({ name, ended }) => [name, ended])).toEqual([
    ['/quiz start', 'ok'],
    ['quiz:a', 'ok'],
    ['/daily set', 'ok'],
    ['/quiz stop', 'ok'],
    ['/quiz stop', 'refused'],
  ]);
  expect(new Set(interactions.map(({ guildId }) => guildId))).toEqual(new Set([server.id]));
  const round = only(before, 'round');
  expect(round).toMatchObject({ guildId: server.id, round: 0 });
  expect(within(before, round)).toMatchObject([
    { trace: 'request', name: 'PATCH /channels/:id/messages/:id', ended: 200 },
  ]);
  const daily = only(after, 'daily');
  expect(daily).toMatchObject({ guildId: server.id, date: '2026-03-04' });
  expect(within(after, daily)).toContainEqual(
    expect.objectContaining({ trace: 'request', name: 'POST /channels/:id/messages', ended: 200 }),
  );
  const [started] = before.filter(({ trace }) => trace === 'interaction');
  const writes = within(before, started).filter(({ trace }) => trace === 'commit');
  expect(writes.length).toBeGreaterThan(0);
  for (const { records } of writes) expect(records).toBeGreaterThan(0);
  expect([...first.lines, ...second.lines].join('\n')).not.toContain(discord.token);
});
