import { z } from 'zod';
import { answererOf } from '../asking/card-answers.js';
import { placeArg } from '../asking/custom-id-args.js';
import type { Bank } from '../bank/bank.js';
import type { ComponentInteraction } from '../discord/command.js';
import { snowflake } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { whisper } from '../discord/respond.js';
import { type Reply, type Route, route } from '../discord/route.js';
import type { SessionStarter } from '../session/wanted.js';
import { answerRoutes } from './answer-routes.js';
import { requireHost, tellHost } from './host.js';
import { resultRoutes } from './result-routes.js';
import type { Quizzes } from './service.js';
import { mostRounds } from './settings.js';
import type { QuizThreads } from './threads.js';
import * as words from './words.js';

/** The buttons on a quiz's cards. */
export function quizRoutes(
  quizzes: Quizzes,
  bank: Bank,
  threads: QuizThreads,
  sessions: SessionStarter,
): Readonly<Record<string, Route>> {
  const belongsTo = async ([id]: readonly [string, ...unknown[]]) => quizzes.placeOf(id);
  const one = z.tuple([snowflake]);
  const ofRound = z.tuple([snowflake, placeArg(mostRounds)]);
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
      args: ofRound,
      belongsTo,
      async handle(interaction, [id, round]) {
        await requireHost(quizzes, id, interaction, words.toDo.pace);
        const { outcome } = await quizzes.act(id, { kind, round });
        await tellHost(quizzes, interaction, { id, round, kind, outcome });
      },
    });
  return {
    ...answerRoutes(quizzes, bank),
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
      const { outcome, team = 0 } = await quizzes.act(id, { kind: 'switch', member });
      if (outcome !== 'done')
        throw new UserError(outcome === 'absent' ? words.switchWords.absent : words.switchWords.nothing);
      return words.switchWords.done(team);
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
    ...resultRoutes(quizzes, bank, sessions),
  };
}
