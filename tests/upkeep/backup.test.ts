import { existsSync } from 'node:fs';
import { chmod, chown, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Card, Channel, Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { auditAll } from '../../scripts/upkeep/audit/audit.js';
import { backUp } from '../../scripts/upkeep/backup.js';
import { restore } from '../../scripts/upkeep/restore.js';
import { quizAnswersLog } from '../../src/quiz/records.js';
import { openRows } from '../../src/store/open-rows.js';
import { SqliteFile } from '../../src/store/sqlite-file.js';
import { demoQuestions, tempDatabaseUrl } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { startProcess } from '../helpers/process.js';
import { tempDir, tempStore } from '../helpers/store.js';
import { playedDatabase } from './played.js';
import { runTool } from './run-tool.js';

const openButtons = (card: Card) =>
  card.buttons.filter(({ label, disabled }) => /^[A-F]$/.test(label) && !disabled);

/** Members answer the open round of their channel one after another, the host never: it stays open. */
async function answer(channel: Channel, members: readonly Member[], so: { far: number }): Promise<void> {
  const card = await channel.waitFor((message) => openButtons(message).length > 0);
  for (const [index, member] of members.entries()) {
    const [button] = openButtons(card).slice(index % 2);
    const reply = await member.pressId(card, button?.customId ?? '');
    if (/recorded/i.test(reply.text)) so.far++;
  }
}

async function findings(url: string) {
  const rows = await openRows(url, 'look');
  const found = await auditAll(rows, () => {});
  let answers = 0;
  for await (const page of rows.pages())
    for (const { key, value } of page.rows)
      if (key.startsWith(`${quizAnswersLog.segment.name}:`) && !key.endsWith(':head'))
        answers += JSON.parse(value).value.d.length;
  await rows.close();
  return { ...found, answers };
}

describe('a backup', () => {
  it('that is made while members play is of one moment, holds all that was acknowledged, and can be restored', async () => {
    const discord = await startDiscord();
    const names = ['one', 'two'];
    const server = discord.server('Study group', { channels: names });
    const hosts = ['Ada', 'Ben'].map((name) => discord.member(name, { server }));
    const members = Array.from({ length: 40 }, (_, n) => discord.member(`M${n}`, { server }));
    const databaseUrl = await tempDatabaseUrl();
    const env = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      QUESTIONS_DIR: demoQuestions,
    };
    const bot = await startProcess({ ...env, DATABASE_URL: databaseUrl });
    const channels = names.map((name) => server.channel(name));
    for (const [index, channel] of channels.entries())
      await hosts[index]?.slash('/quiz start lobby:0 topic:queries seconds:300', { channel });
    const so = { far: 0 };
    const playing = channels.map((channel) => answer(channel, members, so));
    const dir = await tempDir();
    const taken: { file: string; acknowledged: number }[] = [];
    const take = async (): Promise<void> => {
      const file = join(dir, `backup-${taken.length}`);
      taken.push({ file, acknowledged: so.far });
      await backUp(databaseUrl, file, 1);
    };
    for (const answers of [5, 30]) {
      await expect.poll(() => so.far, { timeout: 20_000, interval: 2 }).toBeGreaterThan(answers);
      await take();
    }
    await Promise.all(playing);
    await hosts[0]?.slash('/quiz skip', { channel: channels[0] as Channel });
    await channels[0]?.waitFor(({ text }) => text.includes('Standings'));
    await take();
    expect(so.far).toBe(2 * members.length);
    await expect(restore(databaseUrl, taken[0]?.file ?? '', 'now')).rejects.toThrow(
      'Another bot is running on this file',
    );
    expect(await bot.stop()).toBe(0);

    for (const { file, acknowledged } of taken) {
      await restore(databaseUrl, file, `after-${acknowledged}`);
      const found = await findings(databaseUrl);
      expect(found.findings).toEqual([]);
      expect(found.answers).toBeGreaterThanOrEqual(acknowledged);
    }
    expect((await findings(databaseUrl)).rows).toBe(members.length);
    const again = await startProcess({ ...env, DATABASE_URL: databaseUrl });
    expect(await again.stop()).toBe(0);
  });

  it('is for nobody else to read, and says what is in it', async () => {
    const { url } = await playedDatabase();
    const target = join(await tempDir(), 'new', 'backup.sqlite');
    const run = await runTool('backup', [target], url);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/\d+ records, opened and found sound/);
    expect((await stat(target)).mode & 0o777).toBe(0o600);
    expect(await readdir(dirname(target))).toEqual(['backup.sqlite']);
  });

  it('keeps as many older ones as it is told', async () => {
    const { url } = await playedDatabase();
    const dir = await tempDir();
    const target = join(dir, 'b');
    for (const keep of [3, 3, 3, 3, 3]) await backUp(url, target, keep);
    expect((await readdir(dir)).sort()).toEqual(['b', 'b.1', 'b.2']);
    await backUp(url, target, 1);
    expect(await readdir(dir)).toEqual(['b']);
  });

  it('that fails leaves the older ones as they are', async () => {
    const { url } = await playedDatabase();
    const dir = await tempDir();
    const target = join(dir, 'b');
    await backUp(url, target, 2);
    const before = await readFile(target);
    const { path } = await playedDatabase();
    const file = await SqliteFile.open(path, 'write');
    await file.all('DROP TABLE records');
    await file.close();
    await expect(backUp(`sqlite://${path}`, target, 2)).rejects.toThrow('holds nothing of this bot');
    expect(await readFile(target)).toEqual(before);
    expect(await readdir(dir)).toEqual(['b']);
  });

  it.each([
    ['postgresql://u:hush@127.0.0.1/db', 'pg_dump'],
    ['redis://:hush@127.0.0.1', 'npm run move'],
  ])('of %s is made otherwise, and it says how', async (url, words) => {
    const said = await backUp(url, 'somewhere', 1).catch(String);
    expect(said).toContain(words);
    expect(said).not.toContain('hush');
  });

  it('of a bot that never ran says so', async () => {
    const url = `sqlite://${join(await tempDir(), 'none.sqlite')}`;
    await expect(backUp(url, join(await tempDir(), 'b'), 1)).rejects.toThrow('there is no such file');
  });

  it('is not called without a file', async () => {
    expect(await runTool('backup', [], 'sqlite://x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('npm run backup -- FILE'),
    });
  });
});

