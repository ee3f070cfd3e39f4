import { z } from 'zod';
import { askedSchema } from '../asking/asked.js';
import { answerSchema, kinds, levels } from '../bank/question.js';
import { logType } from '../store/log.js';
import { recordType } from '../store/store.js';

const cardSchema = z.object({
  /** The server, or undefined in a direct message. */
  guildId: z.string().optional(),
  channelId: z.string(),
  /** Undefined for a private card, and until Discord has accepted a public one. */
  messageId: z.string().optional(),
  /** `nobody` when the asker had their data removed. */
  askerId: z.string(),
  isPrivate: z.boolean(),
  asked: askedSchema,
  filter: z.object({
    level: z.enum(levels).optional(),
    topic: z.string().optional(),
    kind: z.enum(kinds).optional(),
  }),
  askedAt: z.int(),
  revealedAt: z.int().optional(),
  /** By member; the first answer counts. */
  answers: z.record(z.string(), z.object({ answer: answerSchema, right: z.boolean().optional() })),
});
/** A question that was put up with `/question`. */
export type PracticeCard = z.infer<typeof cardSchema>;
export type PracticeFilter = PracticeCard['filter'];

/** By the id of the interaction that asked for the card. */
export const cardRecord = recordType('card', cardSchema);

/** The ids of all cards of a scope (a server's id, or `dm-<user>`), so that they can be found and removed. */
export const askedCardsLog = logType('asked-cards', z.string());

/** Public cards that wait for their reveal, by server (`direct` for direct messages): id and asking time. */
export const openCardsRecord = recordType('cards', z.record(z.string(), z.int()));
