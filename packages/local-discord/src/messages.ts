import { isoTime } from './iso-time.js';
import {
  type AttachmentJson,
  type MessageBody,
  MessageFlag,
  type MessageJson,
  MessageType,
  messageText,
  type Upload,
  type UserJson,
} from './json.js';
import { may } from './permissions.js';
import { presentComponents, presentEmbeds } from './presented.js';
import type { Snowflakes } from './snowflake.js';
import type { ChannelState, MessageState, World } from './state.js';

/** Flags that a bot may give a new message; ephemeral besides, in answers to interactions. */
export const settableFlags =
  MessageFlag.suppressEmbeds | MessageFlag.suppressNotifications | MessageFlag.componentsV2;

export interface NewMessage {
  readonly channel: ChannelState;
  readonly authorId: string;
  /** For a webhook, which is no user. */
  readonly author?: UserJson;
  readonly body: MessageBody;
  readonly uploads: readonly Upload[];
  readonly visibleTo?: string | undefined;
  readonly loading?: boolean;
  /** Further fields of the JSON, e.g. which interaction the message answers. */
  readonly extra?: Partial<MessageJson>;
  readonly type?: number;
  /** Flags beside those of the body. */
  readonly flags?: number;
  /** For the first message of a forum's post, which bears the id of its thread. */
  readonly id?: string;
}

export interface LooseFile {
  readonly name: string;
  readonly type?: string;
  readonly bytes: Uint8Array | string;
}

/** Makes, edits and deletes messages. Bodies have been checked before they come here. */
export class Messages {
  /** Where attachments are served, e.g. `http://127.0.0.1:4000`; known once the server listens. */
  origin = '';

  readonly world: World;
  readonly snowflakes: Snowflakes;
  readonly now: () => number;
  /** False: nothing that only one person sees is kept, for load. */
  readonly keepPrivate: boolean;

  constructor(world: World, snowflakes: Snowflakes, now: () => number, keepPrivate: boolean) {
    this.world = world;
    this.snowflakes = snowflakes;
    this.now = now;
    this.keepPrivate = keepPrivate;
  }

