import { z } from 'zod';
import { MemberRecords } from '../people/member-records.js';
import type { Memory } from '../store/held.js';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';
import type { Transaction } from '../store/transaction.js';
import { profileOfMember } from './member-data.js';
import {
  answered,
  newProfile,
  type Profile,
  type ProfileUpdate,
  profileSchema,
  withWeek,
} from './profile.js';

export const profileType = recordType('profile', profileSchema);
/** Who has a profile in a scope, so that all of them can be found when the scope's data goes. */
export const membersLog = logType('members', z.string());

/** What members have answered, one record for each scope (a server, or `dm-<user>`) and member. */
export class Profiles {
  readonly name = 'profiles';
  readonly memberData = profileOfMember;
  readonly #records: MemberRecords<Profile>;
  readonly #percent: ((profile: Profile) => number) | undefined;

  /** @param percent how ready a member with such a profile is; absent: no weeks are noted */
  constructor(memory: Memory, percent?: (profile: Profile) => number) {
    this.#percent = percent;
    this.#records = new MemberRecords(memory, profileType, membersLog);
  }

  /** In a change: profiles as they are before its own answers, in the order of the members. */
  of(change: Transaction, scope: string, members: readonly string[]): Profile[] {
    return this.#records.in(change, scope, members).map(({ value }) => value ?? newProfile);
  }

  /** In a change: takes answers into the profiles of those who gave them. */
  take(change: Transaction, scope: string, updates: readonly ProfileUpdate[]): void {
    const byMember = new Map<string, ProfileUpdate[]>();
    for (const update of updates) {
      const own = byMember.get(update.member);
      if (own) own.push(update);
      else byMember.set(update.member, [update]);
    }
    const members = [...byMember.keys()];
    const slots = this.#records.in(change, scope, members);
    const joined: string[] = [];
    for (const [index, member] of members.entries()) {
      const slot = slots[index];
      if (!slot) continue;
      if (slot.value === undefined) joined.push(member);
      const own = byMember.get(member) ?? [];
      slot.set(own.reduce((profile, update) => this.#after(profile, update), slot.value ?? newProfile));
    }
    this.#records.list(change, scope, joined);
  }

  #after(profile: Profile, update: ProfileUpdate): Profile {
    const before = this.#percent ? withWeek(profile, update.day, this.#percent) : profile;
    return answered(before, update);
  }

  /** One member's profile; an empty one for who has none. */
  async get(scope: string, member: string): Promise<Profile> {
    return (await this.#records.get(scope, member)) ?? newProfile;
  }

  async exportMember(scope: string, member: string): Promise<unknown> {
    return this.#records.get(scope, member);
  }

  /** Everybody who has a profile in a scope. */
  membersOf(scope: string): AsyncGenerator<string> {
    return this.#records.membersOf(scope);
  }

  scopesWithMembers(scopes: readonly string[]): Promise<readonly string[]> {
    return this.#records.scopesWithMembers(scopes);
  }

  /** Removes all profiles of a scope. After a failure: once more. */
  forgetScope(scope: string): Promise<void> {
    return this.#records.forgetScope(scope);
  }

  /** Removes a member's profile and them from the scope's list. After a failure: once more. */
  async forgetMember(scope: string, member: string): Promise<void> {
    await this.#records.forgetMember(scope, member);
  }
}
