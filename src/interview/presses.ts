import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { InterviewEvent } from './events.js';
import { type PressParts, requireView, type TurnPlace } from './form-place.js';
import * as formWords from './form-words.js';
import { isModerator, refuse, requireInterviewHost } from './refusals.js';
import type { Session, Wish } from './session.js';
import { sheetCard } from './sheet-card.js';
import * as sheetWords from './sheet-words.js';
import * as words from './words.js';

// What presses do, in words for who pressed.

export async function join(
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  id: string,
  wish?: Wish,
): Promise<string> {
  const member = interaction.user.id;
  const { outcome, session } = await interviews.act(id, { kind: 'join', member, wish });
  if (outcome === 'already') return words.joined[wish ?? 'already'];
  refuse(outcome);
  if (wish !== undefined) return words.joined[wish];
  const { threadId } = session.room ?? {};
  return [words.joined.done, ...(threadId ? [words.inThread(threadId)] : [])].join(' ');
}

export async function leave(
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  id: string,
): Promise<string> {
  const { outcome } = await interviews.act(id, { kind: 'leave', member: interaction.user.id });
  if (outcome === 'absent') throw new UserError(words.leftWords.absent);
  refuse(outcome);
  return words.leftWords.done;
}

export async function startNow(
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  id: string,
): Promise<string> {
  await requireInterviewHost(interviews, id, interaction, words.toDo.start);
  const { outcome } = await interviews.act(id, { kind: 'begin', byTime: false });
  if (outcome === 'few' || outcome === 'nothing') throw new UserError(words.startWords[outcome]);
  refuse(outcome);
  return words.startWords.done;
}

/** A page of the sheet; whoever reads it is not silent. */
export async function readPage(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
  page: number,
): Promise<Outgoing> {
  const { outcome, session } = await act(parts, interaction, place, 'read');
  if (outcome === 'notYours') throw new UserError(sheetWords.notForYou(interviewerIn(session, place)));
  if (outcome !== 'nothing') refuse(outcome);
  return sheetCard(requireView(parts, session, place.turn), page);
}

export async function askNow(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<string> {
  const { outcome, session } = await act(parts, interaction, place, 'ask');
  if (outcome === 'already') throw new UserError(sheetWords.askedWords.already);
  refuse(outcome, interviewerIn(session, place));
  return sheetWords.askedWords.done;
}

export async function help(
  parts: PressParts,
  interaction: ComponentInteraction,
  { shown, ...place }: TurnPlace & { readonly shown: number | undefined },
  kind: 'hint' | 'followUp',
): Promise<string> {
  const event = { kind, turn: place.turn, member: interaction.user.id, shown };
  const { outcome, session } = await parts.interviews.act(place.id, event);
  const { helpWords } = sheetWords;
  if (outcome === 'none') throw new UserError(kind === 'hint' ? helpWords.noHint : helpWords.noFollowUp);
  if (outcome === 'already') throw new UserError(helpWords[`${kind}There`]);
  refuse(outcome, interviewerIn(session, place));
  return helpWords[kind];
}

export async function sayAwayNow(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<string> {
  const { outcome, session } = await act(parts, interaction, place, 'away');
  refuse(outcome, interviewerIn(session, place));
  return sheetWords.awayWords;
}

export async function timeIsUp(
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  { id, turn }: TurnPlace,
  kind: 'timeUp' | 'ratingsUp',
): Promise<string> {
  const found = await interviews.get(id);
  const member = found && isModerator(interaction) ? found.hostId : interaction.user.id;
  const { outcome, session } = await interviews.act(id, { kind, turn, member });
  if (outcome === 'notYours')
    throw new UserError(formWords.endOnly(session.turns[turn]?.interviewer ?? session.hostId));
  refuse(outcome);
  return sheetWords.timeUpWords[kind];
}

export async function goOn(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<string> {
  const { outcome } = await act(parts, interaction, place, 'next');
  if (outcome === 'notYours') throw new UserError(words.notIn);
  refuse(outcome);
  return sheetWords.nextWords;
}

const act = (
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  { id, turn }: TurnPlace,
  kind: 'read' | 'ask' | 'away' | 'next',
) => interviews.act(id, { kind, turn, member: interaction.user.id } satisfies InterviewEvent);

const interviewerIn = (session: Session, { turn }: TurnPlace): string =>
  session.turns[turn]?.interviewer ?? '';
