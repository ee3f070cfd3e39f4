import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { nobodyHidden } from '../people/hidden.js';
import * as formWords from './form-words.js';
import type { Interviews } from './service.js';
import type { InterviewSession, InterviewSheet } from './session.js';
import { type Drawing, type TurnView, viewTurn } from './view.js';
import * as words from './words.js';

/** What presses and forms are answered with. */
export interface PressParts {
  readonly interviews: Interviews;
  readonly bank: Bank;
  now(): number;
}

/** What only its reader sees names everybody. */
const drawingFor = ({ bank, now }: PressParts): Drawing => ({ bank, now: now(), hidden: nobodyHidden });

export interface TurnPlace {
  readonly id: string;
  readonly turn: number;
}

/** Whose answer feedback is about: 0 in a panel, in the written format the answer's place, which names nobody. */
export interface SheetPlace extends TurnPlace {
  readonly subject: number;
}

/** @throws {UserError} when the bank's question is another one now */
export function requireView(parts: PressParts, session: InterviewSession, turn: number): TurnView {
  const view = viewTurn(session, turn, drawingFor(parts));
  if (!view) throw new UserError(words.lostQuestion);
  return view;
}

/** @throws {UserError} when there is no such interview, or its question is lost */
export async function findView(parts: PressParts, { id, turn }: TurnPlace): Promise<TurnView> {
  const found = await parts.interviews.get(id);
  // Its card may stand already, without Discord's answer having come.
  const session = found?.phase.name === 'asking' ? await parts.interviews.settled(id) : found;
  if (!session) throw new UserError(words.gone);
  return requireView(parts, session, turn);
}

/** @throws {UserError} for an id that the bot has not made */
export function subjectOf({ session, turn }: TurnView, subject: number): string {
  const isPanel = session.settings.format === 'panel';
  const of = isPanel ? turn.candidate : turn.answers[subject]?.member;
  if (of === undefined || (isPanel && subject !== 0)) throw new UserError(formWords.nothingOwed);
  return of;
}

/**
 * Key points are shown from the end of the answers on, to those who were there.
 * @throws {UserError} for everybody else, and at any other time
 */
export function requireOwed({ session, turn, index }: TurnView, by: string, of: string): void {
  const { phase } = session;
  if (turn.ended || phase.name === 'over') throw new UserError(formWords.feedbackOver);
  if (phase.name !== 'feedback' || phase.turn !== index) throw new UserError(words.tooEarly);
  if (!turn.owed.some((pair) => pair.by === by && pair.of === of)) throw new UserError(formWords.nothingOwed);
}

export const sheetOf = ({ turn }: TurnView, by: string, of: string): InterviewSheet | undefined =>
  turn.sheets.find((sheet) => sheet.by === by && sheet.of === of);

/** @throws {UserError} for what a client has made up */
export function buttonOf(interaction: ComponentInteraction): ButtonInteraction {
  if (!interaction.isButton()) throw new UserError(formWords.oddForm);
  return interaction;
}

/** @throws {UserError} for what a client has made up */
export function formOf(interaction: ComponentInteraction): ModalSubmitInteraction {
  if (!interaction.isModalSubmit()) throw new UserError(formWords.oddForm);
  return interaction;
}
