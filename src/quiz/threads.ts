import { ChannelType, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import { isCurrent } from '../asking/asked.js';
import { heading, questionText, solutionText } from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import { isUnreachable } from '../discord/api-errors.js';
import type { ComponentInteraction } from '../discord/command.js';
import { accent, container, separator, text } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import { messageBody, type Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import type { Round } from './game.js';
import type { Quizzes } from './service.js';
import * as words from './words.js';

/** Discord's limit of a thread's name. */
const longestName = 100;
/** In minutes without a message: a day. */
const archiveAfter = 1_440;

const refusals: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
  RESTJSONErrorCodes.MaximumActiveThreads,
]);

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
    const found = await this.#quizzes.look(id, ({ game }) => ({
      round: game.rounds[index],
      isOver: game.phase.name === 'over',
    }));
    if (!found?.round || !found.isOver) throw new UserError(words.goneWords);
    const { round } = found;
    if (round.threadId) return round.threadId;
    const { name, card } = this.#about(round);
    const { rest } = interaction.client;
    try {
      const thread = (await rest.post(Routes.threads(interaction.channelId ?? ''), {
        body: { name, type: ChannelType.PublicThread, auto_archive_duration: archiveAfter },
      })) as { id: string };
      await this.#quizzes.noteThread(id, index, thread.id);
      await rest.post(Routes.channelMessages(thread.id), { body: messageBody(card, { rest }) });
      return thread.id;
    } catch (error) {
      if (isUnreachable(error) || (error instanceof DiscordAPIError && refusals.has(error.code)))
        throw new UserError(words.noThreadWords);
      throw error;
    }
  }

  /** The question with its answer and why, and the thread's name. */
  #about({ asked }: Round): { name: string; card: Outgoing } {
    const question = this.#bank.get(asked.questionId, asked.rev);
    if (!isCurrent(question, asked)) throw new UserError(words.lostQuestionWords);
    const topicTitle = this.#bank.topic(question.topic)?.title ?? question.topic;
    return {
      name: cut(question.prompt.replaceAll('`', ''), longestName),
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
