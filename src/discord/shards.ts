/** The shards that this process runs, and of how many. */
export interface Shards {
  readonly ids: readonly number[];
  readonly count: number;
}

/** https://discord.com/developers/docs/events/gateway#sharding */
export const shardOf = (guildId: string, count: number): number =>
  Number((BigInt(guildId) >> 22n) % BigInt(count));
