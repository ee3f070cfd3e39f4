import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { demoQuestions, tempDatabaseUrl } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { startProcess } from '../helpers/process.js';
import { letterOf } from '../helpers/stage.js';
import { tempDir } from '../helpers/store.js';

/** The bot as a process, on a copy of the questions that can be changed, with Ada, Ben and Cyd in a channel. */
async function running() {
  const questions = await tempDir();
  await cp(demoQuestions, questions, { recursive: true });
  const discord = await startDiscord();
  const server = discord.server('Study group', { channels: ['drills'] });
  const ada = discord.member('Ada', { server });
  const ben = discord.member('Ben', { server });
  const cyd = discord.member('Cyd', { server });
  const bot = await startProcess({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: await tempDatabaseUrl(),
    QUESTIONS_DIR: questions,
  });
  const file = join(questions, 'demo', 'queries.yaml');
  /** Changes the file, asks the bot to read it again, and gives what it logs of that. */
  const change = async (edit: (text: string) => string, logs: RegExp) => {
    await writeFile(file, edit(await readFile(file, 'utf8')));
    const before = bot.lines.length;
    bot.child.kill('SIGHUP');
    await expect.poll(() => bot.lines.slice(before).join('\n'), { timeout: 60_000 }).toMatch(logs);
    return JSON.parse(bot.lines.slice(before).find((line) => logs.test(line)) ?? '');
  };
  return { bot, ada, ben, cyd, file, change };
}

const ask = '/question basic topic:queries kind:"single choice"';
const read = /The question bank was read again/;
const refused = /has faults and was not read again/;

it('a bot that is told to read its questions again asks the new ones, and keeps those it has when a file is broken', async () => {
  const { bot, ada, ben, cyd, file, change } = await running();
  // A card that is open can be answered and revealed as it was asked.
  const before = (await ada.slash(ask)).message;
  expect(before.text).toContain('of the basic question');
  const swap = (text: string): string =>
    text
      .replace('of the basic question', 'of the better question')
      .replace('title: QuerySets', 'title: Queries');
  expect(await change(swap, read)).toMatchObject({ level: 30, changed: 1, added: 0, removed: 0 });
  const receipt = await ada.press(before, letterOf(before, true));
  expect(receipt.text).toMatch(/recorded/i);
  await ada.press(before, 'Reveal');
  expect(before.text).toContain('1 of 1');
  const after = (await ben.slash(ask)).message;
  expect(after.text).toContain('of the better question');
  expect(after.text).toContain('Queries and lookups');

  // It names every fault, and goes on.
  await ben.press(after, 'Reveal');
  const whole = await readFile(file, 'utf8');
  const break_ = (text: string): string =>
    text
      .replace('right: the right option', 'rihgt: the right option')
      .replace('level: advanced', 'level: hard');
  const told = await change(break_, refused);
  expect(told.level).toBe(50);
  const faults = told.faults.join('\n');
  for (const words of [`${file}:`, 'rihgt', 'hard']) expect(faults).toContain(words);
  expect((await cyd.slash(ask)).message.text).toContain('of the better question');
  await writeFile(file, whole);
  const shorter = (text: string): string => text.replace(/^ {2}- id: single-advanced[\s\S]*/m, '');
  expect(await change(shorter, read)).toMatchObject({ changed: 0, added: 0, removed: 1 });
  expect(await bot.stop()).toBe(0);
});
