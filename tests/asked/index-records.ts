import { KeyvSqlite } from '@keyv/sqlite';

const kinds = ['askings', 'met', 'met-topics', 'met-members', 'firsts', 'firsts-topics', 'deck', 'reviewer'];

/**
 * Takes all that was learned from answers out of a database, as if it had been of before there was an index.
 * @returns what was there of histories, counts and decks, whose order does not depend on when they were made
 */
export async function forgetIndex(databaseUrl: string): Promise<{ key: string; value: string }[]> {
  const database = new KeyvSqlite({ uri: databaseUrl, table: 'records' });
  try {
    const rows = (await database.query('SELECT key, value FROM records ORDER BY key')) as {
      key: string;
      value: string;
    }[];
    const learned = rows.filter(({ key }) =>
      [...kinds, 'reviewers', 'caught-up'].some((kind) => key.startsWith(`${kind}:`)),
    );
    for (const { key } of learned) await database.query('DELETE FROM records WHERE key = ?', key);
    return learned.filter(({ key }) => /^(met|firsts|deck):/.test(key));
  } finally {
    await database.disconnect();
  }
}
