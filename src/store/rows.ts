/** One record as the database holds it: its key, and the text of its value as Keyv writes it. */
export interface Row {
  readonly key: string;
  readonly value: string;
}

/** Some rows, and where to go on from. */
export interface RowPage {
  readonly rows: readonly Row[];
  /** For {@link Rows.pages}: what comes after this page. */
  readonly mark: string;
}

/**
 * Everything that a database holds, as rows of text: for copying it and for looking through it, beside the bot or
 * instead of it. Nothing is decoded, so that what is damaged or of a newer version goes along.
 */
export interface Rows {
  /**
   * All rows, in an order of the database's own.
   * @param after the mark of a page of an earlier run; Redis has no order, and gives all of them again, some twice
   */
  pages(after?: string): AsyncGenerator<RowPage>;
  /** All keys, in no order. */
  keys(): AsyncGenerator<readonly string[]>;
  /** How many rows there are. */
  count(): Promise<number>;
  /** Values by key; those that are not there are left out. */
  get(keys: readonly string[]): Promise<Map<string, string>>;
  /** Adds or replaces. Several thousand at the most; durable when it resolves. */
  put(rows: readonly Row[]): Promise<void>;
  remove(key: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * `look`: beside a running bot; what is seen is of one moment (on Redis, of the moments of reading). `alone`: to
 * change things, and so refused while a bot uses the database.
 */
export type RowsUse = 'look' | 'alone';

/** Rows of a page. */
export const rowsAtOnce = 500;

/** Connections of the bot itself are called so at databases that take a name; those of its tools begin likewise. */
export const botName = 'interview-drills';
export const toolName = `${botName}-tool`;
