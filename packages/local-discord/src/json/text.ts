import { ComponentType } from './kinds.js';
import type { ComponentJson, EmbedJson, MessageJson } from './messages.js';

/** Calls `visit` for every component, at every depth, with its path in the body. */
export function walkComponents(
  components: readonly ComponentJson[],
  visit: (component: ComponentJson, path: readonly (string | number)[]) => void,
  path: readonly (string | number)[] = ['components'],
): void {
  components.forEach((component, index) => {
    const here = [...path, index];
    visit(component, here);
    if (component.components) walkComponents(component.components, visit, [...here, 'components']);
    if (component.accessory) visit(component.accessory, [...here, 'accessory']);
    if (component.component) visit(component.component, [...here, 'component']);
  });
}

/** Everything that a reader of the message sees as text, top to bottom, one piece a line. */
export function messageText(message: Pick<MessageJson, 'content' | 'embeds' | 'components'>): string {
  const pieces: string[] = message.content ? [message.content] : [];
  walkComponents(message.components, (component) => {
    if (component.type === ComponentType.textDisplay && component.content) pieces.push(component.content);
  });
  for (const embed of message.embeds) pieces.push(...embedTexts(embed));
  return pieces.join('\n');
}

export function embedTexts(embed: EmbedJson): string[] {
  return [
    embed.author?.name,
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
    embed.footer?.text,
  ].filter((text): text is string => !!text);
}
