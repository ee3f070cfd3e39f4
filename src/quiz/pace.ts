import { minuteMs } from '../time/spans.js';
import {
  type Around,
  changed,
  type QuizStep,
  roundChanged,
  standingsChanged,
  stays,
  withRound,
} from './events.js';
import { type Game, over } from './game.js';
import { open, quietRoundsAllowed } from './rounds.js';

/** A host can hold a quiz up for so long; then it goes on by itself. */
export const longestPauseMs = 30 * minuteMs;
/** What `+15 s` gives. */
export const extensionMs = 15_000;

/** After the time to read, or when the host wants it: the next round, or the end. */
export function advance(game: Game, round: number, around: Around, isByHost: boolean): QuizStep {
  const { phase, planned, quietRounds } = game;
  if (phase.name !== 'closed' || phase.round !== round) return stays(game, 'nothing');
  // A timer of before a pause can come late; the host cannot go on before the answer is shown.
  const isEarly = isByHost ? phase.nextAt === undefined : around.now < (phase.nextAt ?? 0);
  if (isEarly) return stays(game, 'nothing');
  const ending =
    round + 1 >= planned ? 'finished' : quietRounds >= quietRoundsAllowed ? 'abandoned' : undefined;
  if (ending) return changed({ ...game, phase: over(ending, around.now) }, [standingsChanged]);
  return open(game, round + 1, around, [standingsChanged]);
}

/** Between rounds only: the clock of an open round is never stopped. */
export function pause(game: Game, round: number, now: number): QuizStep {
  const { phase } = game;
  if (phase.name !== 'closed' || phase.round !== round || phase.nextAt === undefined)
    return stays(game, 'nothing');
  if (phase.paused) return stays(game, 'already');
  return changed({ ...game, phase: { ...phase, paused: true, nextAt: now + longestPauseMs } });
}

/** More time for the open round, once. */
export function extend(game: Game, round: number): QuizStep {
  const { phase } = game;
  if (phase.name !== 'open' || phase.round !== round) return stays(game, 'nothing');
  const { extended, endsAt = 0, closesAt = 0 } = game.rounds[round] ?? {};
  if (extended) return stays(game, 'already');
  const longer = { extended: true, endsAt: endsAt + extensionMs, closesAt: closesAt + extensionMs };
  return changed(withRound(game, round, longer), [roundChanged]);
}
