import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Ledger } from '../ledger/service.js';
import type { Hidden } from '../people/hidden.js';
import { leaderboardCard, type ShownFilter } from './cards.js';
import { byTopicOnly } from './words.js';

export interface LeaderboardParts {
  readonly ledger: Ledger;
  readonly hidden: Hidden;
  readonly bank: Bank;
  zoneOf(guildId: string): Promise<string>;
}

/** A page of a server's leaderboard as it stands now; for a member, the page around them with their rank. */
export async function showBoard(
  { ledger, hidden, bank, zoneOf }: LeaderboardParts,
  guildId: string,
  { period, topic }: ShownFilter,
  where: { readonly index: number } | { readonly member: string },
): Promise<Outgoing> {
  if (topic && bank.packs.some(({ id }) => id === topic)) throw new UserError(byTopicOnly);
  const filter = { period, topic, zone: await zoneOf(guildId) };
  const unseen = await hidden.of(guildId);
  const page = await ledger.page(guildId, filter, where, unseen);
  const own =
    'member' in where
      ? {
          member: where.member,
          rank: await ledger.rank(guildId, filter, where.member, unseen),
          isHidden: unseen.has(where.member),
        }
      : undefined;
  const topicTitle = topic && bank.titleOf(topic);
  return leaderboardCard({ page, filter, topicTitle, ...(own && { own }) });
}
