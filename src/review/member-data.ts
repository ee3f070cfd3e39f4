import { z } from 'zod';
import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';
import { deckCardSchema, reviewerSchema } from './records.js';
import { reminderSchema } from './remind/records.js';

const deckPartSchema = z.object({
  /** By the question's id. */
  cards: z.record(z.string(), deckCardSchema),
  ...reviewerSchema.shape,
});
/** A member's deck, as it is exported. */
export type DeckPart = z.infer<typeof deckPartSchema>;

export const deckOfMember = memberData(deckPartSchema, ({ cards, sureness }) => {
  const judged = Object.values(sureness).flatMap((ofTopic) => Object.values(ofTopic));
  const answers = judged.reduce((sum, [, all]) => sum + all, 0);
  return [
    `${count(Object.keys(cards).length, 'question')} that ${Object.keys(cards).length === 1 ? 'comes' : 'come'} back for review`,
    ...(answers > 0 ? [`how sure you were of ${count(answers, 'answer')}`] : []),
  ];
});

export const reminderOfMember = memberData(reminderSchema, () => ['when you want to be reminded of reviews']);
