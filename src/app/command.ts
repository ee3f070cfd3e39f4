import type { Logger } from 'pino';
import type { Random } from '../asking/asked.js';
import type { Bank } from '../bank/bank.js';
import type { DailyPoster } from '../daily/service.js';
import type { SlashCommand } from '../discord/command.js';
import type { Messenger } from '../discord/outgoing.js';
import type { Interviews } from '../interview/service.js';
import type { Ledger } from '../ledger/service.js';
import type { QuizNights } from '../night/service.js';
import type { Hidden } from '../people/hidden.js';
import type { Plans } from '../plan/service.js';
import type { Privacy } from '../privacy/service.js';
import type { Profiles } from '../profiles/service.js';
import type { Practice } from '../question/service.js';
import type { Quizzes } from '../quiz/service.js';
import type { Reviews } from '../review/service.js';
import type { SessionStarter } from '../session/wanted.js';
import type { Stats } from '../stats/service.js';
import type { Clock } from '../time/clock.js';
import type { Metrics } from './metrics.js';

/** What commands can ask. */
export interface Services {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly bank: Bank;
  readonly messenger: Messenger;
  readonly metrics: Metrics;
  readonly ledger: Ledger;
  readonly profiles: Profiles;
  readonly practice: Practice;
  readonly quiz: Quizzes;
  readonly daily: DailyPoster;
  readonly interviews: Interviews;
  readonly plans: Plans;
  readonly stats: Stats;
  readonly review: Reviews;
  readonly sessions: SessionStarter;
  readonly nights: QuizNights;
  readonly hidden: Hidden;
  readonly privacy: Privacy;
  /** The server's time zone (IANA), by which its days, weeks and months are counted; `UTC` until it chose one. */
  zoneOf(guildId: string): Promise<string>;
  /** The open daily question of a server, by which streaks are judged. */
  openDaily(
    guildId: string,
  ): Promise<{ readonly date: string; readonly previous?: string | undefined } | undefined>;
}

/** One slash command: the default export of a file in `commands/`. */
export type Command = SlashCommand<Services>;
