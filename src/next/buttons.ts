import { ButtonStyle } from 'discord.js';
import { z } from 'zod';
import type { Bank } from '../bank/bank.js';
import { givenTopic } from '../bank/given-ids.js';
import { type Level, levels } from '../bank/question.js';
import type { ComponentInteraction } from '../discord/command.js';
import { type Button, button, clip } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import { type Route, route } from '../discord/route.js';
import type { MemberPlace } from '../people/scope.js';
import type { Drill, NextThing } from './rules.js';
import * as words from './words.js';

export const nextFeature = 'next';
/** Discord's limit of a label. */
const longestLabel = 80;
/** Instead of a topic's id, or a level: any. */
const any = '*';

/** Starts what is private, as the reply to a press. What is absent cannot be started, and no button offers it. */
export interface Starters {
  /** Questions for the presser alone, with a score at the end; without a topic, of any. */
  drill(interaction: ComponentInteraction, drill: Partial<Drill> & Pick<Drill, 'count'>): Promise<void>;
  review?(interaction: ComponentInteraction, count: number): Promise<void>;
  /** A practice interview, where the press was made. */
  mock?(interaction: ComponentInteraction): Promise<void>;
}

const primary = { style: ButtonStyle.Primary } as const;

export const reviewButton = (count: number): Button =>
  button(words.reviewLabel(count), customId(nextFeature, 'review', count), primary);

export const mockButton = (): Button => button(words.mockLabel, customId(nextFeature, 'mock'));

export const drillButton = (
  label: string,
  { topic, level, count }: Partial<Drill> & { count: number },
): Button =>
  button(
    clip(label, longestLabel),
    customId(nextFeature, 'drill', topic ?? any, level ?? any, count),
    primary,
  );

/** Decides when it is pressed, for whoever presses it: for cards that many see, or that must be made quickly. */
export const keepGoingButton = (): Button => button(words.keepGoing, customId(nextFeature, 'go'));

/** @param shortOf what a topic is called on a button */
export function nextButton(thing: NextThing, shortOf: (topic: string) => string): Button {
  if (thing.kind === 'review') return reviewButton(thing.count);
  if (thing.kind === 'share') return drillButton(words.studyLabel(thing.count, shortOf(thing.topic)), thing);
  return drillButton(words.drillThis, thing);
}

interface RouteParts {
  readonly bank: Pick<Bank, 'topic'>;
  readonly starters: Starters;
  readonly thingFor: (place: MemberPlace) => Promise<NextThing>;
}

const countArg = z
  .string()
  .regex(/^[1-9]\d?$/)
  .transform(Number)
  .refine((count) => count <= 50);

/** The buttons that start something, wherever they stand. */
export function nextRoutes({ bank, starters, thingFor }: RouteParts): Record<string, Route> {
  const review = (interaction: ComponentInteraction, count: number): Promise<void> => {
    if (!starters.review) throw new UserError(words.notHere);
    return starters.review(interaction, count);
  };
  return {
    drill: route({
      reply: 'private',
      args: z.tuple([givenTopic, z.enum([...levels, any]), countArg]),
      async handle(interaction, [topic, level, count]) {
        if (topic !== any && !bank.topic(topic)) throw new UserError(words.topicGone);
        await starters.drill(interaction, { count, ...chosen(topic, level) });
      },
    }),
    review: route({
      reply: 'private',
      args: z.tuple([countArg]),
      handle: (interaction, [count]) => review(interaction, count),
    }),
    mock: route({
      reply: 'public',
      args: z.tuple([]),
      async handle(interaction) {
        if (!starters.mock) throw new UserError(words.notHere);
        await starters.mock(interaction);
      },
    }),
    go: route({
      reply: 'private',
      args: z.tuple([]),
      async handle(interaction) {
        const { guildId, user } = interaction;
        const thing = await thingFor({ guildId, member: user.id });
        if (thing.kind === 'review') await review(interaction, thing.count);
        else await starters.drill(interaction, thing);
      },
    }),
  };
}

const chosen = (topic: string, level: Level | typeof any): Partial<Drill> => ({
  ...(topic !== any && { topic }),
  ...(level !== any && { level }),
});
