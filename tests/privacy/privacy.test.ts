import { describe, expect, it } from 'vitest';
import { startTheBot } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { FlakyDatabase } from '../helpers/flaky-store.js';
import { letterOf, restart, type Stage, stage } from '../helpers/stage.js';
import { mentionsOf, recordsIn } from '../retention/records.js';

const hourMs = 60 * 60_000;

/** Ada has asked a card, Ada and Ben have answered it; it is revealed. */
async function practised(): Promise<Stage> {
  const scene = await stage();
  const { ada, ben, clock } = scene;
  const card = await ada.slash('/question advanced topic:queries');
  for (const member of [ada, ben]) await member.press(card, letterOf(card, true));
  await ada.press(card, 'Reveal');
  await clock.advance('65s');
  return scene;
}

const keysOf = async ({ bot }: Stage, id: string): Promise<string[]> =>
  mentionsOf(await recordsIn(bot.databaseUrl), id);

/** Lists of wishes and what is said to them. */
const wishesIn = async (scene: Stage): Promise<string[]> =>
  (await keysOf(scene, 'wish')).filter((key) => key.startsWith('wish'));

describe('/privacy show', () => {
  it('says in private and in words what is stored, by kinds and counts', async () => {
    const { ada, ben, cyd } = await practised();
    const shown = await ada.slash('/privacy show');
    expect(shown.ephemeral).toBe(true);
    for (const line of [
      '1 question card that you asked for',
      '1 answer to question cards',
      '1 profile for your stats: 1 answer by topic',
      '1 note that you have used the bot here',
    ])
      expect(shown.text).toContain(line);
    expect((await ben.slash('/privacy show')).text).not.toContain('that you asked for');
    expect((await cyd.slash('/privacy show')).text).toContain('Nothing is stored about you.');
  });

  it('leaves no trace of who only looked', async () => {
    const scene = await practised();
    for (const command of ['/privacy show', '/privacy export', '/help', '/leaderboard'])
      await scene.cyd.slash(command);
    expect(await keysOf(scene, scene.cyd.id)).toEqual([]);
  });
});

describe('/privacy delete', () => {
  it('takes the word alone for a yes', async () => {
    const scene = await practised();
    const { ada } = scene;
    const form = await ada.slash('/privacy delete where:here');
    const refused = await ada.submit(form, { word: 'yes' });
    expect(refused.text).toContain('Nothing is erased');
    expect(await wishesIn(scene)).toEqual([]);
  });

  it('erases after a day, and nobody else loses anything', async () => {
    const scene = await practised();
    const { ada, ben, clock } = scene;
    const before = (await ben.slash('/stats')).text;
    const asked = await ada.submit(await ada.slash('/privacy delete where:here'), { word: 'DELETE' });
    expect(asked.ephemeral).toBe(true);
    expect(asked.text).toContain('is erased');
    await clock.advanceBy(23 * hourMs);
    expect((await keysOf(scene, ada.id)).length).toBeGreaterThan(3);
    expect(ada.dm.messages).toEqual([]);
    await clock.advanceBy(hourMs + 5 * 60_000);
    expect(await keysOf(scene, ada.id)).toEqual([]);
    expect(ada.dm.messages.map(({ text }) => text)).toEqual([
      expect.stringContaining('everything that was stored about you in `Study group` is erased'),
    ]);
    expect((await ben.slash('/stats')).text).toBe(before);
    await expect.poll(() => wishesIn(scene)).toEqual([]);
  });

  it.each([
    [
      'takes no direct messages',
      ({ ada }: Stage) => {
        ada.user.refusesDirectMessages = true;
      },
      0,
    ],
    [
      'could not be told at first',
      ({ discord }: Stage) => {
        discord.faults.next('POST /users/@me/channels', { status: 502, times: 4 });
      },
      1,
    ],
  ] as const)('erases of a member who %s, too', async (_, happens, told) => {
    const scene = await practised();
    const { ada, clock } = scene;
    await ada.submit(await ada.slash('/privacy delete where:everywhere'), { word: 'DELETE' });
    happens(scene);
    await clock.advanceBy(24 * hourMs + 10 * 60_000);
    expect(await keysOf(scene, ada.id)).toEqual([]);
    expect(ada.dm.messages).toHaveLength(told);
  });

  it('is called off by Keep my data, on its own message and from /privacy show', async () => {
    const scene = await practised();
    const { ada, ben, clock } = scene;
    for (const member of [ada, ben]) {
      const asked = await member.submit(await member.slash('/privacy delete where:everywhere'), {
        word: ' delete ',
      });
      const card = member === ada ? asked : await member.slash('/privacy show');
      expect((await member.press(card, 'Keep my data')).text).toContain('Called off');
    }
    await clock.advanceBy(26 * hourMs);
    expect((await ada.slash('/privacy show')).text).toContain('1 question card');
    expect(ada.dm.messages).toEqual([]);
    await expect.poll(() => wishesIn(scene)).toEqual([]);
  });

  it('is carried out at the next start when the bot was down meanwhile', async () => {
    const scene = await practised();
    const { ada, clock } = scene;
    await ada.submit(await ada.slash('/privacy delete where:everywhere'), { word: 'DELETE' });
    await restart(scene, () => clock.jumpTo(clock.now() + 40 * hourMs));
    await clock.settle();
    expect(await keysOf(scene, ada.id)).toEqual([]);
  });
});

describe('that somebody uses the bot in a server', () => {
  it('is noted before anything else is stored of them: where it cannot be, nothing is', async () => {
    const database = new FlakyDatabase();
    const discord = await startDiscord();
    const ada = discord.member('Ada', { server: discord.server('Study group', { channels: ['drills'] }) });
    await startTheBot(discord, { open: async (_, log) => database.open(log) });
    database.failsWrite = (keys) => keys.some((key) => key.startsWith('here:'));
    expect((await ada.slash('/question any topic:queries')).text).toContain('could not be stored');
    expect(JSON.stringify([...database.rows])).not.toContain(ada.id);
    database.failsWrite = () => false;
    expect((await ada.slash('/question any topic:queries')).text).toContain('QuerySets and lookups');
    expect([...database.rows.keys()].filter((key) => key.startsWith('here:'))).toHaveLength(1);
  });
});
