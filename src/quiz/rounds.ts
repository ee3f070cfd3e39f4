import { awards, bookingOf, withAwards } from './awards.js';
import {
  type Around,
  changed,
  type QuizEffect,
  type QuizEvent,
  type QuizPress,
  type QuizStep,
  roundChanged,
  stays,
  withRound,
} from './events.js';
import { type Game, over, type Phase, type Round, type RoundEnd } from './game.js';
import { countingVotes, type QuizAnswer } from './given.js';
import { lengthOf } from './length.js';
import { coming, completed } from './people.js';
import { isRoundComplete, playerOf, playersOf, type QuizState } from './players.js';
import { secondVote } from './second-vote.js';

/** Answers in time arrive late over a slow network: a round waits this long for them before it closes. */
export const graceMs = 2_000;
/** Time to read an answer before the next round, where it has no explanation to speak of. */
export const pauseMs = 6_000;
/** After a restart, everybody has at least this long to answer the open round. */
export const leastLeftMs = 5_000;
/** A card's countdown is set right when it is off by more than this, because posting took long. */
const countdownSlackMs = 1_500;
/** So many rounds in a row without one answer end the quiz. */
export const quietRoundsAllowed = 2;

/** The next round, with its question; without one, the quiz is over. */
export function open(
  game: Game,
  round: number,
  { drawn, now }: Around,
  effects: readonly QuizEffect[],
): QuizStep {
  if (!drawn) return changed({ ...game, phase: over('exhausted', now) }, effects);
  const rounds = [...game.rounds.slice(0, round), { ...drawn }];
  return changed({ ...game, rounds, phase: { name: 'opening', round } }, effects);
}

/**
 * Discord has accepted the round's card. One of a round that was called off meanwhile has to be closed as well; one that
 * was found later, e.g. after a restart, leaves at least {@link leastLeftMs} to answer.
 */
export function opened(
  { game }: QuizState,
  event: Extract<QuizEvent, { kind: 'opened' }>,
  now: number,
): QuizStep {
  const { round, messageId, openedAt, promisedAt, isFound } = event;
  if (game.phase.name !== 'opening' || game.phase.round !== round) {
    const { ended, messageId: known } = game.rounds[round] ?? {};
    return ended && known !== messageId
      ? changed(withRound(game, round, { messageId, shown: false }))
      : stays(game, 'nothing');
  }
  const lengthMs = lengthOf(game, game.rounds[round]);
  const endsAt = isFound ? Math.max(openedAt + lengthMs, now + leastLeftMs) : openedAt + lengthMs;
  const closesAt = isFound ? endsAt + graceMs : event.closesAt;
  const isOff = Math.abs(endsAt - promisedAt) > countdownSlackMs;
  const next = withRound(game, round, { messageId, openedAt, endsAt, closesAt });
  return changed({ ...next, phase: { name: 'open', round } }, isOff ? [roundChanged] : []);
}

/** Judges a press by the time at which Discord took it, however late it arrives. Recording it joins the member. */
export function answer(state: QuizState, press: QuizPress): QuizStep {
  const { game } = state;
  const { phase } = game;
  const round = game.rounds[press.round];
  if (!round || press.shown.some((letter) => letter >= round.asked.order.length))
    return stays(game, round ? 'invalid' : 'late');
  const answers = countingVotes(state, press.round);
  const earlier = answers.get(press.member);
  if (earlier) return { ...stays(game, 'already'), earlier };
  if (phase.name === 'opening' && phase.round === press.round) return stays(game, 'early');
  const isOpen = phase.name === 'open' && phase.round === press.round;
  const { openedAt = 0, endsAt = 0, second } = round;
  // A press of the first vote that arrives in the second is none of it.
  const isOfBefore = second === true && press.at < openedAt;
  if (!isOpen || press.at > endsAt || isOfBefore) return stays(game, 'late');
  const player = playerOf(state, press.member);
  const { round: index, member, name, shown, typed, at } = press;
  const row: QuizAnswer = {
    round: index,
    member,
    shown: [...shown],
    ...typed,
    at,
    ...(second && { vote: 2 as const }),
    ...(!player && { name }),
  };
  // Who had left comes back; who is new stands in the answer, and where there are teams among the entries as well.
  const comes = player ? !player.present : game.settings.teams !== undefined;
  const entered: QuizEffect[] = comes ? [{ kind: 'enter', entry: coming(state, member, name) }] : [];
  const answered = { size: answers.size + 1, has: (id: string) => id === member || answers.has(id) };
  const then: QuizEffect = isRoundComplete(state, answered)
    ? { kind: 'complete', round: index, answers: answered.size }
    : roundChanged;
  return { game, outcome: 'done', effects: [{ kind: 'record', answer: row }, ...entered, then] };
}

