import { shuffled } from '../asking/shuffled.js';
import { assignRatings, type Owed, sharedOut } from './assign.js';
import {
  became,
  type InterviewAround,
  type InterviewEffect,
  type InterviewStep,
  toPost,
  turnOf,
  withTurn,
} from './events.js';
import { nextRoles, playersIn } from './rota.js';
import type { InterviewEnding, InterviewSession } from './session.js';

/** People who leave, and questions that are lost, cannot go on for ever. */
const mostVoid = 10;

/** The next question, or the end. */
export function proceed(session: InterviewSession, { now }: InterviewAround): InterviewStep {
  const done = session.turns.filter(({ ended }) => ended === 'shown').length;
  if (done >= session.settings.questions) return ends(session, 'finished', now);
  if (session.turns.length - done > mostVoid) return ends(session, 'lost', now);
  const isPanel = session.settings.format === 'panel';
  if (isPanel ? !nextRoles(session) : playersIn(session).length === 0) return ends(session, 'few', now);
  return became({ ...session, phase: { name: 'drawing' } });
}

/** Ends it from any phase. Feedback that was handed in is shown; any other turn that is open comes to nothing. */
export function ends(
  session: InterviewSession,
  ending: InterviewEnding,
  now: number,
  reason?: string,
): InterviewStep {
  const before = withFeedback(session);
  const open = before.session.turns.flatMap((turn, index) => (turn.ended ? [] : [index]));
  const closed = open.reduce((all, index) => withTurn(all, index, { ended: 'void' }), before.session);
  const phase = { name: 'over', ending, at: now, closed: false, told: false } as const;
  const over = { ...closed, phase: { ...phase, ...(reason !== undefined && { reason }) } };
  return became(toPost(over, 'z'), [
    ...before.effects,
    ...open.map((turn): InterviewEffect => ({ kind: 'release', turn })),
    { kind: 'file' },
  ]);
}

function withFeedback(session: InterviewSession): InterviewStep {
  const turn = turnOf(session);
  const isOpen = session.phase.name === 'feedback' && turn?.ended === undefined;
  return isOpen && turn && turn.sheets.length > 0 ? reveal(session) : became(session);
}

/** The open turn comes to nothing, and the next one follows. */
export function dropTurn(session: InterviewSession, around: InterviewAround): InterviewStep {
  const { phase } = session;
  if (!('turn' in phase)) return proceed(session, around);
  const { turn } = phase;
  const next = proceed(withTurn(session, turn, { ended: 'void' }), around);
  return { ...next, effects: [{ kind: 'release', turn }, ...next.effects] };
}

/** Nobody answers any more; from here on the key points may be seen. */
export function askFeedback(session: InterviewSession, around: InterviewAround): InterviewStep {
  const { phase } = session;
  const turn = turnOf(session);
  if (!turn || phase.name !== 'answering') return became(session);
  const index = phase.turn;
  const present = Object.keys(session.people).filter((id) => session.people[id]?.here);
  if (session.settings.format === 'panel') {
    const { candidate = '' } = turn;
    const owed = present.map((by) => ({ by, of: candidate }));
    return became(toPost(scoring(withTurn(session, index, { owed }), index), `s${index}`));
  }
  if (turn.answers.length === 0) return ends(session, 'quiet', around.now);
  const wrote = new Set(turn.answers.map(({ member }) => member));
  const authors = Object.keys(session.people).filter((id) => wrote.has(id));
  const asked = withTurn(session, index, {
    owed: assignRatings(authors, index),
    answers: shuffled(turn.answers, around.random),
  });
  const texts = turn.answers.map((_, at) => `w${index}.${at}`);
  return checkSheets(reassigned(toPost(scoring(asked, index), ...texts, `s${index}`)));
}

/** In the written format: ratings are owed by those who are there now. */
export function reassigned(session: InterviewSession): InterviewSession {
  const { phase, settings, people } = session;
  const turn = turnOf(session);
  if (settings.format === 'panel' || phase.name !== 'feedback' || !turn) return session;
  const wrote = new Set(turn.answers.map(({ member }) => member));
  const authors = Object.keys(people).filter((id) => wrote.has(id));
  const present = new Set(authors.filter((id) => people[id]?.here));
  const isDone = ({ by, of }: Owed): boolean =>
    turn.sheets.some((sheet) => sheet.by === by && sheet.of === of);
  const owed = sharedOut(authors, present, turn.owed, isDone);
  return withTurn(session, phase.turn, { owed });
}

const scoring = (session: InterviewSession, turn: number): InterviewSession => ({
  ...session,
  phase: { name: 'feedback', turn },
});

/** All is shown when everybody who is still here has handed in. */
export function checkSheets(session: InterviewSession): InterviewStep {
  const { phase } = session;
  if (phase.name !== 'feedback') return became(session);
  return missingSheets(session).length === 0 ? reveal(session) : became(session);
}

/** Who has not handed in what they were asked for, without those who left. */
export function missingSheets(session: InterviewSession): Owed[] {
  const { phase } = session;
  if (!('turn' in phase)) return [];
  return pairsMissing(session, phase.turn).filter(({ by }) => session.people[by]?.here);
}

/** Who has not handed in all that they were asked for in a turn. */
export const missingIn = (session: InterviewSession, turn: number): string[] => [
  ...new Set(pairsMissing(session, turn).map(({ by }) => by)),
];

function pairsMissing(session: InterviewSession, index: number): Owed[] {
  const turn = session.turns[index];
  if (!turn) return [];
  const isPanel = session.settings.format === 'panel';
  const isIn = ({ by, of }: Owed): boolean =>
    turn.sheets.some((sheet) => sheet.by === by && sheet.of === of && (!isPanel || sheet.marks));
  return turn.owed.filter((pair) => !isIn(pair));
}

/** Shows together what has been handed in, with the model answer. */
export function reveal(session: InterviewSession): InterviewStep {
  const { phase } = session;
  if (phase.name !== 'feedback') return became(session);
  const { turn } = phase;
  return became(
    toPost({ ...withTurn(session, turn, { ended: 'shown' }), phase: { name: 'review', turn } }, `r${turn}`),
    [{ kind: 'release', turn }],
  );
}
