import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportGuild } from '../../scripts/upkeep/export.js';
import { openRows } from '../../src/store/open-rows.js';
import { tempDir } from '../helpers/store.js';
import { playedDatabase } from './played.js';
import { runTool } from './run-tool.js';

async function exported(url: string, guild: string) {
  const rows = await openRows(url, 'look');
  const records: { key: string; data: unknown }[] = [];
  for await (const record of exportGuild(rows, guild)) records.push(record);
  await rows.close();
  return records;
}

const typesOf = (records: readonly { key: string }[]): Set<string> =>
  new Set(records.map(({ key }) => key.split(':')[0] ?? ''));

describe('the export of a server', () => {
  it('has everything of it: points, profiles, cards, quizzes, daily questions, with all answers', async () => {
    const { url, server } = await playedDatabase();
    const types = typesOf(await exported(url, server));
    for (const type of [
      'ledger',
      'profile',
      'members',
      'card',
      'card-answers',
      'game',
      'given',
      'daily',
      'daily-post',
      'daily-answers',
      'asked',
    ])
      expect([...types]).toContain(type);
  });

  it('has nothing of another one, nor of anybody elsewhere', async () => {
    const { url, server, other, ada } = await playedDatabase();
    const ours = await exported(url, server);
    const theirs = await exported(url, other);
    expect(theirs.length).toBeGreaterThan(3);
    expect(JSON.stringify(theirs)).toContain(ada);
    expect(ours.filter(({ key }) => theirs.some((one) => one.key === key))).toEqual([]);
    expect(JSON.stringify(ours)).not.toContain(other);
    expect(JSON.stringify(theirs)).not.toContain(server);
  });

  it('of a member has nothing: an id of somebody is none of a server', async () => {
    const { url, ada } = await playedDatabase();
    expect(await exported(url, ada)).toEqual([]);
  });

  it('is JSON, in a new file for its owner only or on standard output', async () => {
    const { url, server } = await playedDatabase();
    const file = join(await tempDir(), 'server.json');
    expect(await runTool('export', ['--guild', server, '--to', file], url)).toMatchObject({
      code: 0,
      err: '',
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const printed = await runTool('export', ['--guild', server], url);
    const { records, guild } = JSON.parse(printed.out);
    expect(guild).toBe(server);
    expect(JSON.parse(await readFile(file, 'utf8')).records).toEqual(records);
    expect(records).toEqual(await exported(url, server));
    const again = await runTool('export', ['--guild', server, '--to', file], url);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('there is such a file already') });
  });

  it('of a server that is not there says so and ends with 1, and of no server with 2', async () => {
    const { url } = await playedDatabase();
    expect(await runTool('export', ['--guild', '123'], url)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing is stored of a server 123'),
    });
    expect(await runTool('export', ['--guild', 'Ada'], url)).toMatchObject({ code: 2 });
  });
});