/**
 * Closes the open round and books what it earned; a first vote may be followed by a second instead. A round whose
 * card has not arrived can only be void.
 */
export function close(
  state: QuizState,
  event: Extract<QuizEvent, { kind: 'close' }>,
  around: Around,
): QuizStep {
  const { game } = state;
  const { phase } = game;
  if (!isClosable(phase, event) || (event.round !== undefined && event.round !== phase.round))
    return stays(game, 'nothing');
  // Somebody may have come in since everybody had answered.
  if (event.ended === 'all' && completed(state).length === 0) return stays(game, 'nothing');
  const isVote = phase.name === 'open' && (event.ended === 'time' || event.ended === 'all');
  const again = isVote ? secondVote(state, phase.round, around.now) : undefined;
  return again ?? closed(state, phase.round, event.ended, around);
}

const isClosable = (
  phase: Phase,
  { ended }: Extract<QuizEvent, { kind: 'close' }>,
): phase is Phase & { name: 'open' | 'opening' | 'discussing' } =>
  phase.name === 'open' ||
  (phase.name === 'opening' && ended === 'void') ||
  (phase.name === 'discussing' && (ended === 'skip' || ended === 'void'));

export function closed(
  state: QuizState,
  index: number,
  ended: RoundEnd,
  { spent = new Set() }: Around,
): QuizStep {
  const { game } = state;
  const round = { ...(game.rounds[index] as Round), ended };
  const ending = { ...state, game: { ...game, rounds: game.rounds.with(index, round) } };
  const earned = awards(ending, index);
  const booking = bookingOf(round, index, earned, spent);
  const again = booking.answers.filter((one) => one.again && one.right).map(({ member }) => member);
  const note = booking.isRanked ? again.length > 0 && { again } : earned.length > 0 && { practice: true };
  return changed(
    {
      ...withRound(game, index, { ended, ...note }),
      players: withAwards(playersOf(state), earned),
      quietRounds: earned.length > 0 || ended === 'void' ? 0 : game.quietRounds + 1,
      phase: { name: 'closed', round: index },
    },
    earned.length > 0 ? [{ kind: 'book', booking }] : [],
  );
}

/** The answer stands on the card: its question may be asked again, and the time to read begins. */
export function shown(game: Game, round: number, now: number): QuizStep {
  const { phase } = game;
  if (!game.rounds[round]?.ended || game.rounds[round].shown) return stays(game, 'nothing');
  const next = withRound(game, round, { shown: true });
  const isOn = phase.name === 'closed' && phase.round === round;
  return changed(
    isOn ? { ...next, phase: { ...phase, nextAt: now + (next.rounds[round]?.readMs ?? pauseMs) } } : next,
    [
      { kind: 'release', rounds: [round] },
      { kind: 'tell', round },
    ],
  );
}

/** After a restart: an open round goes on, with at least {@link leastLeftMs} to answer. */
export function resume(state: QuizState, now: number): QuizStep {
  const { game } = state;
  const { phase } = game;
  if (phase.name !== 'open') return stays(game, 'done');
  const { endsAt = now, closesAt = now } = game.rounds[phase.round] ?? {};
  const later = Math.max(endsAt, now + leastLeftMs);
  const next = withRound(game, phase.round, {
    endsAt: later,
    closesAt: Math.max(closesAt, later + graceMs),
  });
  return changed(next, [roundChanged, ...completed(state)]);
}
