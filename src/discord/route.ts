import type { z } from 'zod';
import type { ComponentInteraction } from './command.js';
import { UserError } from './errors.js';
import { notMine, notYours } from './words.js';

/**
 * What becomes of an answer that is long in coming: announced to everybody, announced to the presser alone, or not
 * announced because it changes the message whose button was pressed.
 */
export type Reply = 'public' | 'private' | 'edits';

/** Where a thing lives and whose it is. What is absent does not matter. */
export interface Belonging {
  /** Null for direct messages. */
  readonly guildId?: string | null | undefined;
  readonly channelId?: string | undefined;
  /** Where its cards may stand, if in several places. */
  readonly channelIds?: readonly string[] | undefined;
  /** The only one who may press. */
  readonly memberId?: string | undefined;
}

/** One action of a feature's buttons, selects or forms: custom ids `<feature>:<action>:<arg>:…`. */
export interface Route {
  readonly reply: Reply;
  /** Set where nothing is stored of who presses, so that it need not be noted that they did. */
  readonly storesNothing?: true | undefined;
  /** @throws {UserError} for ids that the bot has not made, or not for this place and person */
  handle(interaction: ComponentInteraction, args: readonly string[]): Promise<void>;
}

/**
 * A route whose arguments and owner are checked before it is asked: ids can be forged, and messages copied.
 * @param route.args reads the arguments as they stand in the id, e.g. `z.tuple([snowflake, letter])`
 * @param route.belongsTo whose the thing is; undefined when it is gone, which the handler says in its own words
 */
export function route<A>(spec: {
  readonly reply: Reply;
  readonly storesNothing?: true;
  readonly args: z.ZodType<A>;
  readonly belongsTo?: (args: A) => Promise<Belonging | undefined>;
  handle(interaction: ComponentInteraction, args: A): Promise<void>;
}): Route {
  return {
    reply: spec.reply,
    storesNothing: spec.storesNothing,
    async handle(interaction, given) {
      const args = spec.args.safeParse(given);
      if (!args.success) throw new UserError(notMine);
      const owner = await spec.belongsTo?.(args.data);
      if (owner) requireOwner(interaction, owner);
      await spec.handle(interaction, args.data);
    },
  };
}

function requireOwner(interaction: ComponentInteraction, owner: Belonging): void {
  const { guildId, channelId, channelIds, memberId } = owner;
  const isHere =
    (guildId === undefined || guildId === interaction.guildId) &&
    (channelId === undefined || channelId === interaction.channelId) &&
    (channelIds === undefined || channelIds.includes(interaction.channelId ?? ''));
  if (!isHere) throw new UserError(notMine);
  if (memberId !== undefined && memberId !== interaction.user.id) throw new UserError(notYours);
}
