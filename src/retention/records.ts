import { z } from 'zod';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';

/**
 * When the bot left a server, by the server's id; absent while it is in it. What counts is this record. It is
 * written by the process that has the server's shard.
 */
export const departureRecord = recordType('departure', z.object({ at: z.int() }));

/**
 * Every server of which something may be stored, by `<number of shards>/<shard>`: from the first time it is seen
 * until its data has been removed. A list is written by the process that has the shard.
 */
export const serversLog = logType('servers', z.string());

const shardCountsSchema = z.array(z.object({ count: z.int().positive(), unusedSince: z.int().optional() }));
export type ShardCounts = z.infer<typeof shardCountsSchema>;
/** For how many shards there are lists, and since when they are out of use. Written by shard 0's process. */
export const shardCountsRecord = recordType('shard-counts', shardCountsSchema);
/** The one record of that type. */
export const shardCountsId = 'all';
