import { isPassing } from '../discord/api-errors.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { reply, update, whisper } from '../discord/respond.js';
import { findView, type PressParts, type TurnPlace } from './form-place.js';
import { isRated, ownCard, ownMessages, ownPages } from './own-card.js';
import * as ownWords from './own-words.js';
import type { TurnView } from './view.js';
import * as words from './words.js';

/** What was said of somebody, for them alone. */
export async function showFeedback(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<void> {
  await reply(interaction, ownCard(await shownTurn(parts, place), interaction.user.id, 0));
}

/** Another page of it, in place. */
export async function turnFeedback(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
  page: number,
): Promise<void> {
  const view = await shownTurn(parts, place);
  const member = interaction.user.id;
  await update(interaction, ownCard(view, member, Math.min(page, ownPages(view, member) - 1)));
}

/** The same as direct messages, which stay. */
export async function keepFeedback(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<void> {
  const member = interaction.user.id;
  const view = await shownTurn(parts, place);
  if (!isRated(view, member)) throw new UserError(ownWords.nothingHere);
  const messages = ownMessages(view, member);
  try {
    // Pressed twice, Discord takes each of them once.
    for (const [page, message] of messages.entries())
      await parts.interviews.sendDirect(member, { ...message, nonce: `${place.id}k${place.turn}.${page}` });
  } catch (error) {
    if (isPassing(error)) throw error;
    throw new UserError(ownWords.notSent);
  }
  await whisper(interaction, ownWords.sent);
}

/** @throws {UserError} before the feedback of a turn is shown */
async function shownTurn(parts: PressParts, place: TurnPlace): Promise<TurnView> {
  const view = await findView(parts, place);
  if (view.turn.ended !== 'shown') throw new UserError(words.notShown);
  return view;
}
