import type { Card } from 'local-discord';
import { expect, it } from 'vitest';
import { demoQuestions } from './helpers/banks.js';
import { tempDatabaseUrl } from './helpers/bot.js';
import { startDiscord } from './helpers/discord.js';
import { startProcess } from './helpers/process.js';
import { isResults, isRound, letterOf } from './helpers/stage.js';

/** Another Node than the one that runs the tests: `SMOKE_NODE=/path/to/node npx vitest run tests/smoke.test.ts` */
const node = process.env.SMOKE_NODE ?? process.execPath;

it('starts, plays a quiz, takes a daily question, stops and starts again on this Node', {
  timeout: 60_000,
}, async () => {
  const discord = await startDiscord();
  const server = discord.server('Study group', { channels: ['drills'] });
  const drills = server.channel('drills');
  const ada = discord.member('Ada', { server });
  ada.allow('ManageGuild');
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: await tempDatabaseUrl(),
    QUESTIONS_DIR: demoQuestions,
  };

  const bot = await startProcess(env, node);
  const opened: Promise<Card> = drills.next(isRound(1));
  const results = drills.next(isResults, 20_000);
  await ada.slash('/quiz start lobby:0 rounds:1 seconds:10 topic:queries');
  const card = await opened;
  expect((await ada.press(card, letterOf(card, true))).text).toContain('Recorded');
  await results;
  expect((await ada.slash('/daily set time:18:00 timezone:Europe/Berlin')).text).toContain('is set');
  expect((await ada.slash('/daily preview')).text).toContain('Daily question 1');
  expect(await bot.stop()).toBe(0);

  const again = await startProcess(env, node);
  expect((await ada.slash('/daily status')).text).toContain('18:00');
  expect(await again.stop()).toBe(0);
  expect([...bot.lines, ...again.lines].filter((line) => /"level":[56]0/.test(line))).toEqual([]);
});
