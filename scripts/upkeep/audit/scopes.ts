import type { Rows } from '../../../src/store/rows.js';

/** What a database says at a glance, by its keys alone. */
export interface Scopes {
  /** Servers and direct messages (`dm-<user>`) of which points, profiles, quizzes or daily questions are stored. */
  readonly ids: readonly string[];
  /** By scope, who has a profile. */
  readonly profiles: ReadonlyMap<string, readonly string[]>;
  /** Keys of copies that were made of damaged records. */
  readonly setAside: readonly string[];
}

/** Of logs that belong to a scope, the key is `<type>:<scope>:<part>`. */
const perScope = /^(?:ledger|members|games|daily-posts|asked-cards|askings):([^:]+):/;

export async function scopesOf(rows: Rows): Promise<Scopes> {
  const ids = new Set<string>();
  const profiles = new Map<string, string[]>();
  const setAside: string[] = [];
  for await (const keys of rows.keys()) {
    for (const key of keys) {
      const [type, scope = '', member = ''] = key.split(':', 3);
      if (type === 'damaged') setAside.push(key);
      const listed = perScope.exec(key)?.[1];
      if (listed) ids.add(listed);
      if (type !== 'profile') continue;
      ids.add(scope);
      const members = profiles.get(scope) ?? [];
      members.push(member);
      profiles.set(scope, members);
    }
  }
  return { ids: [...ids].sort(), profiles, setAside };
}
