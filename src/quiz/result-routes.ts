import { z } from 'zod';
import { placeArg } from '../asking/custom-id-args.js';
import type { Bank } from '../bank/bank.js';
import { snowflake } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { reply, update } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import type { SessionStarter } from '../session/wanted.js';
import { myAnswersCard } from './my-answers.js';
import { missedQuestions } from './recap.js';
import { reviewMissed } from './review-missed.js';
import type { Quizzes } from './service.js';
import { defaultLobby, mostRounds } from './settings.js';
import { startQuiz } from './start.js';
import * as words from './words.js';

/** What the card with the results leads to: one's own answers, a review of them, another quiz. */
export function resultRoutes(quizzes: Quizzes, bank: Bank, sessions: SessionStarter): Record<string, Route> {
  const belongsTo = async ([id]: readonly [string, ...unknown[]]) => quizzes.placeOf(id);
  const one = z.tuple([snowflake]);
  return {
    mine: route({
      reply: 'private',
      args: one,
      belongsTo,
      handle: async (interaction, [id]) =>
        reply(interaction, await mine({ quizzes, bank, id, page: 0 }, interaction.user.id)),
    }),
    page: route({
      reply: 'edits',
      args: z.tuple([snowflake, placeArg(mostRounds)]),
      belongsTo,
      handle: async (interaction, [id, page]) =>
        update(interaction, await mine({ quizzes, bank, id, page }, interaction.user.id)),
    }),
    review: route({
      reply: 'private',
      args: one,
      belongsTo,
      handle: (interaction, [id]) => reviewMissed(quizzes, sessions, interaction, id),
    }),
    again: route({
      reply: 'public',
      args: one,
      belongsTo,
      async handle(interaction, [id]) {
        const settings = await quizzes.look(id, ({ game }) => game.settings);
        if (!settings) throw new UserError(words.goneWords);
        await startQuiz(quizzes, interaction, { ...settings, lobby: settings.lobby || defaultLobby });
      },
    }),
    retry: route({
      reply: 'public',
      args: one,
      belongsTo,
      async handle(interaction, [id]) {
        const found = await quizzes.look(id, (state) => ({
          settings: state.game.settings,
          questions: state.game.phase.name === 'over' ? missedQuestions(state) : [],
        }));
        if (!found) throw new UserError(words.goneWords);
        if (found.questions.length === 0) throw new UserError(words.nobodyMissedWords);
        const { settings, questions } = found;
        const lobby = settings.lobby || defaultLobby;
        const rounds = questions.length;
        await startQuiz(quizzes, interaction, {
          ...settings,
          lobby,
          from: 'missed',
          questions,
          rounds,
        });
      },
    }),
  };
}

interface OwnPage {
  readonly quizzes: Quizzes;
  readonly bank: Bank;
  readonly id: string;
  readonly page: number;
}

async function mine({ quizzes, bank, id, page }: OwnPage, member: string) {
  const card = await quizzes.look(id, (state) => ({
    render: state.game.phase.name === 'over' && myAnswersCard(state, member, bank, page),
  }));
  if (!card) throw new UserError(words.goneWords);
  if (!card.render) throw new UserError(words.answersLaterWords);
  return card.render;
}
