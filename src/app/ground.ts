import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import { Outcomes } from '../asked/outcomes.js';
import { AskedIndex } from '../asked/service.js';
import type { Parts } from '../asking/parts.js';
import type { Bank } from '../bank/bank.js';
import { Draws } from '../bank/draws.js';
import { subjectsOf } from '../bank/study.js';
import type { Outbox } from '../discord/budget/outbox.js';
import type { Urgency } from '../discord/budget/urgency.js';
import { CoalescedEdits } from '../discord/edits.js';
import { restMessenger } from '../discord/messenger.js';
import type { Messenger } from '../discord/outgoing.js';
import { restSentMessages } from '../discord/sent.js';
import { Ledger } from '../ledger/service.js';
import { Profiles } from '../profiles/service.js';
import { percentReady } from '../profiles/tallies.js';
import { Decks } from '../review/decks.js';
import type { Memory } from '../store/held.js';
import type { Clock } from '../time/clock.js';
import type { Metrics } from './metrics.js';
import { type PersonalRooms, personalRooms } from './personal.js';

/** What the parts of features are made of. */
export interface GroundParts {
  readonly client: Client;
  readonly memory: Memory;
  /** Shows Discord's time. */
  readonly clock: Clock;
  readonly log: Logger;
  readonly bank: Bank;
  readonly outbox: Outbox;
  readonly metrics: Metrics;
}

/** What features stand on. */
export interface Ground {
  readonly shared: Omit<Parts, 'zoneOf'> & { readonly metrics: Metrics };
  readonly decks: Decks;
  /** Who learns from answers, beside the profiles. */
  readonly takers: readonly (AskedIndex | Decks)[];
  readonly personal: PersonalRooms;
  nameOf(guildId: string): string | undefined;
  /** Messages of another urgency than what people wait for. */
  messengerFor(send: Urgency, edit: Urgency): Messenger;
}

/** Makes what features stand on. */
export function layGround(parts: GroundParts): Ground {
  const { client, memory, clock, log, bank, outbox, metrics } = parts;
  const random = Math.random;
  const messenger = restMessenger(client.rest, outbox);
  const messengerFor = (send: Urgency, edit: Urgency): Messenger =>
    restMessenger(client.rest, outbox, { send, edit });
  const sent = restSentMessages(client.rest);
  const edits = new CoalescedEdits({ clock, log, messenger: messengerFor('counter', 'counter'), outbox });
  const draws = new Draws({ bank, memory, random });
  const ledger = new Ledger({ memory, clock });
  const profiles = new Profiles(memory, (profile) => percentReady(profile, subjectsOf(bank)));
  const asked = new AskedIndex(memory);
  const decks = new Decks(memory, asked);
  const takers = [asked, decks];
  const outcomes = new Outcomes(profiles, takers);
  const nameOf = (guildId: string): string | undefined => client.guilds.cache.get(guildId)?.name;
  const personal = personalRooms({ memory, clock, log, messenger, nameOf });
  const { hidden } = personal;
  const shared = {
    memory,
    clock,
    log,
    random,
    bank,
    draws,
    messenger,
    sent,
    edits,
    ledger,
    profiles,
    asked,
    outcomes,
    hidden,
    metrics,
  };
  return { shared, decks, takers, personal, nameOf, messengerFor };
}
