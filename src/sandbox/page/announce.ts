import { MessageFlag, type MessageJson, messageText } from 'local-discord/client';
import { type Model, nameOf } from './model.js';

const place = document.getElementById('spoken') as HTMLElement;
/** A screen reader that reads a whole card is no help in a round of 20 seconds. */
const longest = 240;

/** Tells a screen reader of a new message, and of an answer that a person waited for; counters are let be. */
export function announce({ state }: Model, message: MessageJson, how: 'created' | 'edited'): void {
  if (how === 'edited' && (message.flags & MessageFlag.ephemeral) === 0) return;
  const words = messageText(message)
    .replaceAll(/<@!?(\d+)>/g, (_, id: string) => nameOf(state, id))
    .replaceAll(/<[^>]*>|```\w*|^-# |^#+ |[*_`]/gm, '')
    .replaceAll(/\s+/g, ' ');
  place.textContent = `${nameOf(state, message.author.id)}: ${words.slice(0, longest)}`;
}
