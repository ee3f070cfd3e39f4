import { z } from 'zod';
import { letters } from '../asking/asked.js';
import { answererOf } from '../asking/card-answers.js';
import type { Bank } from '../bank/bank.js';
import { mostOptions } from '../bank/question.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { reply, update, whisper } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import { requireHost } from './host.js';
import { myAnswersCard } from './my-answers.js';
import type { Quizzes } from './service.js';
import { defaultLobby } from './settings.js';
import { startQuiz } from './start.js';
import * as words from './words.js';

const snowflake = z.string().regex(/^\d{17,20}$/);
const upTo = (most: number) =>
  z
    .string()
    .regex(/^(0|[1-9]\d?)$/)
    .transform(Number)
    .refine((value) => value < most);
const mostRounds = 30;

/** The buttons on a quiz's cards. */
export function quizRoutes(quizzes: Quizzes, bank: Bank): Readonly<Record<string, Route>> {
  const belongsTo = async ([id]: readonly [string, ...unknown[]]) => quizzes.placeOf(id);
  const one = z.tuple([snowflake]);
  const says = (handle: (interaction: ComponentInteraction, id: string) => Promise<string>): Route =>
    route({
      reply: 'private',
      args: one,
      belongsTo,
      handle: async (interaction, [id]) => whisper(interaction, await handle(interaction, id)),
    });
  return {
    a: route({
      reply: 'private',
      args: z.tuple([snowflake, upTo(mostRounds), upTo(mostOptions)]),
      belongsTo,
      async handle(interaction, [id, round, letter]) {
        const { id: member, name } = answererOf(interaction);
        const at = interaction.createdTimestamp;
        const press = { round, member, name, shown: [letter], at };
        await whisper(interaction, receipt(letter, await quizzes.answer(id, press)));
      },
    }),
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
    start: says(async (interaction, id) => {
      await requireHost(quizzes, id, interaction, words.toDo.start);
      const { outcome } = await quizzes.act(id, { kind: 'begin' });
      if (outcome !== 'done')
        throw new UserError(outcome === 'over' ? words.overWords : words.startedWords.nothing);
      return words.startedWords.done;
    }),
    mine: route({
      reply: 'private',
      args: one,
      belongsTo,
      handle: async (interaction, [id]) => reply(interaction, await mine(quizzes, bank, interaction, id, 0)),
    }),
    page: route({
      reply: 'edits',
      args: z.tuple([snowflake, upTo(mostRounds)]),
      belongsTo,
      handle: async (interaction, [id, page]) =>
        update(interaction, await mine(quizzes, bank, interaction, id, page)),
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
  };
}

/** @throws {UserError} for a press that does not count */
function receipt(letter: number, { outcome, earlier }: Awaited<ReturnType<Quizzes['answer']>>): string {
  const nameOf = (shown: readonly number[]) => shown.map((one) => letters[one]).join('');
  switch (outcome) {
    case 'done':
      return words.recordedWords(nameOf([letter]));
    case 'already':
      return words.firstCountsWords(nameOf(earlier?.shown ?? []));
    case 'early':
      throw new UserError(words.earlyWords);
    case 'invalid':
      throw new UserError(words.noSuchOptionWords);
    default:
      throw new UserError(words.lateWords);
  }
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
