import { KeyvSqlite } from '@keyv/sqlite';

/** Puts text under a key behind the store's back. */
export async function plant(databaseUrl: string, key: string, text: string): Promise<void> {
  const writer = new KeyvSqlite({ uri: databaseUrl, table: 'records' });
  try {
    await writer.query('INSERT OR REPLACE INTO records (key, value) VALUES (?, ?)', key, text);
  } finally {
    await writer.disconnect();
  }
}

/** Every key and value of an SQLite file, read behind the store's back. */
export async function recordsIn(databaseUrl: string): Promise<{ key: string; value: string }[]> {
  const reader = new KeyvSqlite({ uri: databaseUrl, table: 'records' });
  try {
    return (await reader.query('SELECT key, value FROM records ORDER BY key')) as {
      key: string;
      value: string;
    }[];
  } finally {
    await reader.disconnect();
  }
}

/** Keys of the records in which an id stands, in the key itself or in the value. */
export const mentionsOf = (records: readonly { key: string; value: string }[], id: string): string[] =>
  records.filter(({ key, value }) => `${key} ${value}`.includes(id)).map(({ key }) => key);
