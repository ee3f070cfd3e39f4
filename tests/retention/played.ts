import { readFile, writeFile } from 'node:fs/promises';
import type { Member } from 'local-discord';
import { tempDatabaseUrl } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { firstRound, isResults, isRound, letterOf, nextRound, type Stage, stage } from '../helpers/stage.js';

const isDaily = ({ text }: { readonly text: string }): boolean => text.includes('### Daily question');

/**
 * Ada, Ben and Cyd play everything there is: cards answered and open, public, private and in direct messages, a
 * finished quiz, one that is running (Ben, its host, has not answered), two daily questions. Then the bot is stopped.
 */
export async function played(database: { databaseUrl?: string } = {}): Promise<Stage & { other: string }> {
  const scene = await stage(database);
  const { ada, ben, cyd, bot, clock, discord, drills, server } = scene;
  const members: Member[] = [ada, ben, cyd];
  const other = discord.server('Another group', { channels: ['talk'] });
  const elsewhere = ['Ada', 'Ben'].map((name) => discord.member(name, { server: other }));
  const ask = async (asker: Member, command: string, options = {}) => {
    // Nobody asks faster.
    await clock.advance('4s');
    return (await asker.slash(command, options)).message;
  };
  for (const member of elsewhere) {
    const card = await ask(member, '/question any topic:queries');
    await member.press(card, letterOf(card, true));
  }
  for (const asker of [ada, ben]) {
    const card = await ask(asker, '/question any topic:queries');
    for (const member of members) await member.press(card, letterOf(card, member !== cyd));
    if (asker === ada) await ada.press(card, 'Reveal');
    const mine = await ask(asker, '/question any topic:facts private:true');
    await asker.press(mine, letterOf(mine, true));
    const direct = await ask(asker, '/question any topic:queries', { channel: asker.dm });
    await asker.press(direct, letterOf(direct, true));
  }

  for (const member of [ada, ben]) {
    await member.slash('/plan set date:2026-04-01');
    await member.slash('/plan set date:2026-04-02', { channel: member.dm });
  }
  ada.allow('ManageGuild');
  await ada.slash('/daily set time:18:00 timezone:UTC topic:queries');
  for (const at of ['2026-03-04T18:00Z', '2026-03-05T18:00Z']) {
    const posted = drills.next(isDaily);
    await clock.advanceTo(at);
    const post = await posted;
    for (const member of [ada, ben]) await member.press(post, letterOf(post, member === ben));
  }

  let round = await firstRound(scene);
  for (const number of [1, 2]) {
    if (number === 2) round = await nextRound(scene, 2);
    // The host last: the round ends when everybody who is in has answered.
    for (const member of [ben, cyd, ada]) await member.press(round, letterOf(round, member === ben));
  }
  const results = drills.next(isResults);
  await drills.waitFor(({ text }) => text.includes('Round 2 of'));
  await clock.settle();
  await clock.advance('6s');
  await results;

  for (const channel of [drills, ada.dm]) {
    await ada.slash('/review remind time:08:00 timezone:UTC', { channel });
    const own = await ask(ada, '/question any topic:queries private:true', { channel });
    await ada.press(own, letterOf(own, false));
    const status = await ada.slash('/review status', { channel });
    const session = await ada.press(status, 'Ask 1');
    await ada.press(session, letterOf(session, false));
    await ada.press(session, 'Sure');
  }

  const lounge = server.channel('lounge');
  const opened = lounge.next(isRound(1));
  await ben.slash('/quiz start lobby:0 topic:queries', { channel: lounge });
  const running = await opened;
  for (const member of [ada, cyd]) await member.press(running, letterOf(running, true));
  const late = await ask(ben, '/question any topic:queries');
  await cyd.press(late, letterOf(late, true));
  await bot.stop();
  return { ...scene, other: other.id };
}

/** Who and what {@link played} has left, when nobody plays any more. */
type Left = Pick<Stage, 'ada' | 'ben' | 'cyd' | 'server' | 'clock'> & {
  readonly other: string;
  readonly bot: { readonly databaseUrl: string };
};

const fileOf = (databaseUrl: string): string => databaseUrl.slice('sqlite://'.length);

async function told() {
  const scene = await played();
  const file = await readFile(fileOf(scene.bot.databaseUrl));
  return { scene, file, nowMs: scene.clock.now() };
}

let story: ReturnType<typeof told> | undefined;

/** What {@link played} leaves, played once for all tests of a worker: each has a database and a clock of its own. */
export async function leftByPlay(): Promise<Left> {
  story ??= told();
  const { scene, file, nowMs } = await story;
  const databaseUrl = await tempDatabaseUrl();
  await writeFile(fileOf(databaseUrl), file);
  return { ...scene, clock: new ManualClock(nowMs), bot: { databaseUrl } };
}
