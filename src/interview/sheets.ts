import { type InterviewEventOf, type InterviewStep, left, turnOf, withTurn } from './events.js';
import type { InterviewSession, InterviewSheet } from './session.js';
import { checkSheets } from './turns.js';

function refusal(session: InterviewSession, event: InterviewEventOf<'points' | 'marks'>) {
  const { phase } = session;
  if (phase.name === 'over') return left(session, 'over');
  if (phase.name !== 'feedback' || phase.turn !== event.turn) return left(session, 'late');
  const isOwed = turnOf(session)?.owed.some(({ by, of }) => by === event.member && of === event.of);
  return isOwed ? undefined : left(session, 'notYours');
}

const sheetIn = (
  session: InterviewSession,
  { member, of }: InterviewEventOf<'points' | 'marks'>,
): InterviewSheet | undefined =>
  turnOf(session)?.sheets.find((sheet) => sheet.by === member && sheet.of === of);

/** The first page: key points heard, a strength, a next step. Handed in again, the last one counts. */
export function takePoints(session: InterviewSession, event: InterviewEventOf<'points'>): InterviewStep {
  const refused = refusal(session, event);
  if (refused) return refused;
  const { member: by, of, points, strength, next, at } = event;
  const there = turnOf(session)?.points ?? 0;
  const heard = [...new Set(points)].filter((point) => point < there).sort((a, b) => a - b);
  const marks = sheetIn(session, event)?.marks;
  return withSheet(session, event.turn, {
    by,
    of,
    points: heard,
    strength,
    next,
    at,
    ...(marks && { marks }),
  });
}

/** The second page; it does not come before the first. */
export function takeMarks(session: InterviewSession, event: InterviewEventOf<'marks'>): InterviewStep {
  const refused = refusal(session, event);
  if (refused) return refused;
  const sheet = sheetIn(session, event);
  if (!sheet) return left(session, 'early');
  return withSheet(session, event.turn, { ...sheet, marks: event.marks });
}

function withSheet(session: InterviewSession, turn: number, sheet: InterviewSheet): InterviewStep {
  const others = session.turns[turn]?.sheets.filter(({ by, of }) => by !== sheet.by || of !== sheet.of) ?? [];
  return checkSheets(withTurn(session, turn, { sheets: [...others, sheet] }));
}
