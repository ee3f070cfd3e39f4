import { chmod, chown, copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/store/open.js';
import { openRows } from '../../src/store/open-rows.js';
import { recordType } from '../../src/store/store.js';
import { startPostgres } from '../helpers/databases.js';
import { listeningLog } from '../helpers/store.js';

const database = await startPostgres();
const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));

/** Why a bot does not get in, or that it does. */
async function opening(url: string): Promise<string> {
  try {
    await (await openStore(url, listeningLog().log)).close();
    return 'it does';
  } catch (error) {
    return String(error);
  }
}

if (database === undefined) {
  describe('a PostgreSQL with TLS', () => test.todo('needs the programs of PostgreSQL'));
} else {
  const plain = database.url;
  const with_ = (options: string, host = 'localhost'): string =>
    `${plain.replace('drills@127.0.0.1', `drills:hush@${host}`)}?${options}`;
  const admin = new pg.Client(plain);
  await admin.connect();
  afterAll(async () => {
    await admin.end();
    await database.stop();
  });
  const setting = async (name: string): Promise<string> =>
    (await admin.query(`SELECT setting FROM pg_settings WHERE name = '${name}'`)).rows[0].setting;

  test('that has none says to take sslmode out', async () => {
    expect(await opening(with_('sslmode=verify-full'))).toContain('Take sslmode out');
  });

  describe('whose certificate is signed by itself, and whose door takes TLS only', () => {
    beforeAll(async () => {
      const dir = await setting('data_directory');
      const { uid, gid } = await stat(dir);
      for (const name of ['server.key', 'server.pem']) {
        await copyFile(fixture(name), join(dir, name));
        await chown(join(dir, name), uid, gid);
        await chmod(join(dir, name), 0o600);
      }
      await admin.query(`ALTER SYSTEM SET ssl_cert_file = 'server.pem'`);
      await admin.query(`ALTER SYSTEM SET ssl_key_file = 'server.key'`);
      await admin.query('ALTER SYSTEM SET ssl = on');
      const rules = await setting('hba_file');
      await writeFile(rules, (await readFile(rules, 'utf8')).replace(/^host\s/gm, 'hostssl '));
      await admin.query('SELECT pg_reload_conf()');
      // The server takes its settings a moment after it was told to.
      await vi.waitUntil(async () => (await opening(with_('sslmode=no-verify'))) === 'it does', 10_000);
    });

    test.each([
      ['', 'localhost', 'the server wants TLS. Add ?sslmode=verify-full'],
      [
        'sslmode=verify-full',
        'localhost',
        'signed by itself. To go on, add ?sslmode=verify-full&sslrootcert=',
      ],
      [`sslmode=verify-full&sslrootcert=${fixture('server.pem')}`, '127.0.0.1', 'is for another name'],
      [
        'sslmode=verify-full&sslrootcert=/nowhere.pem',
        'localhost',
        'sslrootcert, sslcert or sslkey) is not there',
      ],
      [`sslmode=verify-full&sslrootcert=${fixture('server.pem')}`, 'localhost', 'it does'],
      ['sslmode=no-verify', '127.0.0.1', 'it does'],
    ])('asked with "%s" at %s says: %s', async (options, host, words) => {
      const said = await opening(with_(options, host));
      expect(said).toContain(words);
      expect(said).not.toContain('hush');
    });

    test('says the same to the tools', async () => {
      await expect(openRows(with_('sslmode=verify-full'), 'look')).rejects.toThrow('signed by itself');
    });
  });

  test('is asked for no more connections at once than it is told', async () => {
    const store = await openStore(with_('sslmode=no-verify'), listeningLog().log, undefined, 2);
    const note = recordType('note', z.string());
    await Promise.all(Array.from({ length: 20 }, (_, n) => store.get(note, String(n))));
    const { rows } = await admin.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'interview-drills'`,
    );
    expect(rows[0].n).toBe(2);
    await store.close();
  });
}
