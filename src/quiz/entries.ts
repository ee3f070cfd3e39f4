import { z } from 'zod';
import type { Fold } from '../store/log-slot.js';
import { type Game, newPlayer, type Player } from './game.js';

export const entrySchema = z.object({
  member: z.string(),
  name: z.string(),
  present: z.boolean(),
  /** From 0, in a quiz with teams. */
  team: z.int().min(0).optional(),
  /** Set for somebody who left before the quiz began: they are in it no more than who never came. */
  gone: z.literal(true).optional(),
});
/** Somebody who came into a quiz, left it or changed their team, as they are since. */
export type QuizEntry = z.infer<typeof entrySchema>;

type Players = Game['players'];

/** How many are there, in all and by team. */
interface Count {
  /** The players of the record to which the entries were added. */
  readonly players: Players;
  present: number;
  readonly teams: Map<number, number>;
}

const ownOf = (players: Players, member: string): Player | undefined =>
  Object.hasOwn(players, member) ? players[member] : undefined;

const presentIn = new WeakMap<Players, readonly string[]>();

/** Looked for once for each state of the record, because every answer asks. */
function presentOf(players: Players): readonly string[] {
  let present = presentIn.get(players);
  if (!present) {
    present = Object.keys(players).filter((member) => players[member]?.present);
    presentIn.set(players, present);
  }
  return present;
}

/** What one takes in memory, roughly, with its place in the map. */
const bytesPerEntry = 250;

/**
 * Who came into a quiz, left it or changed their team while it was on: the last entry of each counts, over what the
 * record says of them. Thousands come at once, so what each of them asks takes no longer for many than for few.
 */
export class Entries {
  /** By member, in the order in which they came. Never changed but by {@link add} and {@link drop}. */
  readonly rows = new Map<string, QuizEntry>();
  /** Kept up with every entry; counted anew for another state of the record. */
  #count: Count | undefined;
  #changes = 0;
  #lastAwaited: string | undefined;

  /** Grows with every change, so that what is made of all can be kept until the next one. */
  get changes(): number {
    return this.#changes;
  }

  add(entry: QuizEntry): void {
    const { member } = entry;
    this.#counting(member, () => {
      // Who comes again after they had gone comes after all others.
      if (this.rows.get(member)?.gone) this.rows.delete(member);
      this.rows.set(member, entry);
    });
  }

  drop({ member }: QuizEntry): void {
    this.#counting(member, () => void this.rows.delete(member));
  }

  /** A member of whom the record says this, as they are now. */
  over(member: string, player: Player | undefined): Player | undefined {
    const entry = this.rows.get(member);
    if (!entry || entry.gone) return player;
    const { name, present, team } = entry;
    return { ...(player ?? newPlayer(name)), name, present, ...(team !== undefined && { team }) };
  }

  /** Everybody, in the order in which they came. Takes longer for many. */
  overAll(players: Players): Players {
    if (this.rows.size === 0) return players;
    const all = Object.entries(players).map(([member, player]) => [
      member,
      this.over(member, player) ?? player,
    ]);
    const come = [...this.rows.keys()].flatMap((member) => {
      const player = Object.hasOwn(players, member) ? undefined : this.over(member, undefined);
      return player ? [[member, player]] : [];
    });
    return Object.fromEntries([...all, ...come]);
  }

  /** How many are there. Counts all once for each state of the record. */
  present(players: Players): number {
    return this.#counted(players).present;
  }

  /** How many are there of a team. */
  inTeam(players: Players, team: number): number {
    return this.#counted(players).teams.get(team) ?? 0;
  }

  /** Whether this is so of anybody who is there. The one of whom it was so last time is looked at first. */
  isAwaited(players: Players, isIt: (member: string) => boolean): boolean {
    const last = this.#lastAwaited;
    if (last !== undefined && isIt(last) && this.#isThere(players, last)) return true;
    this.#lastAwaited = undefined;
    for (const member of this.#there(players)) {
      if (!isIt(member)) continue;
      this.#lastAwaited = member;
      return true;
    }
    return false;
  }

  *#there(players: Players): Generator<string> {
    for (const member of presentOf(players)) if (this.#isThere(players, member)) yield member;
    for (const { member, present, gone } of this.rows.values()) if (present && !gone) yield member;
  }

  #isThere(players: Players, member: string): boolean {
    return this.over(member, ownOf(players, member))?.present ?? false;
  }

  #counted(players: Players): Count {
    if (this.#count?.players !== players) {
      this.#count = { players, present: 0, teams: new Map() };
      for (const player of Object.values(this.overAll(players))) count(this.#count, player, 1);
    }
    return this.#count;
  }

  #counting(member: string, change: () => void): void {
    this.#changes++;
    const known = this.#count;
    if (!known) {
      change();
      return;
    }
    const player = ownOf(known.players, member);
    count(known, this.over(member, player), -1);
    change();
    count(known, this.over(member, player), 1);
  }
}

function count(all: Count, player: Player | undefined, by: 1 | -1): void {
  if (!player?.present) return;
  all.present += by;
  const { team } = player;
  if (team !== undefined) all.teams.set(team, (all.teams.get(team) ?? 0) + by);
}

/** Of a quiz that is over. */
export const noEntries = new Entries();

export const entriesFold: Fold<QuizEntry, Entries> = {
  empty: () => new Entries(),
  add: (entries, row) => entries.add(row),
  drop: (entries, row) => entries.drop(row),
  bytes: ({ rows }) => rows.size * bytesPerEntry,
};
