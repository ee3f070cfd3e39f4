import { z } from 'zod';
import { Recent } from '../ledger/recent.js';
import { HeldLogs } from '../store/held-logs.js';
import { logType, type RecordLog } from '../store/log.js';
import { Batch, recordType, type Store, StoreError } from '../store/store.js';
import { answered, newProfile, type Profile, type ProfileUpdate, profileSchema } from './profile.js';

export type { Profile, ProfileUpdate } from './profile.js';

const profileType = recordType('profile', profileSchema);
/** Who has a profile in a scope, so that all of them can be found when the scope's data goes. */
const membersLog = logType('members', z.string());

/** A profile takes one or two kilobytes. */
const keptProfiles = 4_096;
const keptScopes = 1_000;

/** The one place of a member's profile in memory; all who change it change it here. */
interface Place {
  profile: Profile | undefined;
}

/** What members have answered, one record for each scope (a server, or `dm-<user>`) and member. */
export class Profiles {
  #places: Recent<Place>;
  readonly #members: HeldLogs<string>;

  readonly #store: Store;

  /** @param kept how many stay in memory when nobody uses them */
  constructor(store: Store, kept = keptProfiles) {
    this.#store = store;

    this.#places = new Recent(kept);
    this.#members = new HeldLogs(store, membersLog, keptScopes);
    store.onRollback(() => {
      this.#places = new Recent(kept);
    });
  }

  /** Everybody's profile as it stands; an empty one for who has none. */
  async load(scope: string, members: readonly string[]): Promise<Map<string, Profile>> {
    for (;;) {
      const places = this.#places;
      // Held until the end, so that nobody reads the same profile into another place in the meantime.
      const held = new Map(members.map((member) => [member, places.get(idOf(scope, member), newPlace)]));
      await this.#fill(scope, held);
      const isNew = [...held.values()].some(({ profile }) => profile === newProfile);
      if (isNew) await this.#members.get(scope);
      if (places !== this.#places) continue;
      return new Map(members.map((member) => [member, this.#profile(scope, member)]));
    }
  }

  /** One member's profile. */
  async get(scope: string, member: string): Promise<Profile> {
    const loaded = await this.load(scope, [member]);
    return loaded.get(member) ?? newProfile;
  }

  /**
   * Stages the profiles after these answers. Call it in the turn of the event loop in which `load` of all their
   * members came back, and commit `batch` in the same turn.
   * @throws StoreError for a member who was not loaded; nothing is staged then
   */
  stage(batch: Batch, scope: string, updates: readonly ProfileUpdate[]): void {
    const members = [...new Set(updates.map(({ member }) => member))];
    const joined = members.filter((member) => this.#profile(scope, member) === newProfile);
    if (joined.length > 0) this.#membersOf(scope).append(batch, joined);
    for (const update of updates) {
      const id = idOf(scope, update.member);
      const place = this.#places.get(id, newPlace);
      place.profile = answered(place.profile ?? newProfile, update);
      batch.put(profileType, id, () => place.profile ?? newProfile);
    }
  }

  /** Stages the removal of a member's profile. */
  remove(batch: Batch, scope: string, member: string): void {
    const id = idOf(scope, member);
    this.#places.get(id, newPlace).profile = newProfile;
    batch.remove(profileType, id);
  }

  /** Removes all profiles of a scope. After a failure: once more. */
  async forgetScope(scope: string): Promise<void> {
    const log = await this.#members.get(scope);
    for await (const members of log.segments()) {
      const batch = new Batch();
      for (const member of members) this.remove(batch, scope, member);
      await this.#store.commit(batch);
    }
    const batch = new Batch();
    log.remove(batch);
    await this.#store.commit(batch);
  }

  /** Removes a member's profile and them from the scope's list. After a failure: once more. */
  async forgetMember(scope: string, forgotten: string): Promise<void> {
    const removed = (): Promise<void> => {
      const batch = new Batch();
      this.remove(batch, scope, forgotten);
      return this.#store.commit(batch);
    };
    await removed();
    const log = await this.#members.get(scope);
    await log.drop((member) => member === forgotten);
    // An answer of this moment may have begun a profile that is not on the list any more.
    await removed();
  }

  #membersOf(scope: string): RecordLog<string> {
    const log = this.#members.held(scope);
    if (!log) throw new StoreError(`The members of ${scope} were not loaded`);
    return log;
  }

  async #fill(scope: string, held: ReadonlyMap<string, Place>): Promise<void> {
    const missing = [...held].filter(([, place]) => place.profile === undefined);
    if (missing.length === 0) return;
    const found = await this.#store.getMany(
      profileType,
      missing.map(([member]) => idOf(scope, member)),
    );
    // What another caller read or changed in the meantime is newer.
    for (const [member, place] of missing) place.profile ??= found.get(idOf(scope, member)) ?? newProfile;
  }

  #profile(scope: string, member: string): Profile {
    const profile = this.#places.find(idOf(scope, member))?.profile;
    if (!profile) throw new StoreError(`The profile of member ${member} in ${scope} was not loaded`);
    return profile;
  }
}

const newPlace = (): Place => ({ profile: undefined });
const idOf = (scope: string, member: string): string => `${scope}:${member}`;
