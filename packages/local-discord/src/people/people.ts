import { tellOfMember } from '../membership.js';
import type { PermissionName } from '../permissions.js';
import { Member } from './member.js';
import { Server, type ServerOptions } from './server.js';
import type { Surroundings } from './surroundings.js';

export interface MemberOptions {
  /** The server she is in (default: the first one, made when there is none). */
  readonly server?: Server;
  readonly permissions?: readonly PermissionName[];
  /** What her client speaks, e.g. `de`. */
  readonly locale?: string;
}

/** Servers and people by name; naming one that is not there makes it. */
export class People {
  readonly #servers = new Map<string, Server>();
  readonly #members = new Map<string, Member>();
  readonly #userIds = new Map<string, string>();

  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get servers(): readonly Server[] {
    return [...this.#servers.values()];
  }

  server(name: string, options: ServerOptions = {}): Server {
    const there = this.#servers.get(name);
    if (there) return there;
    const owner = this.#around.builder.user(`${name} owner`);
    const guild = this.#around.builder.guild(name, owner.id);
    if (options.locale) guild.locale = options.locale;
    this.#around.builder.membership(guild, owner);
    for (const channel of options.channels ?? ['general']) this.#around.builder.channel(guild, channel);
    const server = new Server(guild, this.#around);
    this.#servers.set(name, server);
    if (options.bot !== false) server.addBot(options.botPermissions);
    return server;
  }

  member(name: string, options: MemberOptions = {}): Member {
    const server = options.server ?? this.servers[0] ?? this.server('Study group');
    const key = `${server.id}:${name}`;
    let member = this.#members.get(key);
    if (!member) {
      const known = this.#around.world.users.get(this.#userIds.get(name) ?? '');
      const user = known ?? this.#around.builder.user(name);
      this.#userIds.set(name, user.id);
      const membership = this.#around.builder.membership(server.state, user);
      if (server.state.hasBot) tellOfMember(this.#around, server.state, membership, 'ADD');
      member = new Member(name, user, server, this.#around);
      this.#members.set(key, member);
    }
    if (options.locale) member.user.locale = options.locale;
    if (options.permissions?.length) member.allow(...options.permissions);
    return member;
  }
}
