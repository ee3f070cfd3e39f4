import { isCurrent } from '../asking/asked.js';
import { heading, questionText, solutionText } from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import type { ComponentInteraction } from '../discord/command.js';
import { accent, container, separator, text } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Messenger, Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import { archiveAfter, isThreadRefused, longestThreadName, type ThreadMaker } from '../discord/threads.js';
import type { Round } from './game.js';
import type { Quizzes } from './service.js';
import * as words from './words.js';

export interface QuizThreadsParts {
  readonly bank: Bank;
  readonly messenger: Pick<Messenger, 'send'>;
  readonly threads: Pick<ThreadMaker, 'open'>;
}

/** Threads in which questions of a quiz that is over are discussed, one for each. */
export class QuizThreads {
  readonly #quizzes: Quizzes;
  readonly #parts: QuizThreadsParts;
  /** By quiz and round: being opened. */
  readonly #opening = new Map<string, Promise<string>>();

  constructor(quizzes: Quizzes, parts: QuizThreadsParts) {
    this.#quizzes = quizzes;
    this.#parts = parts;
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
    const { threads, messenger } = this.#parts;
    try {
      const threadId = await threads.open({
        channelId: interaction.channelId ?? '',
        name,
        secret: false,
        archiveAfterMinutes: archiveAfter.day,
      });
      await this.#quizzes.noteThread(id, index, threadId);
      await messenger.send(threadId, card);
      return threadId;
    } catch (error) {
      if (isThreadRefused(error)) throw new UserError(words.noThreadWords);
      throw error;
    }
  }

  /** The question with its answer and why, and the thread's name. */
  #about({ asked }: Round): { name: string; card: Outgoing } {
    const { bank } = this.#parts;
    const question = bank.get(asked.questionId, asked.rev);
    if (!isCurrent(question, asked)) throw new UserError(words.lostQuestionWords);
    const topicTitle = bank.titleOf(question.topic);
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
