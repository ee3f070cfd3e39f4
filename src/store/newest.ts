import { LRUCache } from 'lru-cache';

/**
 * A map of at most so many entries; those used longest ago go. It takes memory for the entries that it has: with
 * `max`, an `LRUCache` takes room for all of them at once, and for 10,000 that is a millisecond of every start.
 * @param ttl milliseconds after which an entry has gone; absent: never
 */
export const newest = <Key extends string, Value extends {}>(most: number, ttl = 0): LRUCache<Key, Value> =>
  new LRUCache({ maxSize: most, sizeCalculation: () => 1, ttl });
