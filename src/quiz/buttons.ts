import { z } from 'zod';
import { answererOf } from '../asking/card-answers.js';
import { lettersArg, placeArg } from '../asking/custom-id-args.js';
import type { Bank } from '../bank/bank.js';
import { mostOptions } from '../bank/question.js';
import type { ComponentInteraction } from '../discord/command.js';
import { snowflake } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { reply, update, whisper } from '../discord/respond.js';
import { type Reply, type Route, route } from '../discord/route.js';
import type { SessionStarter } from '../session/wanted.js';
import { QuizAnswering } from './answering.js';
import { requireHost, tellHost } from './host.js';
import { myAnswersCard } from './my-answers.js';
import { missedQuestions } from './recap.js';
import { reviewMissed } from './review-missed.js';
import type { Quizzes } from './service.js';
import { defaultLobby } from './settings.js';
import { startQuiz } from './start.js';
import { QuizThreads } from './threads.js';
import * as words from './words.js';

const mostRounds = 30;

/** The buttons on a quiz's cards. */
export function quizRoutes(
  quizzes: Quizzes,
  bank: Bank,
  sessions: SessionStarter,
): Readonly<Record<string, Route>> {
  const belongsTo = async ([id]: readonly [string, ...unknown[]]) => quizzes.placeOf(id);
  const one = z.tuple([snowflake]);
  const says = (handle: (interaction: ComponentInteraction, id: string) => Promise<string>): Route =>
    route({
      reply: 'private',
      args: one,
      belongsTo,
      handle: async (interaction, [id]) => whisper(interaction, await handle(interaction, id)),
    });
  /** What only the host may press, on a card of a round. */
  const atHost = (how: Reply, kind: 'next' | 'pause' | 'extend'): Route =>
    route({
      reply: how,
      args: z.tuple([snowflake, placeArg(mostRounds)]),
      belongsTo,
      async handle(interaction, [id, round]) {
        await requireHost(quizzes, id, interaction, words.toDo.pace);
        const { outcome } = await quizzes.act(id, { kind, round });
        await tellHost(quizzes, interaction, { id, round, kind, outcome });
      },
    });
  const answering = new QuizAnswering(quizzes, bank);
  const threads = new QuizThreads(quizzes, bank);
  const ofRound = z.tuple([snowflake, placeArg(mostRounds)]);
  const answers = <A extends [string, number, ...unknown[]]>(
    args: z.ZodType<A>,
    handle: (
      interaction: ComponentInteraction,
      where: { id: string; round: number },
      args: A,
    ) => Promise<void>,
    how: Reply = 'private',
  ): Route =>
    route({
      reply: how,
      args,
      belongsTo,
      handle: (interaction, given) => handle(interaction, { id: given[0], round: given[1] }, given),
    });
  return {
    a: answers(
      z.tuple([snowflake, placeArg(mostRounds), placeArg(mostOptions)]),
      (interaction, where, [, , letter]) => answering.letter(interaction, where, letter),
    ),
    choose: answers(ofRound, (interaction, where) => answering.choose(interaction, where)),
    form: answers(ofRound, (interaction, where) => {
      if (!interaction.isButton()) throw new UserError(words.notForThisWords);
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
    join: says(async (interaction, id) => {
      const { id: member, name } = answererOf(interaction);
      const { outcome } = await quizzes.act(id, { kind: 'join', member, name });
      if (outcome === 'over') throw new UserError(words.overWords);
      return outcome === 'done' ? words.joinWords.done : words.joinWords.already;
    }),
    leave: says(async (interaction, id) => {
      const { outcome } = await quizzes.act(id, { kind: 'leave', member: interaction.user.id });
      if (outcome === 'over') throw new UserError(words.overWords);
      return outcome === 'done' ? words.leaveWords.done : words.leaveWords.absent;
    }),
    switch: says(async (interaction, id) => {
      const member = interaction.user.id;
      const { outcome, game } = await quizzes.act(id, { kind: 'switch', member });
      if (outcome !== 'done')
        throw new UserError(outcome === 'absent' ? words.switchWords.absent : words.switchWords.nothing);
      return words.switchWords.done(game.players[member]?.team ?? 0);
    }),
    start: says(async (interaction, id) => {
      await requireHost(quizzes, id, interaction, words.toDo.start);
      const { outcome } = await quizzes.act(id, { kind: 'begin' });
      if (outcome !== 'done')
        throw new UserError(outcome === 'over' ? words.overWords : words.startedWords.nothing);
      return words.startedWords.done;
    }),
    next: atHost('edits', 'next'),
    pause: atHost('edits', 'pause'),
    extend: atHost('private', 'extend'),
    discuss: route({
      reply: 'private',
      args: ofRound,
      belongsTo,
      handle: async (interaction, [id, round]) =>
        whisper(interaction, words.threadWords(await threads.discuss(interaction, id, round))),
    }),
    mine: route({
      reply: 'private',
      args: one,
      belongsTo,
      handle: async (interaction, [id]) => reply(interaction, await mine(quizzes, bank, interaction, id, 0)),
    }),
    page: route({
      reply: 'edits',
      args: z.tuple([snowflake, placeArg(mostRounds)]),
      belongsTo,
      handle: async (interaction, [id, page]) =>
        update(interaction, await mine(quizzes, bank, interaction, id, page)),
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
        await startQuiz(quizzes, bank, interaction, { ...settings, lobby: settings.lobby || defaultLobby });
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
        await startQuiz(quizzes, bank, interaction, {
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

async function mine(
  quizzes: Quizzes,
  bank: Bank,
  interaction: ComponentInteraction,
  id: string,
  page: number,
) {
  const member = interaction.user.id;
  const card = await quizzes.look(id, (state) => ({
    isOver: state.game.phase.name === 'over',
    render: state.game.phase.name === 'over' && myAnswersCard(state, member, bank, page),
  }));
  if (!card) throw new UserError(words.goneWords);
  if (!card.render) throw new UserError(words.answersLaterWords);
  return card.render;
}
