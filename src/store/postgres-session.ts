import pg from 'pg';
import { Heard, moment } from './heard.js';

export const connectTimeoutMs = 5_000;
/**
 * A server that takes connections and says nothing (a frozen disk, a cut network) must not be waited for without
 * end. The server gives up first, so that what the bot counts as failed is not carried out later.
 */
export const statementTimeoutMs = 6_000;
export const queryTimeoutMs = 8_000;

/**
 * The server ends a session that says nothing for this long, and its locks go with it: the process is frozen, or its
 * machine or network is gone without a word.
 */
export const silenceMs = 6_000;
const pingMs = 1_500;
/** A ping that is not answered by then: the session counts as lost, a moment before the server's own judgement. */
const answerMs = 5_000;

/** Servers before 14 do not know this setting. */
const unknownSetting = '42704';

/** One connection that lives as long as what the server ties to it: its advisory locks. It is never opened again. */
export class PostgresSession {
  /** Resolves with the reason when the connection is gone without having been closed. */
  readonly lost: Promise<Error>;
  /** Whether the server ends the session of a process that is frozen. */
  readonly endsWhenSilent: boolean;
  readonly #client: pg.Client;
  readonly #lose: (reason: Error) => void;
  /** When the last statement that was answered had been sent: the server counts its silence from later on. */
  readonly #heard = new Heard();
  #pingedMs: number | undefined;
  #underWay = 0;
  #isOpen = true;
  readonly #pings: NodeJS.Timeout;

  private constructor(client: pg.Client, endsWhenSilent: boolean) {
    this.#client = client;
    this.endsWhenSilent = endsWhenSilent;
    let lose = (_reason: Error): void => {};
    this.lost = new Promise((resolve) => {
      lose = resolve;
    });
    this.#lose = lose;
    client.on('error', (error) => this.#end(error));
    client.on('end', () => this.#end(new Error('the database has ended the connection')));
    this.#pings = setInterval(() => this.#ping(), pingMs);
  }

  /** @param name stands in the server's list of connections */
  static async open(url: string, name: string): Promise<PostgresSession> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      statement_timeout: statementTimeoutMs,
      lock_timeout: statementTimeoutMs,
      query_timeout: queryTimeoutMs,
      application_name: name,
    });
    // Unheard, a connection that breaks while it is opened would end the process.
    client.on('error', () => {});
    await client.connect();
    return new PostgresSession(client, await limitSilence(client));
  }

  /** Whether the server cannot have ended the session yet for its silence. */
  isSure(): boolean {
    return this.#isOpen && !this.#heard.mayBeSilentFor(silenceMs);
  }

  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    if (!this.#isOpen) throw new Error('the connection to the database is lost');
    const sent = moment();
    this.#underWay += 1;
    try {
      const { rows } = await this.#client.query<Row>(sql, values);
      this.#heard.note(sent);
      return rows;
    } catch (error) {
      // A statement that the server refuses leaves the session whole. Of anything else nobody knows what became of it.
      if (!isRefusal(error)) this.#end(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Gives back what is tied to the session. Never rejects. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearInterval(this.#pings);
    await this.#client.end().catch(() => undefined);
  }

  /** A statement under way is as good, and has a time limit of its own. */
  #ping(): void {
    if (this.#underWay > 0) {
      if (this.#pingedMs !== undefined && this.#heard.silentMs > answerMs)
        this.#end(new Error(`the database has not answered for ${answerMs / 1_000} s`));
      return;
    }
    this.#pingedMs = performance.now();
    const answered = (): void => {
      this.#pingedMs = undefined;
    };
    // What becomes of the session has been told by then.
    this.query('SELECT 1').then(answered, answered);
  }

  #end(reason: Error): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearInterval(this.#pings);
    this.#lose(reason);
    // A connection that has been cut does not answer a farewell.
    this.#client.end().catch(() => undefined);
  }
}

async function limitSilence(client: pg.Client): Promise<boolean> {
  try {
    await client.query(`SET idle_session_timeout = ${silenceMs}`);
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === unknownSetting) return false;
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Not of the connection: an error of severity FATAL ends it. */
const isRefusal = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC';
