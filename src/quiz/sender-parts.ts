import type { Logger } from 'pino';
import type { LatenessMetrics } from '../asking/answer-metrics.js';
import type { Bank } from '../bank/bank.js';
import type { CoalescedEdits } from '../discord/edits.js';
import type { Messenger } from '../discord/outgoing.js';
import type { SentMessages } from '../discord/sent.js';
import type { Clock } from '../time/clock.js';
import type { QuizStorage } from './storage.js';

/** What a quiz's messages are sent with. */
export interface SenderParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly bank: Bank;
  readonly messenger: Messenger;
  readonly edits: CoalescedEdits;
  readonly storage: QuizStorage;
  readonly sent: SentMessages;
  readonly metrics: LatenessMetrics;
}
