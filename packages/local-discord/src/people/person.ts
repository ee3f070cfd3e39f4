import { codePoints } from '../checks/code-points.js';
import { Intent } from '../gateway-protocol.js';
import { may, type PermissionName, permissionBits } from '../permissions.js';
import { wakeThread } from '../rest/sending.js';
import { memberJson } from '../shapes.js';
import { forgetPermissions, type UserState } from '../state.js';
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

  /** Writes a message of her own. */
  says(content: string, channel: Channel = this.channel): Card {
    const refusal = this.#mayNotWrite(content, channel);
    if (refusal) throw new Refused(refusal);
    wakeThread(this.around, channel.state, this.id);
    const body = { content };
    const state = this.around.messages.create({
      channel: channel.state,
      authorId: this.id,
      body,
      uploads: [],
    });
    return new Card(state, this.around.world);
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
    const guild = this.server.state;
    if (!guild.members.delete(this.id)) return;
    forgetPermissions(guild);
    this.#tell('GUILD_MEMBER_REMOVE', { guild_id: guild.id, user: this.user.json });
  }

  /** A moderator times this person out: she may read and nothing else. */
  timedOut(forMs: number): void {
    const guild = this.server.state;
    const member = guild.members.get(this.id);
    if (!member) throw new Refused(`${this.name} is not in ${guild.name}`);
    member.timedOutUntil = guild.now() + forMs;
    forgetPermissions(guild);
    this.#tell('GUILD_MEMBER_UPDATE', { guild_id: guild.id, ...memberJson(member) });
  }

  #tell(event: string, data: object): void {
    this.around.gateway.dispatch(this.server.state, Intent.guildMembers, event, JSON.stringify(data));
  }

  /** Why her client does not let her send this; undefined when it does. */
  #mayNotWrite(content: string, { state }: Channel): string | undefined {
    const where = state.name === '' ? 'here' : `in #${state.name}`;
    if (state.deleted) return 'The channel is gone';
    if (state.guild && !state.guild.members.has(this.id)) return `${this.name} is not in ${state.guild.name}`;
    const sending = state.thread ? 'SendMessagesInThreads' : 'SendMessages';
    if (!may(state, this.id, 'ViewChannel', sending)) return `${this.name} may not write ${where}`;
    if (state.thread?.archived && state.thread.locked) return 'The thread is locked';
    if (content.trim() === '') return 'The message is empty';
    return codePoints(content) > 2_000 ? 'The message is longer than 2,000 characters' : undefined;
  }
}
