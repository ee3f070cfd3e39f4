import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { move } from '../../scripts/upkeep/move.js';
import { openStore } from '../../src/store/open.js';
import { openRows } from '../../src/store/open-rows.js';
import { startPostgres, startRedis } from '../helpers/databases.js';
import { listeningLog, tempDir } from '../helpers/store.js';
import { playedDatabase } from './played.js';
import { runTool } from './run-tool.js';

/** So many that a kill finds the copying under way. */
const many = 4_000;

async function all(url: string): Promise<Map<string, string>> {
  const rows = await openRows(url, 'look');
  const found = new Map<string, string>();
  for await (const page of rows.pages()) for (const { key, value } of page.rows) found.set(key, value);
  await rows.close();
  return found;
}

/** What was played, with much beside it: words of all sorts, and what no version knows. */
async function large(): Promise<string> {
  const { url } = await playedDatabase();
  const rows = await openRows(url, 'alone');
  const made = Array.from({ length: many }, (_, n) => ({
    key: `note:${(n * 7_919) % many}é`,
    value: JSON.stringify({ value: { v: 9, d: `line\n${n} 'quoted' "twice" 🎈 \u0000` } }),
  }));
  for (let from = 0; from < many; from += 1_000) await rows.put(made.slice(from, from + 1_000));
  await rows.put([{ key: 'damaged:note', value: 'not JSON at all' }]);
  await rows.close();
  return url;
}

const emptyFile = async (): Promise<string> => `sqlite://${join(await tempDir(), 'moved.sqlite')}`;

/** Kills the tool when it has begun to copy. */
async function killedMove(from: string, to: string): Promise<void> {
  const killed = await runTool('move', [from, to], '', (text, kill) => {
    if (text.includes('copying')) kill();
  });
  expect(killed.code, killed.err).toBe(null);
  await expect(openStore(to, listeningLog().log)).rejects.toThrow('cut short');
}

const servers: [string, typeof startPostgres][] = [
  ['PostgreSQL', startPostgres],
  ['Redis', startRedis],
];

describe('a move', () => {
  it.each(servers)(
    'from SQLite to %s and back loses nothing, with a kill in the middle of each',
    async (_, start) => {
      const database = await start();
      if (!database) return;
      onTestFinished(() => database.stop());
      const from = await large();
      const before = await all(from);
      await killedMove(from, database.url);
      const again = await runTool('move', [from, database.url], '');
      expect(again).toMatchObject({ code: 0, out: expect.stringContaining('copied and compared') });
      expect(`${again.out}${again.err}`).not.toContain('se-cret');
      expect(await all(database.url)).toEqual(before);
      const back = await emptyFile();
      await killedMove(database.url, back);
      await move(database.url, back, () => {});
      expect(await all(back)).toEqual(before);
      await (await openStore(back, listeningLog().log)).close();
    },
  );

  it('brings in line what a bot has written between two runs', async () => {
    const from = await large();
    const to = await emptyFile();
    let steps = 0;
    const stopped = new Error('stopped');
    const interrupted = move(from, to, () => {
      if (++steps === 3) throw stopped;
    });
    await expect(interrupted).rejects.toBe(stopped);
    const rows = await openRows(from, 'alone');
    const [first = ''] = (await all(from)).keys();
    await rows.put([
      { key: first, value: 'changed' },
      { key: '!new', value: 'before all others' },
    ]);
    await rows.remove([...(await all(from)).keys()][3] ?? '');
    await rows.close();
    await move(from, to, () => {});
    expect(await all(to)).toEqual(await all(from));
  });

  it.each(servers)('is refused while a bot is on the %s', async (_, start) => {
    const database = await start();
    if (!database) return;
    onTestFinished(() => database.stop());
    const { url } = await playedDatabase();
    const bot = await openStore(database.url, listeningLog().log);
    onTestFinished(() => bot.close());
    await expect(move(url, database.url, () => {})).rejects.toThrow(/is in use.*Stop the bot first/);
    await expect(move(database.url, await emptyFile(), () => {})).rejects.toThrow(/is in use/);
  });

  it('is refused while a bot is on the file', async () => {
    const { url } = await playedDatabase();
    const bot = await openStore(url, listeningLog().log);
    onTestFinished(() => bot.close());
    await expect(move(url, await emptyFile(), () => {})).rejects.toThrow('Another bot is running');
  });

  it('goes into no database that holds something else', async () => {
    const { url } = await playedDatabase();
    const other = await playedDatabase();
    await expect(move(url, other.url, () => {})).rejects.toThrow(/holds \d+ records already/);
    await expect(move(url, url, () => {})).rejects.toThrow('same database');
    await expect(move(await emptyFile(), other.url, () => {})).rejects.toThrow('There is no database');
  });
});
