import pg from 'pg';
import { afterAll } from 'vitest';
import { type Database, startPostgres } from '../helpers/databases.js';

export interface Postgres {
  readonly server: Database;
  /** The URL of an empty database. */
  fresh(): Promise<string>;
}

/** A PostgreSQL for the tests of a file; undefined where there is none. */
export async function ownPostgres(): Promise<Postgres | undefined> {
  const server = await startPostgres();
  if (!server) return undefined;
  afterAll(() => server.stop());
  let made = 0;
  return {
    server,
    async fresh() {
      made += 1;
      await inPostgres(server.url, `CREATE DATABASE test${made}`);
      return server.url.replace(/postgres$/, `test${made}`);
    },
  };
}

/** What an operator at the server's own prompt would get. */
export async function inPostgres<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
