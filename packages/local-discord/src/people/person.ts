import { codePoints } from '../checks/code-points.js';
import { isNote, MessageType, type Upload } from '../json.js';
import { removeMember, setRoles, tellOfMember } from '../membership.js';
import type { LooseFile, NewMessage } from '../messages.js';
import { may, type PermissionName, permissionBits } from '../permissions.js';
import { react, readEmoji, unreact } from '../reactions.js';
import { wakeThread } from '../rest/sending.js';
import { forgetPermissions, type MemberState, type UserState } from '../state.js';
import { Card } from './card.js';
import { Channel } from './channel.js';
import type { Server } from './server.js';
import { Refused } from './slash.js';
import type { Surroundings } from './surroundings.js';

/** Somebody in a server: what she reads, writes and may do there, with no bot in it. */
export class Person {
  /** Where this person is, when a command says nothing else. */
  channel: Channel;

  readonly name: string;
  readonly user: UserState;
  readonly server: Server;
  readonly around: Surroundings;

  constructor(name: string, user: UserState, server: Server, around: Surroundings) {
    this.name = name;
    this.user = user;
    this.server = server;
    this.around = around;

    const [first] = server.channels;
    this.channel = first ?? server.channel('general');
  }

  get id(): string {
    return this.user.id;
  }

  get mention(): string {
    return `<@${this.user.id}>`;
  }

  /** The direct message with the bot. */
  get dm(): Channel {
    return new Channel(this.around.builder.directChannel(this.user), this.around.world);
  }

  /** What this person sees in a channel: everybody's messages and her own ephemeral ones. */
  sees(channel: Channel = this.channel): readonly Card[] {
    return may(channel.state, this.id, 'ViewChannel') ? channel.seenBy(this.id) : [];
  }

  /** Writes a message of her own, with files if she likes. */
  says(content: string, channel: Channel = this.channel, files: readonly LooseFile[] = []): Card {
    return this.#writes(content, channel, files, {});
  }

  /** Answers a message, whose author is pinged. */
  replies(card: Card, content: string, files: readonly LooseFile[] = []): Card {
    if (card.deleted) throw new Refused('The message is gone');
    if (card.ephemeral || isNote(card.raw.type)) throw new Refused('This message cannot be answered');
    const { channel } = card.state;
    const guild = channel.guild && { guild_id: channel.guild.id };
    const reference = { type: 0, channel_id: channel.id, message_id: card.id, ...guild };
    return this.#writes(content, new Channel(channel, this.around.world), files, {
      type: MessageType.reply,
      extra: { message_reference: reference, referenced_message: card.raw },
    });
  }

  #writes(
    content: string,
    channel: Channel,
    files: readonly LooseFile[],
    kind: Pick<NewMessage, 'type' | 'extra'>,
  ): Card {
    const refusal = this.#mayNotWrite(content, channel, files.length);
    if (refusal) throw new Refused(refusal);
    wakeThread(this.around, channel.state, this.id);
    const state = this.around.messages.create({
      channel: channel.state,
      authorId: this.id,
      body: { content },
      uploads: files.map(uploadOf),
      ...kind,
    });
    return new Card(state, this.around.world);
  }

  /** Edits a message of her own. */
  edits(card: Card, content: string): Card {
    this.#mustOwn(card);
    this.around.messages.edit(card.state, { content }, []);
    return card;
  }

  /** Takes a message of her own away. */
  deletes(card: Card): void {
    this.#mustOwn(card);
    this.around.messages.delete(card.state);
  }

  reacts(card: Card, emoji: string): void {
    const { channel } = card.state;
    if (card.deleted) throw new Refused('The message is gone');
    const first = !card.state.reactions.has(emoji);
    if (!may(channel, this.id, 'ReadMessageHistory') || (first && !may(channel, this.id, 'AddReactions')))
      throw new Refused(`${this.name} may not react here`);
    react(this.around, card.state, readEmoji(emoji), this.id);
  }

  /** Takes her reaction back. */
  unreacts(card: Card, emoji: string): void {
    unreact(this.around, card.state, emoji, this.id);
  }

  /** Names of the roles that she has. */
  get roles(): readonly string[] {
    const { roles } = this.server.state;
    return this.#member.roles.flatMap((id) => roles.get(id)?.name ?? []);
  }

  /** A moderator gives her a role, made when there is none of this name. */
  gets(role: string): this {
    const { id } = this.server.role(role);
    setRoles(this.around, this.server.state, this.#member, [...this.#member.roles, id]);
    return this;
  }

  /** A moderator takes a role from her. */
  loses(role: string): this {
    const { id } = this.server.role(role);
    const left = this.#member.roles.filter((each) => each !== id);
    setRoles(this.around, this.server.state, this.#member, left);
    return this;
  }

  /** Gives this person permissions in the server, by a role of her own. */
  allow(...permissions: readonly PermissionName[]): this {
    const guild = this.server.state;
    const role = this.server.role(`${this.name}’s`);
    role.permissions |= permissionBits(...permissions);
    const member = guild.members.get(this.id);
    if (member && !member.roles.includes(role.id)) member.roles.push(role.id);
    forgetPermissions(guild);
    return this;
  }

  /** Takes permissions of her own role away again. */
  disallow(...permissions: readonly PermissionName[]): this {
    this.server.role(`${this.name}’s`).permissions &= ~permissionBits(...permissions);
    forgetPermissions(this.server.state);
    return this;
  }

  leaves(): void {
    const member = this.server.state.members.get(this.id);
    if (member) removeMember(this.around, this.server.state, member);
  }

  /** A moderator times this person out: she may read and nothing else. */
  timedOut(forMs: number): void {
    const guild = this.server.state;
    const member = this.#member;
    member.timedOutUntil = guild.now() + forMs;
    forgetPermissions(guild);
    tellOfMember(this.around, guild, member, 'UPDATE');
  }

  get #member(): MemberState {
    const { members, name } = this.server.state;
    const member = members.get(this.id);
    if (!member) throw new Refused(`${this.name} is not in ${name}`);
    return member;
  }

  #mustOwn(card: Card): void {
    if (card.deleted) throw new Refused('The message is gone');
    if (card.state.authorId !== this.id) throw new Refused(`The message is not ${this.name}’s`);
  }

  /** Why her client does not let her send this; undefined when it does. */
  #mayNotWrite(content: string, { state }: Channel, files: number): string | undefined {
    const where = state.name === '' ? 'here' : `in #${state.name}`;
    if (state.deleted) return 'The channel is gone';
    if (state.guild && !state.guild.members.has(this.id)) return `${this.name} is not in ${state.guild.name}`;
    const sending = state.thread ? 'SendMessagesInThreads' : 'SendMessages';
    if (!may(state, this.id, 'ViewChannel', sending)) return `${this.name} may not write ${where}`;
    if (state.thread?.locked && !may(state, this.id, 'ManageThreads')) return 'The thread is locked';
    if (files > 0 && !may(state, this.id, 'AttachFiles')) return `${this.name} may not attach files ${where}`;
    if (content.trim() === '' && files === 0) return 'The message is empty';
    return codePoints(content) > 2_000 ? 'The message is longer than 2,000 characters' : undefined;
  }
}

function uploadOf({ name, type = 'application/octet-stream', bytes }: LooseFile, index: number): Upload {
  return { index: String(index), name, type, bytes: Buffer.from(bytes) };
}
