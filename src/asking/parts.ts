import type { Logger } from 'pino';
import type { Outcomes } from '../asked/outcomes.js';
import type { AskedIndex } from '../asked/service.js';
import type { Bank } from '../bank/bank.js';
import type { Draws } from '../bank/draws.js';
import type { CoalescedEdits } from '../discord/edits.js';
import type { Messenger } from '../discord/outgoing.js';
import type { SentMessages } from '../discord/sent.js';
import type { Ledger } from '../ledger/service.js';
import type { Hidden } from '../people/hidden.js';
import type { Profiles } from '../profiles/service.js';
import type { Memory } from '../store/held.js';
import type { Clock } from '../time/clock.js';
import type { AnswerMetrics, LatenessMetrics } from './answer-metrics.js';
import type { Random } from './asked.js';

/** What the composition root hands to features that ask questions; each takes what it needs of it. */
export interface Parts {
  readonly memory: Memory;
  /** Shows Discord's time: what it stamps can be held against it. */
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
  readonly bank: Bank;
  readonly draws: Draws;
  readonly messenger: Messenger;
  /** Finds messages whose ids were lost in a crash. */
  readonly sent: SentMessages;
  readonly edits: CoalescedEdits;
  readonly ledger: Ledger;
  readonly profiles: Profiles;
  /** Members whom nothing names that everybody sees. */
  readonly hidden: Hidden;
  /** What was asked, and what members met. */
  readonly asked: AskedIndex;
  /** Where answers are told of when they count. */
  readonly outcomes: Outcomes;
  readonly metrics: AnswerMetrics & LatenessMetrics;
  /** The server's time zone (IANA), by which its days, weeks and months are counted; `UTC` until it chose one. */
  readonly zoneOf: (guildId: string) => Promise<string>;
}
