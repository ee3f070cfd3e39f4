import { z } from 'zod';
import { recordType } from '../store/store.js';

/** A server's id, or the member's direct messages; without their id, which must not stand in what is left behind. */
const placeSchema = z.string().regex(/^(direct|\d{1,20})$/);
export type Place = z.infer<typeof placeSchema>;
export const direct: Place = 'direct';

const requestSchema = z.object({
  /** Of the interaction that asked. */
  id: z.string(),
  member: z.string(),
  /** Absent: everywhere. */
  place: placeSchema.optional(),
  askedAt: z.int(),
  /** From then on it is carried out; until then it can be called off. */
  dueAt: z.int(),
});
/** Somebody's wish to have what is stored about them erased. Never changed in place. */
export type ErasureRequest = z.infer<typeof requestSchema>;

/**
 * Wishes that are not carried out yet, by `<number of shards>/<shard>` of the process that was asked. All processes
 * read each other's lists; each is written by the one that has the shard.
 */
export const requestsRecord = recordType('erasures', z.array(requestSchema));

const markSchema = z.object({
  request: z.string(),
  /** Set when it is called off. */
  kept: z.boolean().optional(),
  /** Set before anything is erased: where something was found. A process that was killed goes on with these. */
  places: z.array(placeSchema).optional(),
  /** Set when nothing is left in the servers of this shard. */
  done: z.boolean().optional(),
});
/** What a shard has to say to a wish, its own or another's. */
export type ErasureMark = z.infer<typeof markSchema>;

/** By `<number of shards>/<shard>`; written by the process that has the shard, and kept until the wish is gone. */
export const marksRecord = recordType('erasure-marks', z.array(markSchema));
