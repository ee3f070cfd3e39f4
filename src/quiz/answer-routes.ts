import { z } from 'zod';
import { lettersArg, placeArg } from '../asking/custom-id-args.js';
import { notForThis } from '../asking/words.js';
import type { Bank } from '../bank/bank.js';
import { mostOptions } from '../bank/question.js';
import type { ComponentInteraction } from '../discord/command.js';
import { snowflake } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { type Reply, type Route, route } from '../discord/route.js';
import { QuizAnswering } from './answering.js';
import type { Quizzes } from './service.js';
import { mostRounds } from './settings.js';

/** What answers a round: letters, the picker of several, and the form for words. */
export function answerRoutes(quizzes: Quizzes, bank: Bank): Record<string, Route> {
  const answering = new QuizAnswering(quizzes, bank);
  const ofRound = z.tuple([snowflake, placeArg(mostRounds)]);
  const answers = <A extends [string, number, ...unknown[]]>(
    args: z.ZodType<A>,
    handle: (
      interaction: ComponentInteraction,
      where: { id: string; round: number },
      args: A,
    ) => Promise<void>,
    reply: Reply = 'private',
  ): Route =>
    route({
      reply,
      args,
      belongsTo: async ([id]) => quizzes.placeOf(id),
      handle: (interaction, given) => handle(interaction, { id: given[0], round: given[1] }, given),
    });
  return {
    a: answers(
      z.tuple([snowflake, placeArg(mostRounds), placeArg(mostOptions)]),
      (interaction, where, [, , letter]) => answering.letter(interaction, where, letter),
    ),
    choose: answers(ofRound, (interaction, where) => answering.choose(interaction, where)),
    form: answers(ofRound, (interaction, where) => {
      if (!interaction.isButton()) throw new UserError(notForThis);
      return answering.form(interaction, where);
    }),
    text: answers(
      z.tuple([snowflake, placeArg(mostRounds), z.string().regex(/^\d+$/)]),
      (interaction, where) => answering.text(interaction, where),
    ),
    pick: answers(
      z.tuple([snowflake, placeArg(mostRounds), lettersArg, placeArg(mostOptions)]),
      (interaction, where, [, , chosen, letter]) => answering.pick(interaction, where, chosen, letter),
      'edits',
    ),
    done: answers(
      z.tuple([snowflake, placeArg(mostRounds), lettersArg]),
      (interaction, where, [, , chosen]) => answering.done(interaction, where, chosen),
      'edits',
    ),
  };
}