describe('a restore', () => {
  it('keeps the database of before whole, beside the restored one', async () => {
    const data = await playedDatabase();
    const backup = join(await tempDir(), 'backup');
    await backUp(data.url, backup, 1);
    const { store, url, path } = await tempStore();
    await store.close();
    const run = await runTool('restore', [backup], url);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect((await findings(url)).rows).toBeGreaterThan(0);
    const [old = ''] = (await readdir(dirname(path))).filter((name) => name.includes('.before-'));
    expect(run.out).toContain(old);
    const rows = await openRows(`sqlite://${join(dirname(path), old)}`, 'look');
    expect(await rows.count()).toBe(0);
    await rows.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('leaves no moment without a database, in which a bot would begin with an empty one', async () => {
    const data = await playedDatabase();
    const backup = join(await tempDir(), 'backup');
    await backUp(data.url, backup, 1);
    const working = { done: false, looks: 0, gone: 0 };
    const look = (): void => {
      working.looks++;
      if (!existsSync(data.path)) working.gone++;
      if (!working.done) setImmediate(look);
    };
    look();
    await restore(data.url, backup, 'now');
    working.done = true;
    expect(working.looks).toBeGreaterThan(10);
    expect(working.gone).toBe(0);
  });

  it.each([
    ['is not there', async () => {}],
    ['is not an SQLite database', (path: string) => writeFile(path, 'Dear Ada, this is none. '.repeat(99))],
    ['is no database of this bot', async (path: string) => writeFile(path, '')],
  ])('of a file that %s changes nothing', async (words, make) => {
    const data = await playedDatabase();
    const before = await readFile(data.path);
    const bad = join(await tempDir(), 'bad');
    await make(bad);
    await expect(restore(data.url, bad, 'now')).rejects.toThrow(words);
    expect(await readFile(data.path)).toEqual(before);
    expect((await readdir(dirname(data.path))).filter((name) => /before|restoring/.test(name))).toEqual([]);
  });

  it('of a torn file changes nothing', async () => {
    const data = await playedDatabase();
    const torn = join(await tempDir(), 'torn');
    const whole = await readFile(data.path);
    await writeFile(torn, whole.subarray(0, Math.floor(whole.length / 2)));
    await expect(restore(data.url, torn, 'now')).rejects.toThrow('damaged');
    expect(await readFile(data.path)).toEqual(whole);
  });

  it('takes a copy that was made with cp, with the -wal file beside it', async () => {
    const { store, url, path } = await tempStore();
    await store.close();
    const data = await playedDatabase();
    const open = await SqliteFile.open(data.path, 'write');
    await open.all('PRAGMA journal_mode = WAL');
    await open.all("INSERT INTO records VALUES ('late:1', '{}')");
    const copy = join(await tempDir(), 'copy');
    for (const end of ['', '-wal']) await writeFile(`${copy}${end}`, await readFile(`${data.path}${end}`));
    await open.close();
    await restore(url, copy, 'now');
    const rows = await openRows(`sqlite://${path}`, 'look');
    expect((await rows.get(['late:1'])).size).toBe(1);
    await rows.close();
  });

  it.runIf(process.getuid?.() === 0)(
    'by root, in the directory of whoever runs the bot, is refused',
    async () => {
      const data = await playedDatabase();
      const backup = join(await tempDir(), 'backup');
      await backUp(data.url, backup, 1);
      await chown(dirname(data.path), 65_534, 65_534);
      await expect(restore(data.url, backup, 'now')).rejects.toThrow('sudo --user=#65534');
      expect(
        (await readdir(dirname(data.path))).filter((name) => /before|lock|restoring/.test(name)),
      ).toEqual([]);
    },
  );

  it('puts a sound one in the place of a damaged one, which stays', async () => {
    const data = await playedDatabase();
    const backup = join(await tempDir(), 'backup');
    await backUp(data.url, backup, 1);
    await writeFile(data.path, 'ruined'.repeat(1_000));
    await chmod(data.path, 0o600);
    const { old } = await restore(data.url, backup, 'now');
    expect(await readFile(old ?? '', 'utf8')).toContain('ruined');
    expect((await findings(data.url)).findings).toEqual([]);
  });
});
