import { type Batch, recordType, type Store, StoreError } from '../store/store.js';
import { answered, newProfile, type Profile, type ProfileUpdate, profileSchema } from './profile.js';
import { Recent } from './recent.js';

export type { Profile, ProfileUpdate } from './profile.js';

const profileType = recordType('profile', profileSchema);

/** A profile takes one or two kilobytes. */
const keptProfiles = 4_096;

/** The one place of a member's profile in memory; all who change it change it here. */
interface Place {
  profile: Profile | undefined;
}

/** What members have answered, one record for each scope (a server, or `dm-<user>`) and member. */
export class Profiles {
  #places: Recent<Place>;

  /** @param kept how many stay in memory when nobody uses them */
  constructor(
    private readonly store: Store,
    kept = keptProfiles,
  ) {
    this.#places = new Recent(kept);
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
    for (const { member } of updates) this.#profile(scope, member);
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

  async #fill(scope: string, held: ReadonlyMap<string, Place>): Promise<void> {
    const missing = [...held].filter(([, place]) => place.profile === undefined);
    if (missing.length === 0) return;
    const found = await this.store.getMany(
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
