import type { Interaction } from 'discord.js';
import type { Logger } from 'pino';
import { StoreError } from '../store/store.js';
import type { Clock } from '../time/clock.js';
import { isInteractionGone } from './api-errors.js';
import type { ComponentRoute, SlashCommand } from './command.js';
import { parseCustomId } from './custom-id.js';
import { UserError } from './errors.js';
import { announce, apologise, type Repliable } from './respond.js';

/** Discord waits three seconds for the first reply; work that takes this long is announced instead. */
const deferAfterMs = 1_500;

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
  readonly routes: readonly ComponentRoute[];
  /** What commands are handed. */
  readonly services: S;
  readonly metrics: InteractionMetrics;
  /** Interactions that come while the bot starts wait for this, so that they find everything that was running. */
  readonly ready: Promise<void>;
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
  const routes = new Map(parts.routes.map((route) => [route.feature, route]));
  const underWay = new Set<Promise<void>>();
  const handle = async (interaction: Interaction): Promise<void> => {
    const startedMs = performance.now();
    const stopWaiting = deferLater(interaction, parts);
    let outcome: Outcome = 'ok';
    try {
      await parts.ready;
      await route(interaction, routes, parts);
    } catch (error) {
      outcome = error instanceof UserError ? 'refused' : 'failed';
      stopWaiting();
      await report(error, interaction, parts.log);
    } finally {
      stopWaiting();
      parts.metrics.interaction(() => nameOf(interaction), performance.now() - startedMs, outcome);
    }
  };
  return {
    take(interaction) {
      const handled = handle(interaction).finally(() => underWay.delete(handled));
      underWay.add(handled);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function route<S>(
  interaction: Interaction,
  routes: ReadonlyMap<string, ComponentRoute>,
  { commands, services }: DispatchParts<S>,
): Promise<void> {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) {
    const command = commands.get(interaction.commandName);
    if (!command) throw new UserError('This command is no longer here. Type `/` to see what there is.');
    if (interaction.isChatInputCommand()) await command.execute(interaction, services);
    else await command.autocomplete?.(interaction, services);
  } else if (interaction.isButton() || interaction.isStringSelectMenu() || interaction.isModalSubmit()) {
    const { feature, action, args } = parseCustomId(interaction.customId);
    const handler = routes.get(feature);
    if (!handler) throw new UserError('This button belongs to something that is no longer here.');
    await handler.handle(interaction, action, args);
  }
}

/** Tells Discord that an answer is coming, when it is long in coming. */
function deferLater<S>(interaction: Interaction, { clock, log, commands }: DispatchParts<S>): () => void {
  if (!interaction.isRepliable()) return () => {};
  const timer = clock.at(clock.now() + deferAfterMs, () => {
    const isPublic =
      interaction.isChatInputCommand() &&
      commands.get(interaction.commandName)?.repliesPublicly?.(interaction) === true;
    announce(interaction, { ephemeral: !isPublic }).catch((error: unknown) =>
      log.warn({ err: error }, 'A slow reply could not be announced'),
    );
  });
  return () => timer.cancel();
}

async function report(error: unknown, interaction: Interaction, log: Logger): Promise<void> {
  const reference = interaction.id.slice(-6);
  if (isInteractionGone(error)) {
    log.warn({ err: error, interaction: describe(interaction) }, 'Discord no longer took the reply');
    return;
  }
  if (!(error instanceof UserError))
    log.error({ err: error, reference, interaction: describe(interaction) }, 'An interaction failed');
  if (!interaction.isRepliable()) return;
  try {
    await apologise(interaction as Repliable, wordsFor(error, reference));
  } catch (failure) {
    log.warn({ err: failure, reference }, 'The person could not be told what went wrong');
  }
}

function wordsFor(error: unknown, reference: string): string {
  if (error instanceof UserError) return error.message;
  if (error instanceof StoreError)
    return `This could not be stored, so nothing was changed. Please try again in a moment. (Reference \`${reference}\`)`;
  return `Something went wrong on our side. Please try again; if it happens again, tell the bot's operator this reference: \`${reference}\``;
}

/** A few names for metrics and logs, never what people wrote. */
function nameOf(interaction: Interaction): string {
  if (interaction.isChatInputCommand()) {
    const sub = interaction.options.getSubcommand(false);
    return `/${interaction.commandName}${sub ? ` ${sub}` : ''}`;
  }
  if (interaction.isAutocomplete()) return `autocomplete /${interaction.commandName}`;
  if ('customId' in interaction) {
    const { feature, action } = parseCustomId(interaction.customId);
    return `${feature}:${action}`;
  }
  return 'other';
}

function describe(interaction: Interaction): Record<string, unknown> {
  return {
    id: interaction.id,
    name: nameOf(interaction),
    guildId: interaction.guildId,
    channelId: interaction.channelId,
    userId: interaction.user.id,
  };
}
