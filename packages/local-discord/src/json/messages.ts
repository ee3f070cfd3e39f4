/** Messages and what is in them. */

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
  emoji?: { id?: string | null; name?: string | null } | null;
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
  default_values?: { id: string; type: string }[] | null;
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
  author?: { name?: string | null; url?: string | null; icon_url?: string | null } | null;
  footer?: { text?: string | null; icon_url?: string | null } | null;
  fields?: { name: string; value: string; inline?: boolean | null }[] | null;
  timestamp?: string | null;
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

export interface ReactionJson {
  emoji: { id: string | null; name: string };
  count: number;
  count_details: { burst: number; normal: number };
  burst_colors: string[];
  me: boolean;
  me_burst: boolean;
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
  reactions?: ReactionJson[];
  /** The message that this one answers; null once it is gone. */
  referenced_message?: MessageJson | null;
  /** What a forward shows. */
  message_snapshots?: { message: Partial<MessageJson> }[];
  /** The thread that was started from it. */
  thread?: unknown;
}

/** An uploaded file. */
export interface Upload {
  readonly index: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}
