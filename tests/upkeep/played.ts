import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Member } from 'local-discord';
import { backUp } from '../../scripts/upkeep/backup.js';
import { SqliteFile } from '../../src/store/sqlite-file.js';
import { playedOf } from '../helpers/one-run.js';
import { isResults, isRound, letterOf, type Stage, stage } from '../helpers/stage.js';
import { tempDir } from '../helpers/store.js';

const isDaily = ({ text }: { readonly text: string }): boolean => text.includes('### Daily question');

/**
 * Ada, Ben and Cyd have played a quiz of two rounds, answered a daily question and a card, in one server; Ada has a
 * card in another. A second quiz is under way. The bot is running.
 */
async function played(): Promise<Stage & { readonly other: string }> {
  const scene = await stage();
  const { ada, ben, cyd, clock, discord, drills, server } = scene;
  const members: Member[] = [ada, ben, cyd];
  const other = discord.server('Another group', { channels: ['talk'] });
  const elsewhere = discord.member('Ada', { server: other });
  for (const asker of [ada, elsewhere]) {
    const card = (await asker.slash('/question any topic:queries')).message;
    const answering = asker === ada ? members : [asker];
    for (const member of answering) await member.press(card, letterOf(card, member !== cyd));
    await asker.press(card, 'Reveal');
    await clock.advance('4s');
  }
  ada.allow('ManageGuild');
  await ada.slash('/daily set time:18:00 timezone:UTC topic:queries');
  const posted = drills.next(isDaily);
  await clock.advanceTo('2026-03-04T18:00Z');
  const post = await posted;
  for (const member of [ada, ben]) await member.press(post, letterOf(post, member === ben));
  const results = drills.next(isResults);
  await ada.slash('/quiz start lobby:0 rounds:2 seconds:20');
  for (const number of [1, 2]) {
    const round = await drills.waitFor(isRound(number));
    for (const member of [ben, cyd, ada]) await member.press(round, letterOf(round, member === ben));
    await clock.settle();
    await clock.advance('20s');
  }
  await results;
  const lounge = server.channel('lounge');
  await ben.slash('/quiz start lobby:0 topic:queries', { channel: lounge });
  const open = await lounge.waitFor(isRound(1));
  await cyd.press(open, letterOf(open, true));
  await clock.settle();
  return { ...scene, other: other.id };
}

/** Rows that the ledger of the first server has then. */
export const bookedRows = 6;

/** A database that was played on, for one test. */
export interface PlayedDatabase {
  readonly path: string;
  readonly url: string;
  readonly server: string;
  readonly other: string;
  readonly ada: string;
  readonly ben: string;
}

const shared = playedOf(tmpdir(), process.ppid);
const database = 'drills.sqlite';
const ids = 'ids.json';

/** What `played` leaves, copied while the bot ran; played once for all tests of a run. */
export async function playedDatabase(): Promise<PlayedDatabase> {
  if (!existsSync(shared)) await make();
  const path = join(await tempDir(), database);
  await writeFile(path, await readFile(join(shared, database)), { mode: 0o600 });
  return { ...JSON.parse(await readFile(join(shared, ids), 'utf8')), path, url: `sqlite://${path}` };
}

async function make(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'drills-played-'));
  const { bot, server, other, ada, ben } = await played();
  await backUp(bot.databaseUrl, join(dir, database), 1);
  await writeFile(join(dir, ids), JSON.stringify({ server: server.id, other, ada: ada.id, ben: ben.id }));
  // Another worker can have been quicker, whose database is as good.
  await rename(dir, shared).catch(() => rm(dir, { recursive: true, force: true }));
}

/** Changes what a record says, behind everybody's back; undefined removes it. */
export async function edit(path: string, key: string, change: (data: never) => unknown): Promise<void> {
  const file = await SqliteFile.open(path, 'write');
  try {
    const [row] = await file.all<{ value: string }>('SELECT value FROM records WHERE key = ?', key);
    if (!row) throw new Error(`There is no ${key}`);
    const stored = JSON.parse(row.value);
    const data = change(stored.value.d as never);
    if (data === undefined) await file.all('DELETE FROM records WHERE key = ?', key);
    else {
      const value = JSON.stringify({ value: { ...stored.value, d: data } });
      await file.all('UPDATE records SET value = ? WHERE key = ?', value, key);
    }
  } finally {
    await file.close();
  }
}
