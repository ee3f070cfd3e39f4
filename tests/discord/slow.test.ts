import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Member } from 'local-discord';
import { expect, it } from 'vitest';
import { startTheBot } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { isResults, isRound } from '../helpers/stage.js';

const locker = fileURLToPath(new URL('../store/fixtures/locker.mjs', import.meta.url));
/** Longer than what an answer may take without being announced, and short of what Discord waits. */
const lockedMs = 2_200;

it('what is meant for all is shown to all however slow the database is, and nobody’s wait is left behind', async () => {
  const discord = await startDiscord();
  const server = discord.server('Study group', { channels: ['drills', 'lounge', 'den', 'attic'] });
  const [ada, ben, cyd, dee] = ['Ada', 'Ben', 'Cyd', 'Dee'].map((name) =>
    discord.member(name, { server }),
  ) as [Member, Member, Member, Member];
  const at = (name: string) => ({ channel: server.channel(name) });
  const bot = await startTheBot(discord);
  const round = server.channel('drills').next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:queries level:basic', at('drills'));
  await round;
  const over = server.channel('drills').next(isResults);
  await ada.slash('/quiz stop', at('drills'));
  const results = await over;
  const revealed = (await ben.slash('/question any kind:"true or false"', at('lounge'))).message;
  const asked = (await cyd.slash('/question any topic:queries', at('den'))).message;

  const path = bot.databaseUrl.slice('sqlite://'.length);
  const child = spawn(process.execPath, [locker, path, String(lockedMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const [again, reveal, another, start] = await Promise.all([
    ada.press(results, 'Play again'),
    ben.press(revealed, 'Reveal'),
    dee.press(asked, 'Another'),
    cyd.slash('/quiz start lobby:300', at('attic')),
  ]);
  for (const { failed } of [again, reveal, another, start]) expect(failed).toBeUndefined();
  expect(again.ephemeral).toBe(false);
  expect(again.text).toContain('Quiz lobby');
  expect(another.ephemeral).toBe(false);
  expect(start.text).toContain('Quiz lobby');
  await server.channel('lounge').waitFor(({ text }) => text.includes('Nobody answered'));
  expect(revealed.buttons.some(({ disabled, label }) => !disabled && label === 'Reveal')).toBe(false);
  const beside = [again, another, start].flatMap(({ followUps }) => followUps);
  expect(beside).toEqual([]);
}, 20_000);
