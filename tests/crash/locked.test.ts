import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Reply } from 'local-discord';
import { expect, it } from 'vitest';
import { quizAnswersLog } from '../../src/quiz/records.js';
import { readRows } from '../../src/store/log-segments.js';
import { openStore } from '../../src/store/open.js';
import { type Clock, systemClock } from '../../src/time/clock.js';
import { startTheBot } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { watchOwnLag } from '../helpers/own-lag.js';
import { isRound } from '../helpers/stage.js';
import { listeningLog } from '../helpers/store.js';

const locker = fileURLToPath(new URL('../store/fixtures/locker.mjs', import.meta.url));
const lockedMs = 5_000;
/** After that Discord says "This interaction failed". */
const firstAnswerMs = 3_000;
/** Alone it is some 20 ms; waiting inside the driver made it 1.3 s. */
const longestLagMs = 200;

/** Time runs as it does, from this instant on. */
function clockFrom(instant: string): Clock {
  const aheadMs = Date.parse(instant) - systemClock.now();
  return {
    now: () => systemClock.now() + aheadMs,
    at: (atMs, run) => systemClock.at(atMs - aheadMs, run),
  };
}

it('answers every press in time and loses none while another process has the database locked', {
  timeout: 30_000,
}, async () => {
  const clock = clockFrom('2026-03-04T12:00:54Z');
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group', { channels: ['drills', 'lounge'] });
  const drills = server.channel('drills');
  const [ada, ...members] = ['Ada', 'Ben', 'Cyd', 'Dee', 'Eve', 'Fay'].map((name) =>
    discord.member(name, { server }),
  );
  if (!ada) throw new Error('Nobody is there');
  const bot = await startTheBot(discord, { clock });
  ada.allow('ManageGuild');
  await ada.slash('/daily set time:12:01 timezone:UTC topic:queries channel:#lounge');
  const opened = drills.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:queries rounds:2 seconds:300');
  const card = await opened;
  const id = card.button('A').customId ?? '';

  const path = bot.databaseUrl.slice('sqlite://'.length);
  const parameters = [locker, path, String(lockedMs)];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  let isLocked = true;
  const released = once(child, 'exit').then(() => {
    isLocked = false;
  });
  await once(child.stdout, 'data');
  const lag = watchOwnLag();
  const isDaily = ({ text }: { readonly text: string }): boolean => text.includes('### Daily question');
  const lounge = server.channel('lounge');
  const wasEarly = lounge.messages.some(isDaily);
  const isTooSoon = lounge.waitFor(isDaily, 20_000).then(() => isLocked && !wasEarly);
  const presses: Reply[] = [];
  // All but one, so that the round stays open; spread over the time of the lock, by the clock that is real here.
  for (const member of members) {
    presses.push(await member.pressId(card, id, { wait: false }));
    await delay(300);
  }
  const replies = await Promise.all(presses.map((reply) => reply.answered()));
  const lagMs = lag.stop();
  expect(await isTooSoon, 'nothing is shown before it is stored').toBe(false);
  await released;
  expect(replies.map(({ failed }) => failed).filter(Boolean)).toEqual([]);
  for (const { text } of replies) expect(text).toContain('Recorded');
  for (const { tookMs } of replies) expect(tookMs).toBeLessThan(firstAnswerMs);
  expect(lagMs, 'nothing waits inside the driver').toBeLessThan(longestLagMs);

  await bot.stop();
  const store = await openStore(bot.databaseUrl, listeningLog().log);
  const stored: string[] = [];
  for await (const { member } of readRows(store, quizAnswersLog, id.split(':')[2] ?? '')) stored.push(member);
  await store.close();
  expect(stored.sort()).toEqual(members.map((member) => member.id).sort());
});
