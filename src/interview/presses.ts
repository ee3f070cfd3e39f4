import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { InterviewEvent } from './events.js';
import { type PressParts, requireView, type TurnPlace } from './form-place.js';
import * as formWords from './form-words.js';
import { isModerator, refuseInterview, requireInterviewHost } from './refusals.js';
import type { InterviewSession, RoleWish } from './session.js';
import { sheetCard } from './sheet-card.js';
import * as sheetWords from './sheet-words.js';
import * as words from './words.js';

// What presses do, in words for who pressed.

export async function joinByPress(
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  id: string,
  wish?: RoleWish,
): Promise<string> {
  const member = interaction.user.id;
  const { outcome, session } = await interviews.act(id, { kind: 'join', member, wish });
  if (outcome === 'already') return words.joined.already;
  refuseInterview(outcome);
  const { threadId } = session.room ?? {};
  if (wish === undefined)
    return [words.joined.done, ...(threadId ? [words.inThread(threadId)] : [])].join(' ');
  return session.people[member]?.wish === wish ? words.joined[wish] : words.joined.took;
}

export async function leaveByPress(
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  id: string,
): Promise<string> {
  const { outcome } = await interviews.act(id, { kind: 'leave', member: interaction.user.id });
  if (outcome === 'absent') throw new UserError(words.leftWords.absent);
  refuseInterview(outcome);
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
  refuseInterview(outcome);
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
  if (outcome !== 'nothing') refuseInterview(outcome);
  return sheetCard(requireView(parts, session, place.turn), page);
}

export async function askNow(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<string> {
  const { outcome, session } = await act(parts, interaction, place, 'ask');
  if (outcome === 'already') throw new UserError(sheetWords.askedWords.already);
  refuseInterview(outcome, interviewerIn(session, place));
  return sheetWords.askedWords.done;
}

export async function helpByPress(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
  kind: 'hint' | 'followUp',
): Promise<string> {
  const { outcome, session } = await act(parts, interaction, place, kind);
  if (outcome === 'none')
    throw new UserError(kind === 'hint' ? sheetWords.helpWords.noHint : sheetWords.helpWords.noFollowUp);
  refuseInterview(outcome, interviewerIn(session, place));
  return sheetWords.helpWords[kind];
}

export async function sayAwayNow(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<string> {
  const { outcome, session } = await act(parts, interaction, place, 'away');
  refuseInterview(outcome, interviewerIn(session, place));
  return sheetWords.awayWords;
}

export async function timeIsUp(
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  { id, turn }: TurnPlace,
): Promise<string> {
  const found = await interviews.get(id);
  const member = found && isModerator(interaction) ? found.hostId : interaction.user.id;
  const { outcome, session } = await interviews.act(id, { kind: 'timeUp', turn, member });
  if (outcome === 'notYours')
    throw new UserError(formWords.endOnly(session.turns[turn]?.interviewer ?? session.hostId));
  refuseInterview(outcome);
  return sheetWords.timeUpWords;
}

export async function goOn(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<string> {
  const { outcome } = await act(parts, interaction, place, 'next');
  if (outcome === 'notYours') throw new UserError(words.notIn);
  refuseInterview(outcome);
  return sheetWords.nextWords;
}

const act = (
  { interviews }: PressParts,
  interaction: ComponentInteraction,
  { id, turn }: TurnPlace,
  kind: 'read' | 'ask' | 'hint' | 'followUp' | 'away' | 'next',
) => interviews.act(id, { kind, turn, member: interaction.user.id } satisfies InterviewEvent);

const interviewerIn = (session: InterviewSession, { turn }: TurnPlace): string =>
  session.turns[turn]?.interviewer ?? '';
