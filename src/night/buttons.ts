import { z } from 'zod';
import { snowflake } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { whisper } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import { wallClock } from '../time/calendar.js';
import type { Clock } from '../time/clock.js';
import { isKnownHere } from '../time/zones.js';
import type { NightBook } from './book.js';
import { nextNight } from './plan.js';
import type { Reminding } from './reminding.js';
import * as words from './words.js';

interface NightPressParts {
  readonly book: NightBook;
  readonly reminding: Reminding;
  readonly clock: Clock;
}

/** `current`: the night of the announcement; `next`: whichever comes after the one told of. */
type WhichNight = 'current' | 'next';

/** The buttons on announcements and reports of nights. */
export const nightRoutes = (parts: NightPressParts): Readonly<Record<string, Route>> => ({
  remind: remind(parts, 'current'),
  next: remind(parts, 'next'),
});

function remind(parts: NightPressParts, which: WhichNight): Route {
  return route({
    reply: 'private',
    args: z.tuple([snowflake]),
    handle: async (interaction, [id]) => {
      const { guildId } = interaction;
      if (!guildId) throw new UserError(words.needsServer);
      const startsAtMs = await startOf(parts, guildId, which, id);
      const outcome = await parts.reminding.ask(guildId, interaction.user.id);
      if (outcome === 'full') throw new UserError(words.remindWords.full);
      await whisper(interaction, words.remindWords[outcome](startsAtMs));
    },
  });
}

/** @throws UserError where there is no such night to be reminded of */
async function startOf(
  { book, clock }: NightPressParts,
  guildId: string,
  which: WhichNight,
  id: string,
): Promise<number> {
  const night = await book.nights.get(guildId);
  const current = night?.current;
  const isIt = current !== undefined && (which === 'next' || current.id === id);
  if (current?.opened && isIt) throw new UserError(words.remindWords.opened);
  if (current && isIt && night?.on) return current.startsAtMs;
  const next =
    which === 'next' && night && isKnownHere(night.zone)
      ? nextNight(night, wallClock(night.zone), clock.now())
      : undefined;
  if (!next) throw new UserError(words.remindWords.gone);
  return next.atMs;
}
