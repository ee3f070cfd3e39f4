import { type ComponentJson, MessageFlag, type MessageJson, messageText } from 'local-discord/client';
import { type Model, nameOf } from './model.js';
import { cutAtWord, spokenText } from './spoken.js';

const place = document.getElementById('spoken') as HTMLElement;
/** A screen reader that reads a whole card is no help in a round of 20 seconds. */
const longest = 300;

/**
 * Says a new message, or what is new in an edited one: of private ones always, of others when the edit has closed
 * something, as a reveal does. Counters that go up are not said.
 */
export function announce({ state }: Model, message: MessageJson, before?: MessageJson): void {
  if (before && !isPrivate(message) && !hasClosed(before, message)) return;
  const lines = messageText(message).split('\n');
  const known = new Set(before ? messageText(before).split('\n') : []);
  const fresh = lines.filter((line) => !known.has(line)).join('\n');
  const words = spokenText(fresh, (id) => nameOf(state, id));
  if (words) place.textContent = `${nameOf(state, message.author.id)}: ${cutAtWord(words, longest)}`;
}

const isPrivate = ({ flags }: MessageJson): boolean => (flags & MessageFlag.ephemeral) !== 0;

function hasClosed(before: MessageJson, after: MessageJson): boolean {
  const open = new Set(openIds(after.components));
  return openIds(before.components).some((id) => !open.has(id));
}

function openIds(all: readonly ComponentJson[]): string[] {
  return all.flatMap((each) => [
    ...(each.custom_id && !each.disabled ? [each.custom_id] : []),
    ...openIds(each.components ?? []),
  ]);
}
