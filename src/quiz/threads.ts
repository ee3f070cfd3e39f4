import { Routes } from 'discord.js';
import { isCurrent } from '../asking/asked.js';
import { heading, questionText, solutionText } from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import type { ComponentInteraction } from '../discord/command.js';
import { accent, container, separator, text } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import { messageBody, type Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import { archiveAfter, isThreadRefused, longestThreadName, restThreads } from '../discord/threads.js';
import type { Round } from './game.js';
import type { Quizzes } from './service.js';
import * as words from './words.js';

/** Threads in which questions of a quiz that is over are discussed, one for each. */
export class QuizThreads {
  readonly #quizzes: Quizzes;
  readonly #bank: Bank;
  /** By quiz and round: being opened. */
  readonly #opening = new Map<string, Promise<string>>();

  constructor(quizzes: Quizzes, bank: Bank) {
    this.#quizzes = quizzes;
    this.#bank = bank;
  }

  /** @returns the thread's id @throws {UserError} where there can be none */
  discuss(interaction: ComponentInteraction, id: string, round: number): Promise<string> {
    const key = `${id} ${round}`;
    const opening =
      this.#opening.get(key) ??
      this.#open(interaction, id, round).finally(() => {
        this.#opening.delete(key);
      });
    this.#opening.set(key, opening);
    return opening;
  }

  async #open(interaction: ComponentInteraction, id: string, index: number): Promise<string> {
    const found = await this.#quizzes.look(id, ({ game, isAskedNow }) => ({
      round: game.rounds[index],
      isOver: game.phase.name === 'over',
      isAsked: isAskedNow?.(game.rounds[index]?.asked.questionId ?? '') ?? false,
    }));
    if (!found?.round || !found.isOver) throw new UserError(words.goneWords);
    const { round } = found;
    if (round.threadId) return round.threadId;
    if (found.isAsked) throw new UserError(words.askedAgainWords);
    const { name, card } = this.#about(round);
    const { rest } = interaction.client;
    try {
      const threadId = await restThreads(rest, () => interaction.client.user.id).open({
        channelId: interaction.channelId ?? '',
        name,
        secret: false,
        archiveAfterMinutes: archiveAfter.day,
      });
      await this.#quizzes.noteThread(id, index, threadId);
      await rest.post(Routes.channelMessages(threadId), { body: messageBody(card, { rest }) });
      return threadId;
    } catch (error) {
      if (isThreadRefused(error)) throw new UserError(words.noThreadWords);
      throw error;
    }
  }

  /** The question with its answer and why, and the thread's name. */
  #about({ asked }: Round): { name: string; card: Outgoing } {
    const question = this.#bank.get(asked.questionId, asked.rev);
    if (!isCurrent(question, asked)) throw new UserError(words.lostQuestionWords);
    const topicTitle = this.#bank.titleOf(question.topic);
    return {
      name: cut(question.prompt.replaceAll('`', ''), longestThreadName),
      card: {
        components: [
          container(
            [
              text(heading(question, topicTitle)),
              ...questionText(question, asked),
              separator(),
              ...solutionText(question, asked),
            ],
            accent,
          ),
        ],
      },
    };
  }
}
