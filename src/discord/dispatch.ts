import type { Interaction, RepliableInteraction } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock, Timer } from '../time/clock.js';
import { isInteractionGone } from './api-errors.js';
import { UnsureError } from './budget/sure.js';
import type { SlashCommand } from './command.js';
import { parseCustomId } from './custom-id.js';
import { UserError } from './errors.js';
import { tellFailure } from './failure.js';
import { repetitions } from './repetitions.js';
import { announce, type Repliable } from './respond.js';
import type { Reply, Route } from './route.js';
import { isRush } from './rush.js';
import { surely } from './surely.js';

/** Discord waits three seconds for the first reply; work that takes this long is announced instead. */
const deferAfterMs = 1_500;
/** In a rush it is announced as late as can be: each announcement is a request more, which holds up the answers. */
const deferInRushAfterMs = 2_200;

/** Told of each interaction that was dealt with. */
export interface InteractionMetrics {
  /** @param name gives one of few, e.g. `/quiz start` or `quiz:a`; never anything that people wrote */
  interaction(name: () => string, durationMs: number, outcome: Outcome): void;
}

export type Outcome = 'ok' | 'refused' | 'failed';

export interface DispatchParts<S> {
  readonly clock: Clock;
  readonly log: Logger;
  readonly commands: ReadonlyMap<string, SlashCommand<S>>;
  readonly services: S;
  readonly metrics: InteractionMetrics;
  /** The action of a feature's buttons, selects and forms; undefined where there is none of that name. */
  routeOf(feature: string, action: string): Route | undefined;
  /** Interactions that come while the bot starts wait for this, so that they find everything that was running. */
  readonly ready: Promise<void>;
  /**
   * Whether the servers are this process's beyond doubt. What comes while they are not has reached their new process too,
   * if there is one, and is left to that.
   */
  isSure(): boolean;
  /**
   * Runs before an interaction is answered that may store something of who it is from. What it rejects with is how the
   * interaction ends.
   */
  before?(interaction: Interaction): Promise<void>;
  /** Learns the time that Discord stamped on each interaction, as it arrives. */
  arrived?(stampedMs: number): void;
}

export interface Dispatch {
  take(interaction: Interaction): void;
  /** Resolves when no interaction is being dealt with. */
  idle(): Promise<void>;
}

/**
 * Takes an interaction to whoever answers it. This is the one place where failures end: a `UserError`'s words
 * go to the person, anything else becomes an apology with a reference and one log entry with the same
 * reference.
 */
