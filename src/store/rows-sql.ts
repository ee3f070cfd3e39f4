import { type Row, type RowPage, type Rows, rowsAtOnce } from './rows.js';

export type Query = <T extends object>(sql: string, values: readonly unknown[]) => Promise<T[]>;

/** Where SQL databases differ. */
export interface Dialect {
  /** The place of the n-th value in a statement, from 1. */
  place(n: number): string;
  /** Whether `key` is in a list, which is the statement's first value. */
  readonly isListed: string;
  listed(keys: readonly string[]): unknown;
  /** Rows from the statement's values. */
  readonly given: string;
  giving(rows: readonly Row[]): unknown[];
}

const keysAtOnce = 20 * rowsAtOnce;

/** The rows of the table `records`, in the order of its primary key, whatever that is in the database's collation. */
export function sqlRows(query: Query, dialect: Dialect, close: () => Promise<void>): Rows {
  const { place, isListed, given } = dialect;
  const after = (columns: string): string =>
    `SELECT ${columns} FROM records WHERE key > ${place(1)} ORDER BY key LIMIT ${place(2)}`;
  return {
    async *pages(from = '') {
      for (let mark: string | undefined = from; mark !== undefined; ) {
        const rows: Row[] = await query(after('key, value'), [mark, rowsAtOnce]);
        mark = rows.at(-1)?.key;
        if (mark !== undefined) yield { rows, mark } satisfies RowPage;
      }
    },
    async *keys() {
      for (let mark: string | undefined = ''; mark !== undefined; ) {
        const rows: { key: string }[] = await query(after('key'), [mark, keysAtOnce]);
        mark = rows.at(-1)?.key;
        yield rows.map(({ key }) => key);
      }
    },
    async count() {
      const [row] = await query<{ n: string | number }>('SELECT count(*) AS n FROM records', []);
      return Number(row?.n ?? 0);
    },
    async get(keys) {
      const rows = await query<Row>(`SELECT key, value FROM records WHERE ${isListed}`, [
        dialect.listed(keys),
      ]);
      return new Map(rows.map(({ key, value }) => [key, value]));
    },
    async put(rows) {
      await query(
        `INSERT INTO records(key, value) ${given} ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
        dialect.giving(rows),
      );
    },
    async remove(key) {
      await query(`DELETE FROM records WHERE key = ${place(1)}`, [key]);
    },
    close,
  };
}
