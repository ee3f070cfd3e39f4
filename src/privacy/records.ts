import { z } from 'zod';
import { directScope } from '../people/scope.js';
import { recordType } from '../store/store.js';

/** A server's id, or the member's direct messages; without their id, which must not stand in what is left behind. */
const placeSchema = z.string().regex(/^(direct|\d{1,20})$/);
export type WishPlace = z.infer<typeof placeSchema>;
export const direct: WishPlace = 'direct';

/** Under which what a member did in a place is stored. */
export const scopeOfPlace = (place: WishPlace, member: string): string =>
  place === direct ? directScope(member) : place;

const wishSchema = z.object({
  /** Of the interaction that asked. */
  id: z.string(),
  member: z.string(),
  /** To be erased after a day, or at once: told what is stored, hidden, or not hidden any more. */
  kind: z.enum(['erase', 'tell', 'hide', 'unhide']),
  /** Absent: everywhere. */
  place: placeSchema.optional(),
  askedAt: z.int(),
  /** From then on it is carried out; until then it can be called off. */
  dueAt: z.int(),
});
/** What a member wants done with what is stored about them. Never changed in place. */
export type Wish = z.infer<typeof wishSchema>;

/**
 * Wishes that are not carried out yet, by `<number of shards>/<shard>` of the process that was asked. All processes
 * read each other's lists; each is written by the one that has the shard.
 */
export const wishesRecord = recordType('wishes', z.array(wishSchema));

const markSchema = z.object({
  wish: z.string(),
  /** Set when it is called off. */
  kept: z.boolean().optional(),
  /** Set before anything is erased: where something was found. A process that was killed goes on with these. */
  places: z.array(placeSchema).optional(),
  /** Set when nothing is left to do in the servers of this shard. */
  done: z.boolean().optional(),
});
/** What a shard has to say to a wish, its own or another's. */
export type WishMark = z.infer<typeof markSchema>;

/** By `<number of shards>/<shard>`; written by the process that has the shard, and kept until the wish is gone. */
export const marksRecord = recordType('wish-marks', z.array(markSchema));

const placeDataSchema = z.object({
  place: placeSchema,
  /** A server's name, where it is known. */
  name: z.string().optional(),
  /** By the keeper's name. */
  data: z.record(z.string(), z.unknown()),
});
/** What is stored about a member in one place. */
export type PlaceData = z.infer<typeof placeDataSchema>;

/**
 * What a process tells the one that was asked, by `<wish>/<number of shards>/<shard>`; for some seconds, until that
 * has read it.
 */
export const answersRecord = recordType('wish-answers', z.array(placeDataSchema));
