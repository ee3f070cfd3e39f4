import { isCurrent } from '../asking/asked.js';
import type { Bank } from '../bank/bank.js';
import type { Outgoing } from '../discord/outgoing.js';
import { currentRound, type Game } from './game.js';
import { lobbyCard } from './lobby-card.js';
import type { QuizState } from './players.js';
import { brokenCard, standingsCard } from './results-cards.js';
import type { RoundView } from './views.js';

/** Undefined when the round's question has left the bank or was changed. */
export function viewOf(bank: Bank, { rounds }: Game, round: number): RoundView | undefined {
  const asked = rounds[round]?.asked;
  const question = asked && bank.get(asked.questionId, asked.rev);
  if (!asked || !isCurrent(question, asked)) return undefined;
  const topicTitle = bank.titleOf(question.topic);
  return { question, topicTitle, round };
}

/** The message that shows this of a quiz now. */
export function messageOf(game: Game, card: 'lobby' | 'round' | 'standings'): string | undefined {
  if (card === 'lobby') return game.lobbyMessageId;
  if (card === 'round') return currentRound(game)?.messageId;
  return game.rounds.findLast(({ standingsId }) => standingsId !== undefined)?.standingsId;
}

/** What the cards of a quiz that is over have to show, so that none keeps live buttons. */
export function lastCards(state: QuizState, bank: Bank): { messageId: string; card: Outgoing }[] {
  const { lobbyMessageId, rounds } = state.game;
  const lobby = lobbyMessageId ? [{ messageId: lobbyMessageId, card: lobbyCard(state, bank) }] : [];
  const left = rounds.flatMap(({ messageId, shown }) =>
    messageId && !shown ? [{ messageId, card: brokenCard() }] : [],
  );
  return [...lobby, ...left, ...lastStandings(state)];
}

/** The quiz has ended after a round: its host cannot call the next one any more. */
function lastStandings(state: QuizState): { messageId: string; card: Outgoing }[] {
  const last = state.game.rounds.length - 1;
  const messageId = state.game.rounds[last]?.standingsId;
  return messageId === undefined ? [] : [{ messageId, card: standingsCard(state, last) }];
}
