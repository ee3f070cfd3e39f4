import { z } from 'zod';
import { letterArg, lettersArg, placeArg } from '../asking/custom-id-args.js';
import { takesText } from '../asking/layout.js';
import { toggled } from '../asking/picker.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { showForm, update } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import { isBlank } from '../discord/text.js';
import type { Spot } from './book.js';
import { askingCard, type SessionView } from './cards.js';
import { formFields, sessionForm } from './form.js';
import { type Sureness, sureness } from './records.js';
import { requireLetters, whoseIs } from './whose.js';
import * as words from './words.js';

const id = z.string().regex(/^\d{1,20}$/);
const place = placeArg(1_000);
const sure = z.enum(sureness);

/** What the buttons need. */
export interface SessionActs {
  /** The question that is shown, if this press is about it; else the session as it stands now. */
  open(spot: Spot): Promise<SessionView | Outgoing>;
  choose(spot: Spot, chosen: readonly number[], sure: Sureness, atMs: number): Promise<Outgoing>;
  type(spot: Spot, text: string, sure: Sureness, atMs: number): Promise<Outgoing>;
  act(spot: Spot, what: 'next' | 'forget' | 'stop'): Promise<Outgoing>;
}

/** The buttons and the form of a session. Whose it is follows from who presses. */
export function sessionRoutes(sessions: SessionActs): Record<string, Route> {
  const onward = (what: 'next' | 'forget' | 'stop'): Route =>
    route({
      reply: 'edits',
      args: z.tuple([id, place]),
      handle: async (interaction, args) =>
        update(interaction, await sessions.act(spotOf(interaction, args), what)),
    });
  return {
    pick: route({
      reply: 'edits',
      args: z.tuple([id, place, lettersArg, letterArg]),
      async handle(interaction, [session, at, chosen, shown]) {
        const view = await sessions.open(spotOf(interaction, [session, at]));
        if (!('question' in view)) return update(interaction, view);
        requireLetters(view, [...chosen, shown]);
        if (takesText(view.question.kind)) throw new UserError(words.notForThisQuestion);
        const isOne = view.question.kind === 'single-choice' || view.question.kind === 'true-false';
        await update(interaction, askingCard(view, isOne ? [shown] : toggled(view, chosen, shown)));
      },
    }),
    say: route({
      reply: 'edits',
      args: z.tuple([id, place, lettersArg, sure]),
      async handle(interaction, [session, at, chosen, how]) {
        const spot = spotOf(interaction, [session, at]);
        await update(interaction, await sessions.choose(spot, chosen, how, interaction.createdTimestamp));
      },
    }),
    form: route({
      reply: 'edits',
      args: z.tuple([id, place]),
      async handle(interaction, args) {
        const view = await sessions.open(spotOf(interaction, args));
        if (!('question' in view)) return update(interaction, view);
        if (!interaction.isButton() || !takesText(view.question.kind))
          throw new UserError(words.notForThisQuestion);
        await showForm(interaction, sessionForm(view, interaction.id));
      },
    }),
    text: route({
      reply: 'edits',
      args: z.tuple([id, place, id]),
      async handle(interaction, [session, at]) {
        if (!interaction.isModalSubmit()) throw new UserError(words.notForThisQuestion);
        const spot = spotOf(interaction, [session, at]);
        const view = await sessions.open(spot);
        if (!('question' in view)) return update(interaction, view);
        if (!takesText(view.question.kind)) throw new UserError(words.notForThisQuestion);
        const typed = interaction.fields.getTextInputValue(formFields.answer);
        const how = sure.safeParse(interaction.fields.getRadioGroup(formFields.sure));
        if (isBlank(typed)) throw new UserError(words.blankAnswer);
        if (!how.success) throw new UserError(words.sayHowSure);
        await update(
          interaction,
          await sessions.type(spot, typed.trim(), how.data, interaction.createdTimestamp),
        );
      },
    }),
    next: onward('next'),
    forget: onward('forget'),
    stop: onward('stop'),
  };
}

const spotOf = (
  interaction: ComponentInteraction,
  [session, at]: readonly [string, number, ...unknown[]],
): Spot => ({ ...whoseIs(interaction), id: session, at });
