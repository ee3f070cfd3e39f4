import type { Rows, RowsUse } from './rows.js';
import { type Dialect, sqlRows } from './rows-sql.js';
import { openSqlite, sqliteError, sqlitePath } from './sqlite.js';
import { SqliteFile } from './sqlite-file.js';
import type { StoreUrl } from './url.js';

const dialect: Dialect = {
  place: () => '?',
  isListed: 'key IN (SELECT value FROM json_each(?))',
  listed: (keys) => JSON.stringify(keys),
  given: 'SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true',
  giving: (rows) => [JSON.stringify(rows.map(({ key, value }) => [key, value]))],
};

/** The rows of an SQLite file. To look, it must be there; alone, it is made where it is missing. */
export async function sqliteRows(url: StoreUrl, use: RowsUse): Promise<Rows> {
  if (use === 'alone') {
    const store = await openSqlite(url);
    return sqlRows(
      (sql, values) => store.query(sql, ...values),
      dialect,
      () => store.disconnect(),
    );
  }
  const path = sqlitePath(url);
  let file: SqliteFile | undefined;
  try {
    file = await SqliteFile.open(path, 'read');
    // One moment for all that is read, whatever the bot writes meanwhile.
    await file.all('BEGIN');
    await file.all('SELECT key FROM records LIMIT 1');
  } catch (cause) {
    await file?.close();
    throw sqliteError(path, cause);
  }
  const opened = file;
  return sqlRows(
    (sql, values) => opened.all(sql, ...values),
    dialect,
    () => opened.close(),
  );
}
