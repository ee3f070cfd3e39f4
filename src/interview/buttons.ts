import { z } from 'zod';
import { placeArg } from '../asking/custom-id-args.js';
import type { ComponentInteraction } from '../discord/command.js';
import { snowflake } from '../discord/custom-id.js';
import { reply, update, whisper } from '../discord/respond.js';
import { type Belonging, type Reply, type Route, route } from '../discord/route.js';
import { openAnswer, takeAnswerForm } from './answer-presses.js';
import { openMarks, openPoints, takeMarksForm, takePointsForm } from './feedback-presses.js';
import type { PressParts, SheetPlace, TurnPlace } from './form-place.js';
import { mostOwnPages } from './own-card.js';
import { keepFeedback, showFeedback, turnFeedback } from './own-presses.js';
import { mostPeople } from './people.js';
import * as presses from './presses.js';
import type { InterviewSession } from './session.js';
import { sheetPages } from './sheet-card.js';

/** More than an interview can have, with those that came to nothing. */
const turn = placeArg(50);
/** Of a form: the interaction that opened it. */
const opening = snowflake;

type Handle<P> = (parts: PressParts, interaction: ComponentInteraction, place: P) => Promise<void>;
type Says<P> = (parts: PressParts, interaction: ComponentInteraction, place: P) => Promise<string>;

/** The buttons and forms on an interview's cards. */
export function interviewRoutes(parts: PressParts): Readonly<Record<string, Route>> {
  const belongsTo = async ([id]: readonly [string, ...unknown[]]) => {
    const session = await parts.interviews.get(id);
    return session && belongingOf(session);
  };
  const inInterview = (says: Says<string>): Route =>
    route({
      reply: 'private',
      args: z.tuple([snowflake]),
      belongsTo,
      handle: async (interaction, [id]) => whisper(interaction, await says(parts, interaction, id)),
    });
  const inTurn = (handle: Handle<TurnPlace>, how: Reply = 'private'): Route =>
    route({
      reply: how,
      args: z.tuple([snowflake, turn]),
      belongsTo,
      handle: (interaction, [id, at]) => handle(parts, interaction, { id, turn: at }),
    });
  const says = (what: Says<TurnPlace>): Route =>
    inTurn(async (_, interaction, place) => whisper(interaction, await what(parts, interaction, place)));
  const onSheet = (handle: Handle<SheetPlace>): Route =>
    route({
      reply: 'private',
      args: z.tuple([snowflake, turn, placeArg(mostPeople)]),
      belongsTo,
      handle: (interaction, [id, at, subject]) => handle(parts, interaction, { id, turn: at, subject }),
    });
  const form = (how: Reply, handle: Handle<SheetPlace>): Route =>
    route({
      reply: how,
      args: z.tuple([snowflake, turn, placeArg(mostPeople), opening]),
      belongsTo,
      handle: (interaction, [id, at, subject]) => handle(parts, interaction, { id, turn: at, subject }),
    });
  return {
    join: inInterview(presses.joinByPress),
    first: inInterview((all, interaction, id) => presses.joinByPress(all, interaction, id, 'first')),
    observe: inInterview((all, interaction, id) => presses.joinByPress(all, interaction, id, 'observe')),
    leave: inInterview(presses.leaveByPress),
    start: inInterview(presses.startNow),
    sheet: inTurn(async (all, interaction, place) =>
      reply(interaction, await presses.readPage(all, interaction, place, 0)),
    ),
    page: route({
      reply: 'edits',
      args: z.tuple([snowflake, turn, placeArg(sheetPages)]),
      belongsTo,
      handle: async (interaction, [id, at, page]) =>
        update(interaction, await presses.readPage(parts, interaction, { id, turn: at }, page)),
    }),
    ask: says(presses.askNow),
    hint: says((all, interaction, place) => presses.helpByPress(all, interaction, place, 'hint')),
    follow: says((all, interaction, place) => presses.helpByPress(all, interaction, place, 'followUp')),
    away: says(presses.sayAwayNow),
    up: says(presses.timeIsUp),
    next: says(presses.goOn),
    answer: inTurn(openAnswer),
    text: route({
      reply: 'private',
      args: z.tuple([snowflake, turn, opening]),
      belongsTo,
      handle: async (interaction, [id, at]) =>
        whisper(interaction, await takeAnswerForm(parts, interaction, { id, turn: at })),
    }),
    feedback: inTurn(openPoints),
    rate: inTurn(openPoints),
    mark: onSheet(openMarks),
    points: form('private', async (all, interaction, place) =>
      reply(interaction, await takePointsForm(all, interaction, place)),
    ),
    marks: form('edits', async (all, interaction, place) =>
      update(interaction, await takeMarksForm(all, interaction, place)),
    ),
    mine: inTurn(showFeedback),
    own: route({
      reply: 'edits',
      args: z.tuple([snowflake, turn, placeArg(mostOwnPages)]),
      belongsTo,
      handle: (interaction, [id, at, page]) => turnFeedback(parts, interaction, { id, turn: at }, page),
    }),
    keep: inTurn(keepFeedback),
  };
}

const belongingOf = ({ guildId, channelId, room }: InterviewSession): Belonging => ({
  guildId,
  channelIds: room?.threadId ? [channelId, room.threadId] : [channelId],
});
