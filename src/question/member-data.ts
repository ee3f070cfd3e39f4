import { z } from 'zod';
import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';
import { givenSchema } from './records.js';

const cardPartSchema = z.object({
  id: z.string(),
  channelId: z.string(),
  /** The question's id in the bank. */
  question: z.string(),
  askedAt: z.int(),
  isPrivate: z.boolean(),
  askedByYou: z.boolean(),
  revealedAt: z.int().optional(),
  /** Until the reveal without whether it was right, and with letters as they stood on the card for what was picked. */
  yourAnswer: z
    .object({
      ...givenSchema.shape,
      answer: givenSchema.shape.answer.optional(),
      letters: z.string().optional(),
    })
    .optional(),
});
/** A question card as it is exported to who asked or answered it. */
export type CardPart = z.infer<typeof cardPartSchema>;

export const cardsOfMember = memberData(z.array(cardPartSchema), (cards) => {
  const asked = cards.filter(({ askedByYou }) => askedByYou).length;
  const answered = cards.filter(({ yourAnswer }) => yourAnswer).length;
  return [
    ...(asked > 0 ? [`${count(asked, 'question card')} that you asked for`] : []),
    ...(answered > 0 ? [`${count(answered, 'answer')} to question cards`] : []),
  ];
});
