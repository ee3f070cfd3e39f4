/** The shapes of Discord's JSON that the server reads or shows; everything else passes through untouched. */

export interface MediaJson {
  url: string;
  proxy_url?: string;
  id?: string;
  attachment_id?: string;
  content_type?: string;
}

export interface OptionJson {
  label: string;
  value: string;
  description?: string | null;
  default?: boolean | null;
}

export interface ComponentJson {
  type: number;
  id?: number | null;
  custom_id?: string | null;
  style?: number;
  label?: string | null;
  description?: string | null;
  disabled?: boolean | null;
  url?: string | null;
  sku_id?: string | null;
  emoji?: { id?: string | null; name?: string | null } | null;
  content?: string;
  components?: ComponentJson[];
  accessory?: ComponentJson;
  component?: ComponentJson;
  options?: OptionJson[];
  channel_types?: number[] | null;
  placeholder?: string | null;
  min_values?: number | null;
  max_values?: number | null;
  min_length?: number | null;
  max_length?: number | null;
  required?: boolean | null;
  value?: string | null;
  default?: boolean | null;
  media?: MediaJson;
  items?: { media: MediaJson; description?: string | null; spoiler?: boolean | null }[];
  file?: MediaJson;
  name?: string | null;
  size?: number | null;
  spoiler?: boolean | null;
  spacing?: number | null;
  divider?: boolean | null;
  accent_color?: number | null;
}

export interface EmbedJson {
  type?: string | null;
  title?: string | null;
  description?: string | null;
  url?: string | null;
  author?: { name?: string | null } | null;
  footer?: { text?: string | null } | null;
  fields?: { name: string; value: string }[] | null;
  image?: MediaJson | null;
  thumbnail?: MediaJson | null;
}

export interface AllowedMentionsJson {
  parse?: string[] | null;
  users?: string[] | null;
  roles?: string[] | null;
  replied_user?: boolean | null;
}

/** What a bot sends to make or edit a message. */
export interface MessageBody {
  content?: string | null;
  embeds?: EmbedJson[] | null;
  components?: ComponentJson[] | null;
  attachments?: { id: string; filename?: string | null; description?: string | null }[] | null;
  flags?: number | null;
  allowed_mentions?: AllowedMentionsJson | null;
  message_reference?: {
    /** 1: a forward. */
    type?: number | null;
    message_id?: string | null;
    channel_id?: string | null;
    fail_if_not_exists?: boolean | null;
  } | null;
  nonce?: string | number | null;
  /** Gives back the message of the same nonce, if one was posted in the last minutes. */
  enforce_nonce?: boolean | null;
  tts?: boolean | null;
}

export interface AttachmentJson {
  id: string;
  filename: string;
  size: number;
  url: string;
  proxy_url: string;
  content_type?: string;
  description?: string;
  ephemeral?: boolean;
}

export interface UserJson {
  id: string;
  username: string;
  discriminator: string;
  global_name: string | null;
  avatar: string | null;
  bot?: boolean;
}

/** A message as it reaches clients. */
export interface MessageJson {
  id: string;
  channel_id: string;
  author: UserJson;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  tts: boolean;
  mention_everyone: boolean;
  mentions: UserJson[];
  mention_roles: string[];
  attachments: AttachmentJson[];
  embeds: EmbedJson[];
  components: ComponentJson[];
  flags: number;
  pinned: boolean;
  type: number;
  application_id?: string;
  webhook_id?: string;
  nonce?: string | number;
  message_reference?: { type: number; channel_id: string; message_id?: string; guild_id?: string };
  interaction_metadata?: unknown;
  interaction?: unknown;
  /** The message that this one answers; null once it is gone. */
  referenced_message?: MessageJson | null;
  /** What a forward shows. */
  message_snapshots?: { message: Partial<MessageJson> }[];
  /** The thread that was started from it. */
  thread?: unknown;
}

export interface CommandOptionJson {
  type: number;
  name: string;
  name_localizations?: Record<string, string> | null;
  description: string;
  required?: boolean | null;
  choices?: { name: string; value: string | number }[] | null;
  options?: CommandOptionJson[] | null;
  autocomplete?: boolean | null;
  min_value?: number | null;
  max_value?: number | null;
  min_length?: number | null;
  max_length?: number | null;
  channel_types?: number[] | null;
}

/** A registered command. */
export interface CommandJson {
  id: string;
  application_id: string;
  version: string;
  type: number;
  name: string;
  description: string;
  options?: CommandOptionJson[] | null;
  default_member_permissions: string | null;
  dm_permission?: boolean | null;
  contexts?: number[] | null;
  integration_types?: number[] | null;
  nsfw?: boolean;
  guild_id?: string;
}

export interface RecurrenceJson {
  start: string;
  /** 0 yearly, 1 monthly, 2 weekly, 3 daily. */
  frequency: number;
  interval?: number | null;
  by_weekday?: number[] | null;
  [field: string]: unknown;
}

/** What a bot sends to make or change a scheduled event. */
export interface ScheduledEventBody {
  name?: string;
  description?: string | null;
  scheduled_start_time?: string;
  scheduled_end_time?: string | null;
  privacy_level?: number;
  /** 1 stage, 2 voice, 3 external. */
  entity_type?: number;
  channel_id?: string | null;
  entity_metadata?: { location?: string | null } | null;
  recurrence_rule?: RecurrenceJson | null;
  /** 1 scheduled, 2 active, 3 completed, 4 cancelled. */
  status?: number;
}

export interface ScheduledEventJson extends ScheduledEventBody {
  id: string;
  guild_id: string;
  creator_id: string;
  name: string;
  scheduled_start_time: string;
  entity_type: number;
  status: number;
}

/** An uploaded file. */
export interface Upload {
  readonly index: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export const MessageFlag = {
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;

export const ComponentType = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** Types of messages that this server makes. */
export const MessageType = {
  usual: 0,
  pinned: 6,
  threadCreated: 18,
  reply: 19,
  command: 20,
  threadStarter: 21,
} as const;

export const InteractionType = {
  ping: 1,
  command: 2,
  component: 3,
  autocomplete: 4,
  modalSubmit: 5,
} as const;

export const CallbackType = {
  pong: 1,
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  autocomplete: 8,
  modal: 9,
} as const;

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
