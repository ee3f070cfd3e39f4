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
import type { QuizState } from './players.js';
import { answer, close, closed, open, opened, quietRoundsAllowed, resume, shown } from './rounds.js';
import { firstShown, revote } from './second-vote.js';
import type { QuizSettings } from './settings.js';

/** A quiz in its lobby, with its host in it. */
export function createGame(
  place: { readonly id: string; readonly guildId: string; readonly channelId: string },
  host: { readonly id: string; readonly name: string },
  { settings, planned, now }: { settings: QuizSettings; planned: number; now: number },
): Game {
  return {
    ...place,
    hostId: host.id,
    createdAt: now,
    settings,
    planned,
    players: { [host.id]: { ...newPlayer(host.name), ...(settings.teams && { team: 0 }) } },
    rounds: [],
    quietRounds: 0,
    phase: { name: 'lobby', endsAt: now + settings.lobby * 1000 },
  };
}

/** The round for which the event takes a question. */
export function wantsQuestion({ phase, planned, quietRounds }: Game, event: QuizEvent): number | undefined {
  if (event.kind === 'begin') return phase.name === 'lobby' ? 0 : undefined;
  if (event.kind !== 'advance' && event.kind !== 'next') return undefined;
  if (phase.name !== 'closed' || phase.round !== event.round) return undefined;
  const next = event.round + 1;
  return next < planned && quietRounds < quietRoundsAllowed ? next : undefined;
}

/** The open round that the event closes, if it does. */
export function closing({ phase }: Game, event: QuizEvent): number | undefined {
  if (phase.name !== 'open' && phase.name !== 'discussing') return undefined;
  if (event.kind === 'close' && (event.round === undefined || event.round === phase.round))
    return event.ended === 'void' ? undefined : phase.round;
  return event.kind === 'end' && event.ending !== 'failed' ? phase.round : undefined;
}

/** Decides what becomes of a quiz when something happens to it. */
export function step(state: QuizState, event: QuizEvent, around: Around): QuizStep {
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
      return game.phase.name === 'lobby' ? open(game, 0, around, [lobbyChanged]) : stays(game, 'nothing');
    case 'opened':
      return opened(state, event);
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

/** Ends the quiz from any phase; an open round is closed first, and counts. */
function end(state: QuizState, event: QuizEvent & { kind: 'end' }, around: Around): QuizStep {
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
function ended(state: QuizState, { ending }: QuizEvent & { kind: 'end' }, around: Around): QuizStep {
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