  create({
    channel,
    authorId,
    author = this.world.users.get(authorId)?.json,
    body,
    uploads,
    visibleTo,
    loading,
    extra,
    type,
    flags = 0,
    id = this.snowflakes.next(),
  }: NewMessage): MessageState {
    const attachments = uploads.map((upload) => this.#attach(channel, upload, body));
    if (!author) throw new Error(`No such user: ${authorId}`);
    const json: MessageJson = {
      id,
      channel_id: channel.id,
      author,
      content: (body.content ?? '').trim(),
      timestamp: isoTime(this.now()),
      edited_timestamp: null,
      tts: body.tts ?? false,
      ...noMentions,
      attachments,
      embeds: body.embeds ? presentEmbeds(body.embeds, attachments, this.#nextId) : [],
      components: presentComponents(body.components ?? [], attachments, this.#nextId),
      flags:
        ((body.flags ?? 0) & settableFlags) |
        flags |
        (visibleTo ? MessageFlag.ephemeral : 0) |
        (loading ? MessageFlag.loading : 0),
      pinned: false,
      type: type ?? 0,
      ...(body.nonce != null && { nonce: body.nonce }),
      ...extra,
    };
    if (!loading && !extra?.mentions) Object.assign(json, this.#mentions(channel, json, body));
    const message: MessageState = {
      id,
      channel,
      authorId,
      json,
      ...(visibleTo && { visibleTo }),
      history: [json],
      reactions: new Map(),
      deleted: false,
    };
    if (!visibleTo) {
      channel.messages.set(id, message);
      channel.lastMessageId = id;
      // What a thread was started from is not counted among its messages.
      if (channel.thread && type !== MessageType.threadStarter) channel.thread.sent += 1;
    } else if (this.keepPrivate) channel.messages.set(id, message);
    this.world.messageChanged.emit({ how: 'created', message });
    return message;
  }

  /** @param silent for the first content of a deferred reply, which is not an edit to those who see it. */
  edit(message: MessageState, body: MessageBody, uploads: readonly Upload[], silent = false): MessageState {
    const before = message.json;
    const attachments = [
      ...keptAttachments(before, body),
      ...uploads.map((upload) => this.#attach(message.channel, upload, body)),
    ];
    const json: MessageJson = {
      ...before,
      attachments,
      flags: editedFlags(before.flags, body.flags),
      edited_timestamp: silent || flagsAlone(body, uploads) ? before.edited_timestamp : isoTime(this.now()),
      ...(body.content !== undefined && { content: (body.content ?? '').trim() }),
      ...(body.embeds !== undefined && {
        embeds: presentEmbeds(body.embeds ?? [], attachments, this.#nextId),
      }),
      ...(body.components !== undefined && {
        components: presentComponents(body.components ?? [], attachments, this.#nextId),
      }),
    };
    Object.assign(json, this.#mentions(message.channel, json, body));
    message.json = json;
    delete message.text;
    message.history.push(json);
    this.world.messageChanged.emit({ how: 'edited', message });
    return message;
  }

  /** @param bulk for one of several that are deleted together */
  delete(message: MessageState, bulk = false): void {
    message.deleted = true;
    message.channel.messages.delete(message.id);
    this.world.messageChanged.emit({ how: 'deleted', message, bulk });
  }

  /** Changes what Discord itself notes on a message, such as a pin or a thread: no edit, but clients are told. */
  mark(message: MessageState, marks: Partial<MessageJson>): void {
    this.note(message, marks);
    this.world.messageChanged.emit({ how: 'edited', message });
  }

  /** Notes what clients are told of in some other way than by an update of the message. */
  note(message: MessageState, marks: Partial<MessageJson>): void {
    message.json = { ...message.json, ...marks };
    delete message.text;
    message.history.splice(-1, 1, message.json);
  }

  readonly #nextId = (): string => this.snowflakes.next();

  /** Keeps a file that belongs to no message, such as one put into a form. */
  upload(
    channel: ChannelState,
    { name, type = 'application/octet-stream', bytes }: LooseFile,
  ): AttachmentJson {
    return {
      ...this.#attach(channel, { index: '0', name, type, bytes: Buffer.from(bytes) }, {}),
      ephemeral: true,
    };
  }

  #attach(channel: ChannelState, upload: Upload, body: MessageBody): AttachmentJson {
    const named = body.attachments?.find((attachment) => attachment.id === upload.index);
    const id = this.snowflakes.next();
    const filename = named?.filename ?? upload.name;
    const url = `${this.origin}/attachments/${channel.id}/${id}/${encodeURIComponent(filename)}`;
    this.world.attachments.set(id, { name: filename, type: upload.type, bytes: upload.bytes });
    return {
      id,
      filename,
      size: upload.bytes.length,
      url,
      proxy_url: url,
      content_type: upload.type,
      ...(named?.description && { description: named.description }),
    };
  }

  /**
   * Who is pinged, as `allowed_mentions` lets it be; absent, everything in the text is, and of an answer to an
   * interaction users only. Embeds ping nobody; a reply pings the author that it answers.
   */
  #mentions(channel: ChannelState, json: MessageJson, body: MessageBody): Partial<MessageJson> {
    const text = messageText({ ...json, embeds: [] });
    const answered = json.type === MessageType.reply ? json.referenced_message?.author.id : undefined;
    if (!text.includes('@') && answered === undefined) return noMentions;
    const byDefault = json.webhook_id ? ['users'] : ['users', 'roles', 'everyone'];
    const allowed = body.allowed_mentions ?? { parse: byDefault, replied_user: true };
    const all = (kind: string): boolean => allowed.parse?.includes(kind) ?? false;
    const named = idsIn(text, /<@!?(\d+)>/g).filter((id) => all('users') || allowed.users?.includes(id));
    const users = answered && allowed.replied_user ? [...new Set([...named, answered])] : named;
    const mayPingAll =
      (!!json.webhook_id && !json.application_id) || may(channel, json.author.id, 'MentionEveryone');
    const roles = idsIn(text, /<@&(\d+)>/g).filter((id) => {
      const role = channel.guild?.roles.get(id);
      return role && (mayPingAll || role.mentionable) && (all('roles') || allowed.roles?.includes(id));
    });
    return {
      mention_everyone: /@(everyone|here)\b/.test(text) && all('everyone') && mayPingAll,
      mentions: users.flatMap((id) => this.world.users.get(id)?.json ?? []),
      mention_roles: roles,
    };
  }
}

const noMentions = { mention_everyone: false, mentions: [], mention_roles: [] };

function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
}

/** An edit can add Components V2 and change the suppression of embeds; nothing else, and V2 stays. */
function editedFlags(before: number, asked: number | null | undefined): number {
  const kept = before & ~MessageFlag.loading;
  if (asked == null) return kept;
  return (
    (kept & ~MessageFlag.suppressEmbeds) | (asked & (MessageFlag.suppressEmbeds | MessageFlag.componentsV2))
  );
}

/** Hiding embeds, or showing them again, is no edit to those who read the message. */
function flagsAlone(body: MessageBody, uploads: readonly Upload[]): boolean {
  return uploads.length === 0 && Object.keys(body).every((key) => key === 'flags');
}

/** The attachments that an edit leaves on the message. */
export function keptAttachments(before: MessageJson, body: MessageBody): AttachmentJson[] {
  if (body.attachments === undefined) return before.attachments;
  const wanted = new Set(body.attachments?.map((attachment) => attachment.id));
  return before.attachments.filter((attachment) => wanted.has(attachment.id));
}