export function createDispatch<S>(parts: DispatchParts<S>): Dispatch {
  const underWay = new Set<Promise<void>>();
  const isRepeated = repetitions();
  let answeredAt = Number.NEGATIVE_INFINITY;
  const isRushed = (): boolean => isRush(underWay.size, parts.clock.now() - answeredAt);
  const handle = async (interaction: Interaction): Promise<void> => {
    const startedMs = performance.now();
    parts.arrived?.(interaction.createdTimestamp);
    let announcement: Timer | undefined;
    let outcome: Outcome = 'ok';
    try {
      const target = targetOf(interaction, parts);
      announcement = announceLater(interaction, target, isRushed, parts);
      await parts.ready;
      if (!target.storesNothing) await parts.before?.(interaction);
      await target.handle();
    } catch (error) {
      outcome = error instanceof UserError ? 'refused' : 'failed';
      announcement?.cancel();
      await report(error, interaction, parts);
    } finally {
      announcement?.cancel();
      answeredAt = parts.clock.now();
      parts.metrics.interaction(() => nameOf(interaction, parts), performance.now() - startedMs, outcome);
    }
  };
  const begin = (interaction: Interaction): void => {
    const handled = handle(interaction).finally(() => underWay.delete(handled));
    underWay.add(handled);
  };
  const beginIfSure = async (interaction: Interaction): Promise<void> => {
    if (await surely(parts)) begin(interaction);
    else parts.log.debug({ id: interaction.id }, 'An interaction is left to whoever has its server by now');
  };
  return {
    take(interaction) {
      if (isRepeated(interaction.id)) return;
      if (parts.isSure()) begin(interaction);
      else void beginIfSure(interaction);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

interface Target {
  readonly reply: Reply;
  readonly storesNothing?: boolean | undefined;
  handle(): Promise<void>;
}

const nothing: Target = { reply: 'private', storesNothing: true, handle: async () => {} };

/** @throws {UserError} for commands and buttons that the bot no longer has */
function targetOf<S>(interaction: Interaction, { commands, services, routeOf }: DispatchParts<S>): Target {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) {
    const command = commands.get(interaction.commandName);
    if (!command) throw new UserError('This command is no longer here. Type `/` to see what there is.');
    if (interaction.isAutocomplete())
      return {
        reply: 'private',
        storesNothing: true,
        handle: async () => command.autocomplete?.(interaction, services),
      };
    const isPublic = command.repliesPublicly?.(interaction) === true;
    const { storesNothing } = command;
    return {
      reply: isPublic ? 'public' : 'private',
      storesNothing,
      handle: () => command.execute(interaction, services),
    };
  }
  if (interaction.isButton() || interaction.isStringSelectMenu() || interaction.isModalSubmit()) {
    const { feature, action, args } = parseCustomId(interaction.customId);
    const route = routeOf(feature, action);
    if (!route) throw new UserError('This button belongs to something that is no longer here.');
    const { reply, storesNothing } = route;
    return { reply, storesNothing, handle: () => route.handle(interaction, args) };
  }
  return nothing;
}

/** Tells Discord that an answer is coming, when it is long in coming. */
function announceLater(
  interaction: Interaction,
  { reply }: Target,
  isRushed: () => boolean,
  { clock, log }: Pick<DispatchParts<unknown>, 'clock' | 'log'>,
): Timer | undefined {
  if (!interaction.isRepliable()) return undefined;
  const tell = (): void => {
    announce(interaction satisfies RepliableInteraction, reply).catch((error: unknown) =>
      log.warn({ err: error }, 'A slow reply could not be announced'),
    );
  };
  const startedAt = clock.now();
  let timer = clock.at(startedAt + deferAfterMs, () => {
    if (isRushed()) timer = clock.at(startedAt + deferInRushAfterMs, tell);
    else tell();
  });
  return { cancel: () => timer.cancel() };
}

async function report<S>(error: unknown, interaction: Interaction, parts: DispatchParts<S>): Promise<void> {
  const { log } = parts;
  const reference = interaction.id.slice(-6);
  if (isInteractionGone(error)) {
    log.warn({ err: error, interaction: describe(interaction, parts) }, 'Discord no longer took the reply');
    return;
  }
  if (!(error instanceof UserError || error instanceof UnsureError))
    log.error({ err: error, reference, interaction: describe(interaction, parts) }, 'An interaction failed');
  if (!interaction.isRepliable()) return;
  try {
    await tellFailure(interaction as Repliable, error, reference);
  } catch (failure) {
    log.warn({ err: failure, reference }, 'The person could not be told what went wrong');
  }
}

/** A few names for metrics and logs: of what there is, never what people wrote or forged. */
function nameOf<S>(interaction: Interaction, { commands, routeOf }: DispatchParts<S>): string {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) {
    const { commandName } = interaction;
    if (!commands.has(commandName)) return 'unknown command';
    if (interaction.isAutocomplete()) return `autocomplete /${commandName}`;
    const sub = interaction.options.getSubcommand(false);
    return `/${commandName}${sub ? ` ${sub}` : ''}`;
  }
  if ('customId' in interaction) {
    const { feature, action } = parseCustomId(interaction.customId);
    return routeOf(feature, action) ? `${feature}:${action}` : 'unknown button';
  }
  return 'other';
}

function describe<S>(interaction: Interaction, parts: DispatchParts<S>): Record<string, unknown> {
  return {
    id: interaction.id,
    name: nameOf(interaction, parts),
    guildId: interaction.guildId,
    channelId: interaction.channelId,
    userId: interaction.user.id,
  };
}
