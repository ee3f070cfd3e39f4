import type { Logger } from 'pino';
import type { Random } from './asking/asked.js';
import type { Bank } from './bank/bank.js';
import type { Clock } from './clock.js';
import type { DailyPoster } from './daily/poster.js';
import type { Messenger } from './discord/outgoing.js';
import type { Metrics } from './metrics.js';
import type { Practice } from './practice/practice.js';
import type { QuizHost } from './quiz/host.js';
import type { Scores } from './scores/ledger.js';
import type { Profiles } from './scores/profiles.js';

/** What commands can ask. */
export interface Services {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly bank: Bank;
  readonly messenger: Messenger;
  readonly metrics: Metrics;
  readonly scores: Scores;
  readonly profiles: Profiles;
  readonly practice: Practice;
  readonly quiz: QuizHost;
  readonly daily: DailyPoster;
  /** The server's time zone (IANA), by which its days, weeks and months are counted; `UTC` until it chose one. */
  zoneOf(guildId: string): Promise<string>;
  /** Ids of the registered commands by name, for clickable mentions. */
  commandIds(): ReadonlyMap<string, string>;
}
