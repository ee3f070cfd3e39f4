import type { Bank } from '../bank/bank.js';
import { accent, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Game } from './game.js';
import { countingVotes } from './given.js';
import { settingsLine } from './lobby-card.js';
import type { QuizState } from './players.js';
import { standingLines } from './results-cards.js';
import * as words from './words.js';

/** The private answer to `/quiz status`. */
export function quizStatusCard(state: QuizState, bank: Bank): Outgoing {
  const { game } = state;
  return {
    components: [
      container(
        [
          text(`### ${words.statusTitle}`),
          text(`${words.hostLine(game.hostId)}\n${settingsLine(game, bank)}`),
          text(where(state)),
          text(standingLines(state) || words.nobodyInWords),
        ],
        accent,
      ),
    ],
  };
}

function where({ game, given }: QuizState): string {
  const { phase, planned } = game;
  const { statusWords } = words;
  switch (phase.name) {
    case 'lobby':
      return statusWords.lobby(phase.endsAt);
    case 'opening':
      return statusWords.opening(words.roundOf(phase.round, planned));
    case 'open':
      return statusWords.open(
        words.roundOf(phase.round, planned),
        endOf(game, phase.round),
        countingVotes({ game, given }, phase.round).size,
      );
    case 'discussing':
      return statusWords.discussing(words.roundOf(phase.round, planned), phase.nextAt);
    case 'closed':
      if (phase.paused) return words.pausedLine(phase.nextAt ?? 0);
      return phase.nextAt === undefined
        ? statusWords.closing(words.roundOf(phase.round, planned))
        : statusWords.closed(words.roundOf(phase.round, planned), phase.nextAt);
    case 'over':
      return statusWords.over;
    default:
      return phase satisfies never;
  }
}

const endOf = ({ rounds }: Game, round: number): number => rounds[round]?.endsAt ?? 0;
