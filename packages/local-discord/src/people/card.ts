import {
  type AttachmentJson,
  type ComponentJson,
  ComponentType,
  MessageFlag,
  type MessageJson,
  messageText,
  selectTypes,
  walkComponents,
} from '../json.js';
import type { MessageState, World } from '../state.js';

export interface ButtonView {
  readonly label: string;
  readonly customId: string | undefined;
  readonly disabled: boolean;
  readonly style: number;
  readonly url: string | undefined;
}

export interface SelectView {
  readonly customId: string;
  readonly type: number;
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly minValues: number;
  readonly maxValues: number;
  readonly channelTypes: readonly number[];
  readonly options: readonly { label: string; value: string; description: string; default: boolean }[];
}

export interface FileView {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly url: string;
  readonly bytes: Buffer;
}

/** A message as people see it: live, so after an edit it shows the new state. */
export class Card {
  readonly state: MessageState;
  readonly world: World;

  constructor(state: MessageState, world: World) {
    this.state = state;
    this.world = world;
  }

  get id(): string {
    return this.state.id;
  }

  /** The message's JSON as Discord shows it now. */
  get raw(): MessageJson {
    return this.state.json;
  }

  /** All text displays, content and embeds, top to bottom, a line each. */
  get text(): string {
    return textOf(this.state.json);
  }

  get buttons(): readonly ButtonView[] {
    return buttonsOf(this.state.json);
  }

  get selects(): readonly SelectView[] {
    return selectsOf(this.state.json.components);
  }

  get files(): readonly FileView[] {
    return this.state.json.attachments.map((attachment) => fileView(attachment, this.world));
  }

  /** Emoji that people reacted with, oldest first, and the ids of who did. */
  get reactions(): readonly { readonly emoji: string; readonly users: readonly string[] }[] {
    return [...this.state.reactions.values()].map(({ emoji, users }) => ({
      emoji: emoji.name,
      users: [...users],
    }));
  }

  get ephemeral(): boolean {
    return (this.state.json.flags & MessageFlag.ephemeral) !== 0;
  }

  get deleted(): boolean {
    return this.state.deleted || this.state.channel.deleted;
  }

  /** How often it was edited. */
  get edits(): number {
    return this.state.history.length - 1;
  }

  /** Every state that ever reached clients, oldest first, the present one last. */
  get history(): readonly MessageJson[] {
    return this.state.history;
  }

  /** Who was pinged by the message as it is now. */
  get pings(): { everyone: boolean; users: string[]; roles: string[] } {
    const { mention_everyone: everyone, mentions, mention_roles: roles } = this.state.json;
    return { everyone, users: mentions.map(({ id }) => id), roles };
  }

  /** @throws Error when there is no such button, naming those that there are. */
  button(labelOrCustomId: string): ButtonView {
    const { buttons } = this;
    const found =
      buttons.find(({ label }) => label === labelOrCustomId) ??
      buttons.find(({ customId }) => customId === labelOrCustomId);
    if (found) return found;
    const there = buttons.map(({ label }) => label).join(', ');
    throw new Error(
      `No button "${labelOrCustomId}" on the message; there are: ${there || 'none'}\n${this.text}`,
    );
  }
}

/** Made once for each state of a message, which is never changed in place: whoever waits looks at all there are again and again. */
function onceFor<T>(make: (json: MessageJson) => T): (json: MessageJson) => T {
  const made = new WeakMap<MessageJson, { readonly value: T }>();
  return (json) => {
    let kept = made.get(json);
    if (!kept) {
      kept = { value: make(json) };
      made.set(json, kept);
    }
    return kept.value;
  };
}

const textOf = onceFor(messageText);

const buttonsOf = onceFor(({ components }): readonly ButtonView[] => {
  const buttons: ButtonView[] = [];
  walkComponents(components, (component) => {
    if (component.type !== ComponentType.button) return;
    const emoji = component.emoji?.name ?? '';
    buttons.push({
      label: component.label ? component.label : emoji,
      customId: component.custom_id ?? undefined,
      disabled: component.disabled ?? false,
      style: component.style ?? 1,
      url: component.url ?? undefined,
    });
  });
  return buttons;
});

function selectsOf(components: readonly ComponentJson[]): SelectView[] {
  const selects: SelectView[] = [];
  walkComponents(components, (component) => {
    if (!selectTypes.includes(component.type)) return;
    selects.push({
      customId: component.custom_id ?? '',
      type: component.type,
      placeholder: component.placeholder ?? '',
      disabled: component.disabled ?? false,
      minValues: component.min_values ?? 1,
      maxValues: component.max_values ?? 1,
      channelTypes: component.channel_types ?? [],
      options: (component.options ?? []).map((option) => ({
        label: option.label,
        value: option.value,
        description: option.description ?? '',
        default: option.default ?? false,
      })),
    });
  });
  return selects;
}

function fileView(attachment: AttachmentJson, world: World): FileView {
  return {
    name: attachment.filename,
    type: attachment.content_type ?? '',
    description: attachment.description ?? '',
    url: attachment.url,
    bytes: world.attachments.get(attachment.id)?.bytes ?? Buffer.alloc(0),
  };
}
