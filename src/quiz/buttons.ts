import { PermissionFlagsBits } from 'discord.js';
import { letters } from '../asking/asked.js';
import { answererOf } from '../asking/card-answers.js';
import type { Bank } from '../bank/bank.js';
import type { ComponentInteraction, ComponentRoute } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { type Repliable, reply, whisper } from '../discord/respond.js';
import { myAnswersCard, quizFeature } from './cards.js';
import type { Settings } from './rules.js';
import type { QuizRun } from './run.js';
import type { QuizHost } from './service.js';
import { startQuiz } from './start.js';

const overWords = 'This quiz is over. `/quiz start` opens a new one.';

/** The buttons on a quiz's cards. */
export function quizButtons(host: QuizHost, bank: Bank): ComponentRoute {
  const actions: Record<
    string,
    (interaction: ComponentInteraction, args: readonly string[]) => Promise<void>
  > = {
    a: (interaction, args) => answer(host, interaction, args),
    join: async (interaction, [id = '']) => {
      const { id: member, name } = answererOf(interaction);
      const outcome = await (await runOf(host, id)).join(member, name);
      if (outcome === 'over') throw new UserError(overWords);
      await whisper(interaction, outcome === 'joined' ? 'You are in. Good luck!' : 'You are in already.');
    },
    leave: async (interaction, [id = '']) => {
      const outcome = await (await runOf(host, id)).leave(interaction.user.id);
      if (outcome === 'over') throw new UserError(overWords);
      await whisper(
        interaction,
        outcome === 'left'
          ? 'You have left the quiz. Points you earned stay yours.'
          : 'You are not in this quiz.',
      );
    },
    start: async (interaction, [id = '']) => {
      const run = await runOf(host, id);
      requireHost(run, interaction, 'start it now');
      if (!(await run.begin())) throw new UserError('This quiz has started already.');
      await whisper(interaction, 'Here we go!');
    },
    mine: async (interaction, [id = '']) => {
      const state = await host.recall(id);
      if (!state) throw new UserError('This quiz is no longer stored.');
      if (state.game.phase.name !== 'over')
        throw new UserError('Your answers are shown when the quiz is over.');
      await reply(interaction, myAnswersCard(state, interaction.user.id, bank));
    },
    again: async (interaction, [id = '']) => {
      const state = await host.recall(id);
      if (!state) throw new UserError('This quiz is no longer stored. `/quiz start` opens a new one.');
      const settings: Settings = state.game.settings;
      await startQuiz(host, bank, interaction, { ...settings, lobby: settings.lobby || defaultLobby });
    },
  };
  return {
    feature: quizFeature,
    async handle(interaction, action, args) {
      const act = actions[action];
      if (!act) throw new UserError(overWords);
      await act(interaction, args);
    },
  };
}

/** Seconds; `Play again` opens a lobby even after a quiz that had none. */
const defaultLobby = 30;

/**
 * Stopping, skipping and starting at once are for the host and for members with Manage Messages.
 * @throws {UserError} for everybody else
 */
export function requireHost(run: QuizRun, interaction: Repliable, to: string): void {
  const isHost = interaction.user.id === run.game.hostId;
  const isModerator = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
  if (!isHost && !isModerator)
    throw new UserError(
      `Only the quiz's host, <@${run.game.hostId}>, or a member with Manage Messages can ${to}.`,
    );
}

async function runOf(host: QuizHost, id: string): Promise<QuizRun> {
  const run = await host.running(id);
  if (!run) throw new UserError(overWords);
  return run;
}

async function answer(
  host: QuizHost,
  interaction: ComponentInteraction,
  [id = '', round = '', letter = '']: readonly string[],
): Promise<void> {
  const run = await runOf(host, id);
  const { id: member, name } = answererOf(interaction);
  const at = interaction.createdTimestamp;
  const verdict = await run.answer({ round: Number(round), letter: Number(letter), member, name, at });
  switch (verdict.kind) {
    case 'recorded':
      return whisper(
        interaction,
        `Recorded: **${letters[verdict.given.letter]}**. The answer comes when the round ends.`,
      );
    case 'already':
      return whisper(interaction, `Your first press counts: **${letters[verdict.letter]}** is recorded.`);
    case 'late':
      throw new UserError('Too late: this round is over.');
    case 'invalid':
      throw new UserError('That is not one of the options of this round.');
    default:
      return verdict satisfies never;
  }
}
