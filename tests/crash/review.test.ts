import { type Member, type Reply, seeded } from 'local-discord';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { AskedIndex } from '../../src/asked/service.js';
import { Decks } from '../../src/review/decks.js';
import { grades } from '../../src/review/fsrs.js';
import { Memory } from '../../src/store/held.js';
import { openStore } from '../../src/store/open.js';
import { tempDatabaseUrl } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { killsOf } from '../helpers/long.js';
import { type BotProcess, startProcess } from '../helpers/process.js';
import { letterOf } from '../helpers/stage.js';
import { questionIn, writeBank } from '../month/bank.js';

const kills = killsOf(2);
const dayMs = 86_400_000;

/** Discord's time, which a test can move on: the bot goes by it, whatever the machine's clock says. */
function movedClock() {
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  return {
    now,
    at(atMs: number, run: () => void) {
      const timer = setTimeout(run, Math.max(0, atMs - now()));
      return { cancel: () => clearTimeout(timer) };
    },
    moveOn(ms: number) {
      aheadMs += ms;
    },
  };
}

it(`a private session loses no card and grades none twice when its process is killed ${kills} times`, {
  timeout: 60_000 + kills * 8_000,
}, async () => {
  const random = seeded(Number(process.env.SEED ?? 1));
  const clock = movedClock();
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group', { channels: ['drills'] });
  const ada = discord.member('Ada', { server });
  const databaseUrl = await tempDatabaseUrl();
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: databaseUrl,
    QUESTIONS_DIR: await writeBank(),
  };
  let bot: BotProcess = await startProcess(env);
  let left = Math.floor(kills / 2);
  /** Does something, in the middle of which the process is killed now and then; and starts it again. */
  const perhapsKilled = async (share: number, act: () => Promise<unknown>): Promise<void> => {
    const isKilled = left > 0 && random() < share;
    const done = act();
    if (!isKilled) return void (await done);
    left--;
    // It may have failed by then, or never come to an end.
    done.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, random() * 12));
    await bot.kill();
    bot = await startProcess(env);
  };

  /** Answers a session to its end; whatever got lost in a kill is pressed again, as its card then shows. */
  const goThrough = async (member: Member, session: Reply, right: (id: string) => boolean) => {
    const asked: string[] = [];
    for (let press = 0; press < 200 && session.text.includes('· question '); press++) {
      const { id } = questionIn(session.text);
      if (asked.at(-1) !== id) asked.push(id);
      expect(session.text, 'the next question is the right one').toContain(`question ${asked.length} of 10`);
      const label = session.buttons.some((one) => one.label === 'Next')
        ? 'Next'
        : session.buttons.some((one) => one.label === 'Sure' && !one.disabled)
          ? 'Sure'
          : letterOf(session, right(id));
      await perhapsKilled(label === 'Sure' ? 0.25 : 0.12, () => member.press(session, label));
    }
    return asked;
  };

  const interview = new Date(clock.now() + 30 * dayMs).toISOString().slice(0, 10);
  await ada.slash(`/plan set date:${interview}`);
  const stats = await ada.slash('/stats');
  const drill = await ada.press(stats, 'Drill this');
  const missed = await goThrough(ada, drill, () => false);
  expect(new Set(missed).size).toBe(10);
  expect(drill.text).toContain('0 of 10** right');

  await bot.kill();
  clock.moveOn(dayMs);
  left += Math.ceil(kills / 2);
  bot = await startProcess(env);
  expect((await ada.slash('/review status')).text).toContain('**10 cards** due today');
  expect((await ada.slash('/plan show')).text).toContain('**29 days** to go');
  const review = await ada.slash('/review start');
  const known = new Set(missed.filter(() => random() < 0.5));
  const reviewed = await goThrough(ada, review, (id) => known.has(id));
  expect([...reviewed].sort()).toEqual([...missed].sort());
  expect(review.text).toContain(`${known.size} of 10** right`);
  expect((await ada.slash('/review start')).text).toContain('Nothing is due today');
  expect(left, 'kills that came to nothing').toBe(0);
  expect(await bot.stop()).toBe(0);

  const store = await openStore(databaseUrl, pino({ level: 'silent' }));
  try {
    const memory = new Memory(store);
    const asked = new AskedIndex(memory);
    const cards = await new Decks(memory, asked).cards(server.id, ada.id);
    const graded = [...cards].map(([id, card]) => [id, card.grades.map(({ grade }) => grade)]);
    const { again, good } = grades;
    expect(graded.sort()).toEqual(missed.map((id) => [id, [again, known.has(id) ? good : again]]).sort());
    const met = [...(await asked.history(server.id, ada.id)).values()];
    expect(met.map(({ times }) => times)).toEqual(met.map(() => 2));
  } finally {
    await store.close();
  }
});
