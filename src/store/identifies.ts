import type pg from 'pg';

/** Discord takes one identify of a bucket in five seconds; a little more, for what lies between us and Discord. */
export const everyMs = 5_250;
/** A session that ended within this time after its identify was none to speak of. */
export const shortMs = 15_000;
/** So many short ones in a row are bad luck, kills or a rolling restart; more are a loop. */
const free = 10;
const firstRestMs = 5_000;
/** At this pace a shard identifies 288 times a day; after 1,000 of a bot Discord resets its token. */
const longestRestMs = 5 * 60_000;

/** When buckets and shards have identified last, by the database's clock, which is the same for all processes. */
export const identifiesTable = `CREATE TABLE IF NOT EXISTS identifies (
  name text PRIMARY KEY, at timestamptz NOT NULL, streak int NOT NULL DEFAULT 0)`;

/** How long a shard rests after so many short sessions in a row. */
export function restAfter(streak: number): number {
  return streak <= free ? 0 : Math.min(firstRestMs * 2 ** (streak - free - 1), longestRestMs);
}

/** The same as SQL of the column `streak`, in milliseconds. */
const restSql = `(CASE WHEN identifies.streak <= ${free} THEN 0
  ELSE least(${firstRestMs} * power(2, least(identifies.streak - ${free} - 1, 20)), ${longestRestMs}) END)`;
const goneMs = (column: string): string => `(extract(epoch FROM clock_timestamp() - ${column}) * 1000)`;

/** Those shards that should not identify for a while, and for how long. */
export async function restingMs(pool: pg.Pool): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ name: string; rest: number }>(
    `SELECT name, (${restSql} - ${goneMs('at')})::float8 AS rest FROM identifies
     WHERE name LIKE 'shard:%' AND streak > ${free}`,
  );
  return new Map(
    rows.filter(({ rest }) => rest > 0).map(({ name, rest }) => [Number(name.slice('shard:'.length)), rest]),
  );
}

/** Takes the bucket's turn for a shard. @returns 0, or for how many milliseconds the turn is another's */
export async function takeTurn(pool: pg.Pool, shard: number, bucket: number): Promise<number> {
  const { rowCount } = await pool.query(
    `INSERT INTO identifies (name, at) VALUES ($1, clock_timestamp())
     ON CONFLICT (name) DO UPDATE SET at = clock_timestamp() WHERE ${goneMs('identifies.at')} >= ${everyMs}`,
    [`bucket:${bucket}`],
  );
  if (rowCount === 0) {
    const { rows } = await pool.query<{ left: number }>(
      `SELECT (${everyMs} - ${goneMs('at')})::float8 AS left FROM identifies WHERE name = $1`,
      [`bucket:${bucket}`],
    );
    return Math.max(1, rows[0]?.left ?? 1);
  }
  await pool.query(
    `INSERT INTO identifies (name, at) VALUES ($1, clock_timestamp())
     ON CONFLICT (name) DO UPDATE SET at = clock_timestamp(),
       streak = CASE WHEN ${goneMs('identifies.at')} < ${restSql} + ${shortMs} THEN identifies.streak + 1 ELSE 0 END`,
    [`shard:${shard}`],
  );
  return 0;
}
