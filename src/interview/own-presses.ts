import { isPassing } from '../discord/api-errors.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { reply, whisper } from '../discord/respond.js';
import { findView, type PressParts, type TurnPlace } from './form-place.js';
import { ownCard } from './own-card.js';
import * as ownWords from './own-words.js';
import * as words from './words.js';

/** What was said of somebody, for them alone. */
export async function showFeedback(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<void> {
  await reply(interaction, await ownFeedback(parts, interaction, place, true));
}

/** The same as a direct message, which stays. */
export async function keepFeedback(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
): Promise<void> {
  const card = await ownFeedback(parts, interaction, place, false);
  try {
    await parts.interviews.sendDirect(interaction.user.id, card);
  } catch (error) {
    if (isPassing(error)) throw error;
    throw new UserError(ownWords.notSent);
  }
  await whisper(interaction, ownWords.sent);
}

async function ownFeedback(
  parts: PressParts,
  interaction: ComponentInteraction,
  place: TurnPlace,
  mayKeep: boolean,
): Promise<Outgoing> {
  const view = await findView(parts, place);
  if (view.turn.ended !== 'shown') throw new UserError(words.notShown);
  return ownCard(view, interaction.user.id, mayKeep);
}
