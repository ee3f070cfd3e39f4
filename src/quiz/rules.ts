import { nobody } from '../asking/nobody.js';
import {
  type Around,
  changed,
  lobbyChanged,
  type QuizEvent,
  type QuizStep,
  stays,
  withRound,
} from './events.js';
import { type Ending, type Game, newPlayer, over } from './game.js';
import { advance, extend, pause } from './pace.js';
import { forget, join, leave, switchTeam } from './people.js';
import { playersOf, type QuizState } from './players.js';
import { answer, close, closed, open, opened, quietRoundsAllowed, resume, shown } from './rounds.js';
import { firstShown, revote } from './second-vote.js';
import type { QuizSettings } from './settings.js';

interface Place {
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
}

interface Opening {
  readonly settings: QuizSettings;
  readonly planned: number;
  readonly now: number;
}

/** A quiz in its lobby, with its host in it. */
export function createGame(
  place: Place,
  host: { readonly id: string; readonly name: string },
  opening: Opening,
): Game {
  const { settings, now } = opening;
  return {
    ...emptyGame(place, opening),
    hostId: host.id,
    players: { [host.id]: { ...newPlayer(host.name), ...(settings.teams && { team: 0 }) } },
    phase: { name: 'lobby', endsAt: now + settings.lobby * 1000 },
  };
}

/** A quiz that nobody hosts, in its lobby. */
export const createNight = (
  place: Place,
  { name, startsAt }: { readonly name: string; readonly startsAt: number },
  opening: Opening,
): Game => ({
  ...emptyGame(place, opening),
  hostId: nobody,
  night: name,
  players: {},
  phase: { name: 'lobby', endsAt: startsAt },
});

const emptyGame = (place: Place, { settings, planned, now }: Opening) => ({
  ...place,
  createdAt: now,
  settings,
  planned,
  rounds: [],
  quietRounds: 0,
});

/** The round for which the event takes a question. */
export function wantsQuestion(state: QuizState, event: QuizEvent): number | undefined {
  const { phase, planned, quietRounds } = state.game;
  if (event.kind === 'begin') return phase.name === 'lobby' && !isDeserted(state) ? 0 : undefined;
  if (event.kind !== 'advance' && event.kind !== 'next') return undefined;
  if (phase.name !== 'closed' || phase.round !== event.round) return undefined;
  const next = event.round + 1;
  return next < planned && quietRounds < quietRoundsAllowed ? next : undefined;
}

/** The open round that the event closes, if it does. */
export function closing({ phase }: Game, event: QuizEvent): number | undefined {
  if (phase.name !== 'open' && phase.name !== 'discussing') return undefined;
  if (event.kind === 'close' && (event.round === undefined || event.round === phase.round)) {
    // Of the many who were the last to vote, each closes the vote; a discussion is closed by the host alone.
    const counts = phase.name === 'open' ? event.ended !== 'void' : event.ended === 'skip';
    return counts ? phase.round : undefined;
  }
  return event.kind === 'end' && event.ending !== 'failed' ? phase.round : undefined;
}

/** Decides what becomes of a quiz when something happens to it. When it is over, everybody stands in the game. */
export function step(state: QuizState, event: QuizEvent, around: Around): QuizStep {
  const done = decided(state, event, around);
  const { game } = done;
  if (game.phase.name !== 'over' || state.game.phase.name === 'over') return done;
  const players = playersOf({ ...state, game });
  return { ...done, game: { ...game, players }, effects: [...done.effects, { kind: 'gathered' }] };
}

function decided(state: QuizState, event: QuizEvent, around: Around): QuizStep {
  const { game } = state;
  switch (event.kind) {
    case 'posted':
      return changed({ ...game, lobbyMessageId: event.messageId });
    case 'join':
      return join(state, event.member, event.name);
    case 'leave':
      return leave(state, event.member);
    case 'switch':
      return switchTeam(state, event.member);
    case 'forget':
      return forget(state, event.member);
    case 'begin':
      return begin(state, around);
    case 'opened':
      return opened(state, event, around.now);
    case 'answer':
      return answer(state, event);
    case 'close':
      return close(state, event, around);
    case 'shown':
      return shown(game, event.round, around.now);
    case 'told':
      return game.rounds[event.round]?.told
        ? stays(game, 'nothing')
        : changed(withRound(game, event.round, { told: true, standingsId: event.messageId }));
    case 'firstShown':
      return firstShown(game, event.round);
    case 'revote':
      return revote(game, event.round);
    case 'advance':
    case 'next':
      return advance(game, event.round, around, event.kind === 'next');
    case 'pause':
      return pause(game, event.round, around.now);
    case 'extend':
      return extend(game, event.round);
    case 'end':
      return end(state, event, around);
    case 'finished':
      return finished(game);
    case 'resume':
      return resume(state, around.now);
    default:
      return event satisfies never;
  }
}

/** Nobody has come to a quiz night. */
const isDeserted = ({ game: { night, players }, entries }: QuizState): boolean =>
  night !== undefined && entries.present(players) === 0;

function begin(state: QuizState, around: Around): QuizStep {
  const { game } = state;
  if (game.phase.name !== 'lobby') return stays(game, 'nothing');
  if (isDeserted(state)) return changed({ ...game, phase: over('empty', around.now) });
  return open(game, 0, around, [lobbyChanged]);
}

/** Ends the quiz from any phase; an open round is closed first, and counts. */
function end(state: QuizState, event: Extract<QuizEvent, { kind: 'end' }>, around: Around): QuizStep {
  const { game } = state;
  const { phase } = game;
  if (phase.name === 'over') {
    // What stood in the way of the results is said where it still can be.
    const isWorse = !phase.told && severity(event.ending) > severity(phase.ending);
    return isWorse
      ? changed({ ...game, phase: over(event.ending, around.now, event.reason) })
      : stays(game, 'over');
  }
  const before = ended(state, event, around);
  return changed({ ...before.game, phase: over(event.ending, around.now, event.reason) }, before.effects);
}

/** The round that is on, if one is, closed. Where a second vote has not begun, the first one counts. */
function ended(state: QuizState, { ending }: Extract<QuizEvent, { kind: 'end' }>, around: Around): QuizStep {
  const { game } = state;
  const { phase } = game;
  if (phase.name !== 'open' && phase.name !== 'opening' && phase.name !== 'discussing') return changed(game);
  const isWaiting = phase.name === 'opening' && game.rounds[phase.round]?.second === true;
  const waiting = isWaiting ? { ...state, game: withRound(game, phase.round, { second: false }) } : state;
  const counts = (phase.name !== 'opening' || isWaiting) && ending !== 'failed';
  return closed(waiting, phase.round, counts ? 'stop' : 'void', around);
}

const severity = (ending: Ending): number => ['failed', 'unreachable'].indexOf(ending);

function finished(game: Game): QuizStep {
  const { phase } = game;
  if (phase.name !== 'over' || phase.told) return stays(game, 'nothing');
  const left = game.rounds.flatMap((round, index) => (round.shown ? [] : [index]));
  return changed({ ...game, phase: { ...phase, told: true } }, [
    ...(left.length > 0 ? [{ kind: 'release' as const, rounds: left }] : []),
    { kind: 'retire' },
  ]);
}
