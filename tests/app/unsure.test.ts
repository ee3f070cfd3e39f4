import { expect, it } from 'vitest';
import { startTheBot } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { isRound, letterOf } from '../helpers/stage.js';

it('a process that may have lost its servers shows nothing of what it remembers, at its end neither', async () => {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock });
  const group = discord.server('Study group', { channels: ['drills'] });
  const ada = discord.member('Ada', { server: group, permissions: ['ManageGuild'] });
  const [ben, cyd] = ['Ben', 'Cyd'].map((name) => discord.member(name, { server: group }));
  let isSure = true;
  const bot = await startTheBot(discord, { clock, isSure: () => isSure });
  const drills = group.channel('drills');
  const opened = drills.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:queries seconds:60');
  const round = await opened;
  const shown = () => drills.messages.map(({ text }) => text);

  const before = shown();
  await ben?.press(round, letterOf(round, true));
  await clock.advance('2s');
  await bot.app.idle();
  const counted = shown();
  expect(counted).not.toEqual(before);

  await cyd?.press(round, letterOf(round, true));
  isSure = false;
  await clock.advance('2s');
  await bot.app.idle();
  expect(shown()).toEqual(counted);

  await cyd?.press(round, letterOf(round, true));
  await bot.stop();
  expect(shown()).toEqual(counted);
  expect(bot.complaints).toEqual([]);
});
