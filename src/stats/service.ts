import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Ledger } from '../ledger/service.js';
import type { Hidden, HiddenMembers } from '../people/hidden.js';
import type { Profiles } from '../profiles/service.js';
import type { Clock } from '../time/clock.js';
import { localDay } from '../time/local-day.js';
import { profileCard } from './cards.js';
import { botsHaveNone, keepsToThemselves, onlyOwnHere } from './words.js';

export interface StatsParts {
  readonly clock: Clock;
  readonly bank: Bank;
  readonly ledger: Ledger;
  readonly profiles: Profiles;
  readonly hidden: Hidden;
  zoneOf(guildId: string): Promise<string>;
  /** The open daily question of a server, by which streaks are judged. */
  openDaily(
    guildId: string,
  ): Promise<{ readonly date: string; readonly previous?: string | undefined } | undefined>;
}

interface AskedFor {
  /** Null in a direct message, where everybody has only their own profile. */
  readonly guildId: string | null;
  readonly reader: string;
  readonly member: { readonly id: string; readonly bot?: boolean };
}

/** A member's profile in a server, or one's own in direct messages with the bot. */
export async function showProfile(
  parts: StatsParts,
  { guildId, reader, member }: AskedFor,
): Promise<Outgoing> {
  if (member.bot) throw new UserError(botsHaveNone);
  const isOwn = member.id === reader;
  if (!guildId && !isOwn) throw new UserError(onlyOwnHere);
  const { clock, bank, profiles } = parts;
  const hidden = await parts.hidden.of(guildId ?? undefined);
  if (!isOwn && hidden.has(member.id)) throw new UserError(keepsToThemselves);
  const [profile, server, zone, openDaily] = await Promise.all([
    profiles.get(guildId ?? `dm-${member.id}`, member.id),
    guildId ? standingIn(parts.ledger, guildId, member.id, hidden) : undefined,
    guildId ? parts.zoneOf(guildId) : 'UTC',
    guildId ? parts.openDaily(guildId) : undefined,
  ]);
  const today = localDay(zone, clock.now());
  return profileCard({ member: member.id, isOwn, profile, topics: bank.topics, today, server, openDaily });
}

async function standingIn(ledger: Ledger, guildId: string, member: string, hidden: HiddenMembers) {
  const filter = { period: 'all', zone: 'UTC' } as const;
  const [rank, page] = await Promise.all([
    ledger.rank(guildId, filter, member, hidden),
    ledger.page(guildId, filter, { member }, hidden),
  ]);
  return { standing: rank?.own, members: page.members };
}
