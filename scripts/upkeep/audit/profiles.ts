import { fromStored, type StoredRow } from '../../../src/ledger/rows.js';
import type { Profile } from '../../../src/profiles/profile.js';
import { membersLog, profileType } from '../../../src/profiles/service.js';
import { readRows } from '../../../src/store/log-segments.js';
import type { Store } from '../../../src/store/store.js';
import { shortened } from './expected.js';

/** Profiles read at once. */
const atOnce = 200;

/** Right and all answers that were scored, by topic and level. */
type Scored = Map<string, readonly [right: number, all: number]>;

/**
 * Holds the profiles of a scope against its ledger: what counts as scored in the one is in the other.
 * @param holders who has a profile
 */
export async function auditProfiles(
  store: Store,
  scope: string,
  rows: readonly StoredRow[],
  holders: readonly string[],
): Promise<string[]> {
  const faults: string[] = await listing(store, scope, holders);
  const booked = byMember(rows);
  for (let from = 0; from < holders.length; from += atOnce) {
    const some = holders.slice(from, from + atOnce);
    const profiles = await store.getMany(
      profileType,
      some.map((member) => `${scope}:${member}`),
    );
    for (const member of some) {
      const profile = profiles.get(`${scope}:${member}`);
      if (profile) faults.push(...compared(member, scoredIn(profile), booked.get(member) ?? new Map()));
    }
  }
  const known = new Set(holders);
  for (const member of booked.keys())
    if (!known.has(member)) faults.push(`member ${member} has points in the ledger, and no profile`);
  return shortened(faults);
}

async function listing(store: Store, scope: string, holders: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  const listed = new Set<string>();
  const held = new Set(holders);
  for await (const member of readRows(store, membersLog, scope)) {
    if (listed.has(member)) faults.push(`member ${member} is listed twice`);
    listed.add(member);
    if (!held.has(member)) faults.push(`member ${member} is listed, and has no profile`);
  }
  for (const member of holders)
    if (!listed.has(member)) faults.push(`member ${member} has a profile, and is not listed`);
  return faults;
}

function byMember(rows: readonly StoredRow[]): Map<string, Scored> {
  const members = new Map<string, Scored>();
  for (const stored of rows) {
    const { member, topic, level, right } = fromStored(stored);
    const scored = members.get(member) ?? new Map<string, readonly [number, number]>();
    members.set(member, scored);
    const [rightSoFar, all] = scored.get(`${topic}/${level}`) ?? [0, 0];
    scored.set(`${topic}/${level}`, [rightSoFar + (right ? 1 : 0), all + 1]);
  }
  return members;
}

function scoredIn({ topics }: Profile): Scored {
  const scored: Scored = new Map();
  for (const [topic, levels] of Object.entries(topics))
    for (const [level, tally] of Object.entries(levels))
      if (tally[1] > 0) scored.set(`${topic}/${level}`, [tally[0], tally[1]]);
  return scored;
}

function compared(member: string, profile: Scored, ledger: Scored): string[] {
  return [...new Set([...profile.keys(), ...ledger.keys()])].flatMap((cell) => {
    const [right, all] = profile.get(cell) ?? [0, 0];
    const [rightRows, allRows] = ledger.get(cell) ?? [0, 0];
    if (right === rightRows && all === allRows) return [];
    return `the profile of member ${member} has ${right} of ${all} right in ${cell}, the ledger ${rightRows} of ${allRows}`;
  });
}
