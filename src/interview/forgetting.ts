import { nobody } from '../asking/nobody.js';
import { became, type InterviewAround, type InterviewStep, left } from './events.js';
import { goOut } from './people.js';
import type { InterviewNote, InterviewSession, InterviewTurn } from './session.js';
import { reassigned } from './turns.js';

/** Whether anything of a member stands in an interview. */
export const mentionsMember = (session: InterviewSession, member: string): boolean =>
  session.hostId === member ||
  Object.hasOwn(session.people, member) ||
  JSON.stringify([session.turns, session.notes]).includes(`"${member}"`);

/** Takes a member out of an interview, with what they wrote and what was written of them. */
export function scrubbed(session: InterviewSession, member: string, around: InterviewAround): InterviewStep {
  if (!mentionsMember(session, member)) return left(session, 'nothing');
  const gone = session.people[member]?.here ? goOut(session, member, around) : became(session);
  const step = gone.outcome === 'done' ? gone : became(session);
  const { [member]: _, ...people } = step.session.people;
  const hostId = step.session.hostId === member ? nobody : step.session.hostId;
  const turns = step.session.turns.map((turn) => without(turn, member));
  const notes = step.session.notes.map((note) => unnamed(note, member));
  return { ...step, outcome: 'done', session: reassigned({ ...step.session, people, hostId, turns, notes }) };
}

function without(turn: InterviewTurn, member: string): InterviewTurn {
  const concerns = ({ by, of }: { by: string; of: string }): boolean => by === member || of === member;
  const { candidate, interviewer, ...rest } = turn;
  return {
    ...rest,
    ...(candidate !== undefined && { candidate: candidate === member ? nobody : candidate }),
    ...(interviewer !== undefined && { interviewer: interviewer === member ? nobody : interviewer }),
    answers: answersWithout(turn, member),
    owed: turn.owed.filter((pair) => !concerns(pair)),
    sheets: turn.sheets.filter((sheet) => !concerns(sheet)),
  };
}

/** Answers that are rated go by their letters: an empty one keeps the place. */
function answersWithout(
  { answers, candidate, owed }: InterviewTurn,
  member: string,
): InterviewTurn['answers'] {
  const isLettered = candidate === undefined && owed.length > 0;
  if (!isLettered) return answers.filter((answer) => answer.member !== member);
  return answers.map((answer) => (answer.member === member ? { member: nobody, text: '', at: 0 } : answer));
}

function unnamed(note: InterviewNote, member: string): InterviewNote {
  const named = Object.entries(note).map(([field, value]) => [field, value === member ? nobody : value]);
  return Object.fromEntries(named) as InterviewNote;
}
