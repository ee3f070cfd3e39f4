import { shuffled } from '../asking/shuffled.js';
import type { Bank } from '../bank/bank.js';
import type { Filter } from '../bank/question.js';
import { type InterviewsHere, startInterview } from '../interview/commands.js';
import type { Starters } from '../next/buttons.js';
import type { Drill } from '../next/rules.js';
import { drillTitle } from '../next/words.js';
import { scopeAt } from '../people/scope.js';
import type { Profile } from '../profiles/profile.js';
import type { Profiles } from '../profiles/service.js';
import { answeredCells, weakTopics } from '../profiles/tallies.js';
import type { Reviews } from '../review/service.js';
import type { SessionStarter, WantedSession } from '../session/wanted.js';

interface MockParts extends InterviewsHere {
  readonly profiles: Pick<Profiles, 'get'>;
  /** The tallies of a member as everybody in a server may know them. */
  readonly known: (guildId: string, member: string, profile: Profile) => Promise<Pick<Profile, 'topics'>>;
}

/**
 * Opens a practice interview on the presser's weakest topic that interviewers ask about, else on any. Everybody sees
 * the topic, so answers whose result is not out say nothing.
 */
export function mockInterview(parts: MockParts): NonNullable<Starters['mock']> {
  return async (interaction) => {
    const { guildId, user } = interaction;
    const profile = await parts.profiles.get(scopeAt({ guildId, member: user.id }), user.id);
    const known = guildId ? await parts.known(guildId, user.id, profile) : profile;
    const weakest = weakTopics(answeredCells(known)).find(
      ({ topic }) => parts.bank.pool({ topic, kinds: ['open'] }).length > 0,
    );
    await startInterview(interaction, parts, weakest ? { topic: weakest.topic } : {});
  };
}

interface Parts {
  readonly bank: Pick<Bank, 'pool' | 'shortOf'>;
  readonly random: () => number;
  readonly sessions: SessionStarter;
  readonly reviews: Pick<Reviews, 'start'>;
  /** Absent: there are no practice interviews. */
  readonly mock?: Starters['mock'] | undefined;
}

/** What the buttons of `next` start. */
export function startersWith({ bank, random, sessions, reviews, mock }: Parts): Starters {
  return {
    drill: (interaction, drill) => sessions.start(interaction, wantedDrill(bank, random, drill)),
    review: (interaction, count) => reviews.start(interaction, { count }),
    ...(mock && { mock }),
  };
}

type Wanted = Partial<Drill> & Pick<Drill, 'count'>;

/**
 * A level of a topic that has fewer questions than are wanted is followed by the topic's other levels, so that a
 * drill is as long as it says.
 */
function wantedDrill(
  bank: Parts['bank'],
  random: () => number,
  { topic, level, count }: Wanted,
): WantedSession {
  const title = drillTitle(topic === undefined ? undefined : bank.shortOf(topic), level);
  const filter: Filter = { topic, level };
  const own = gradedIds(bank, filter);
  const pick =
    topic === undefined || level === undefined || own.length >= count
      ? { filter }
      : { ids: [...shuffled(own, random), ...shuffled(gradedIds(bank, { topic }), random)] };
  return { kind: 'drill', title, pick, count };
}

const gradedIds = (bank: Parts['bank'], filter: Filter): string[] =>
  bank
    .pool(filter)
    .filter(({ kind }) => kind !== 'open')
    .map(({ id }) => id);
