import type { Interaction } from 'discord.js';
import type { Logger } from 'pino';
import type { Messenger } from '../discord/outgoing.js';
import { Hidden } from '../people/hidden.js';
import type { Keeper } from '../people/keeper.js';
import { Presence } from '../people/presence.js';
import { TakingStock } from '../people/taking-stock.js';
import { direct } from '../privacy/records.js';
import { Privacy } from '../privacy/service.js';
import { Retention } from '../retention/service.js';
import type { Memory } from '../store/held.js';
import type { Clock } from '../time/clock.js';

export interface PersonalParts {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly messenger: Pick<Messenger, 'sendDirect'>;
  nameOf(guildId: string): string | undefined;
}

/** What looks after people's data, whichever feature stores it. */
export interface PersonalRooms {
  readonly hidden: Hidden;
  readonly retention: Retention;
  readonly privacy: Privacy;
  /** Filled by {@link keep}. */
  readonly keepers: readonly Keeper[];
  /** Hands over whatever stores something: features before what they count into. Called once. */
  keep(keepers: readonly Keeper[]): void;
  /** Notes who uses the bot where; before anything of that is stored. */
  note(interaction: Pick<Interaction, 'guildId' | 'user'>): Promise<void>;
}

export function personalRooms(parts: PersonalParts): PersonalRooms {
  const keepers: Keeper[] = [];
  const presence = new Presence(parts);
  const hidden = new Hidden(parts.memory);
  const stock = new TakingStock(parts.memory, presence, () => keepers);
  const retention = new Retention({ ...parts, keepers });
  const privacy = new Privacy({
    ...parts,
    presence,
    hidden,
    stock,
    keepers: () => keepers,
    servers: () => retention.servers(),
    allServers: () => retention.allServers(),
    shardCounts: () => retention.shardCounts(),
    forget: (scopes, member) => retention.forgetMember(scopes, member),
  });
  return {
    hidden,
    retention,
    privacy,
    keepers,
    // Who is stored where goes last, for it says what is left to do.
    keep: (others) => void keepers.push(...others, hidden, stock, presence),
    async note({ guildId, user }) {
      if (guildId) await presence.note(guildId, user.id);
      else presence.saw(direct, user.id);
    },
  };
}
