import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Scores } from '../ledger/ledger.js';
import type { Profiles } from '../profiles/profiles.js';
import type { Clock } from '../time/clock.js';
import { localDay } from '../time/local-day.js';
import { profileCard } from './cards.js';

interface Parts {
  readonly clock: Clock;
  readonly bank: Bank;
  readonly scores: Scores;
  readonly profiles: Profiles;
  zoneOf(guildId: string): Promise<string>;
}

interface Asked {
  /** Null in a direct message, where everybody has only their own profile. */
  readonly guildId: string | null;
  readonly reader: string;
  readonly member: { readonly id: string; readonly bot?: boolean };
}

/** A member's profile in a server, or one's own in direct messages with the bot. */
export async function showProfile(parts: Parts, { guildId, reader, member }: Asked): Promise<Outgoing> {
  if (member.bot) throw new UserError('Bots answer no questions, so they have no profile.');
  if (!guildId && member.id !== reader)
    throw new UserError(
      'In direct messages you can see only your own profile. Ask in a server for somebody else’s.',
    );
  const { clock, bank, profiles } = parts;
  const [profile, server, zone] = await Promise.all([
    profiles.get(guildId ?? `dm-${member.id}`, member.id),
    guildId ? standingIn(parts.scores, guildId, member.id) : undefined,
    guildId ? parts.zoneOf(guildId) : 'UTC',
  ]);
  const today = localDay(zone, clock.now());
  return profileCard({ member: member.id, profile, topics: bank.topics, today, server });
}

async function standingIn(scores: Scores, guildId: string, member: string) {
  const guild = await scores.open(guildId);
  const filter = { period: 'all', zone: 'UTC' } as const;
  const standing = await guild.rank(filter, member);
  return { standing, members: (await guild.page(filter, { index: 0 })).members };
}
