import type { QuizEvent } from './events.js';
import type { Game } from './game.js';

/** What the passing of time will do to the game next; it carries its round, so a late one changes nothing. */
export interface Due {
  readonly at: number;
  readonly event: QuizEvent;
}

export function due({ phase, rounds }: Game): Due | undefined {
  switch (phase.name) {
    case 'lobby':
      return { at: phase.endsAt, event: { kind: 'begin' } };
    case 'open': {
      const { closesAt = 0 } = rounds[phase.round] ?? {};
      return { at: closesAt, event: { kind: 'close', round: phase.round, ended: 'time' } };
    }
    case 'closed':
      return phase.nextAt === undefined
        ? undefined
        : { at: phase.nextAt, event: { kind: 'advance', round: phase.round } };
    case 'discussing':
      return { at: phase.nextAt, event: { kind: 'revote', round: phase.round } };
    case 'opening':
    case 'over':
      return undefined;
    default:
      return phase satisfies never;
  }
}

/** What the channel has to be shown next. It follows from the record, so it is made up for after any interruption. */
export type QuizTask =
  | { readonly kind: 'lobby' | 'results' }
  /** The channel cannot be used: the host is told instead. */
  | { readonly kind: 'farewell'; readonly reason: string }
  | { readonly kind: 'card' | 'first' | 'answer' | 'standings'; readonly round: number };

export function todo(game: Game): QuizTask | undefined {
  const { phase, rounds } = game;
  if (phase.name === 'over' && phase.told) return undefined;
  if (phase.name === 'over' && phase.ending === 'unreachable')
    return { kind: 'farewell', reason: phase.reason ?? '' };
  if (phase.name === 'over' && phase.ending === 'failed') return { kind: 'results' };
  const unshown = rounds.findIndex((round) => round.ended && !round.shown);
  if (unshown >= 0) return { kind: 'answer', round: unshown };
  if (phase.name === 'over') return { kind: 'results' };
  if (phase.name === 'lobby') return game.lobbyMessageId ? undefined : { kind: 'lobby' };
  if (isFirstOver(game)) return { kind: 'first', round: 'round' in phase ? phase.round : 0 };
  if (phase.name === 'opening') return { kind: 'card', round: phase.round };
  if (phase.name === 'closed' && wantsStandings(game, phase.round))
    return { kind: 'standings', round: phase.round };
  return undefined;
}

/** The first vote's card is closed before the second's is posted. */
function isFirstOver({ phase, rounds }: Game): boolean {
  if (phase.name !== 'discussing' && phase.name !== 'opening') return false;
  const round = rounds[phase.round];
  return !round?.firstShown && (phase.name === 'discussing' || round?.second === true);
}

/** After the last round come the results. */
const wantsStandings = ({ planned, rounds }: Game, round: number): boolean =>
  round + 1 < planned && !rounds[round]?.told;
