import { z } from 'zod';
import { askedSchema } from '../asking/asked.js';
import { answerSchema, kinds, levels } from '../bank/question.js';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';

export const givenSchema = z.object({
  answer: answerSchema,
  /** Absent for open questions, which people judge. */
  right: z.boolean().optional(),
  /** When Discord took the answer; absent for answers of before this was kept. */
  at: z.int().optional(),
});

const cardSchema = z.object({
  /** The server, or undefined in a direct message. */
  guildId: z.string().optional(),
  channelId: z.string(),
  /** Undefined for a private card, and while it is not known where a public one is. */
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
  /** From here on no answer counts. */
  revealedAt: z.int().optional(),
  /** True from the reveal until the message shows the answer. */
  toShow: z.boolean().optional(),
  /** By member: the answer to a private card, and to public ones of before {@link cardAnswersLog}. */
  answers: z.record(z.string(), givenSchema),
});
/** A question that was put up with `/question`. Never changed in place. */
export type PracticeCard = z.infer<typeof cardSchema>;
export type PracticeAnswer = z.infer<typeof givenSchema>;
export type PracticeFilter = PracticeCard['filter'];

const rowSchema = z.object({ member: z.string(), ...givenSchema.shape });
export type PracticeAnswerRow = z.infer<typeof rowSchema>;

/** By card: the answers to a public one, of which there can be thousands. A member's first counts. */
export const cardAnswersLog = logType<PracticeAnswerRow>('card-answers', rowSchema);

/** By member. */
export type CardAnswersGiven = ReadonlyMap<string, PracticeAnswer>;

/** By the id of the interaction that asked for the card. */
export const cardRecord = recordType('card', cardSchema);

/** The ids of all cards of a scope (a server's id, or `dm-<user>`), so that they can be found and removed. */
export const askedCardsLog = logType('asked-cards', z.string());

/**
 * Public cards whose messages do not show the answer yet, by server (`direct` for direct messages): id, and when it
 * was asked, or 0 once the answer is to be shown.
 */
export const openCardsRecord = recordType('cards', z.record(z.string(), z.int()));
