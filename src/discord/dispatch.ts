import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Interaction,
  RepliableInteraction,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import { StoreError } from '../store/store.js';
import { isInteractionGone } from './api-errors.js';
import { parseCustomId } from './custom-id.js';
import { UserError } from './errors.js';
import { announce, apologise, type Repliable } from './respond.js';
import type { Reply, Route } from './route.js';

/** Discord waits three seconds for the first reply; work that takes this long is announced instead. */
const deferAfterMs = 1_500;

/** What the dispatcher needs to know of a command. */
export interface Dispatchable {
  execute(interaction: ChatInputCommandInteraction): Promise<void>;
  autocomplete?(interaction: AutocompleteInteraction): Promise<void>;
  /** Whether a reply that takes long is announced to everybody; absent: only to who asked. */
  repliesPublicly?(interaction: ChatInputCommandInteraction): boolean;
}

export type Outcome = 'ok' | 'refused' | 'failed';

export interface DispatchParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly commands: ReadonlyMap<string, Dispatchable>;
  /** The action of a feature's buttons, selects and forms; undefined where there is none of that name. */
  routeOf(feature: string, action: string): Route | undefined;
  /** Interactions that come while the bot starts wait for this, so that they find everything that was running. */
  readonly ready: Promise<void>;
  /** Learns of each interaction that was dealt with. `name` gives one of few, never anything that people wrote. */
  done(name: () => string, durationMs: number, outcome: Outcome): void;
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
export function createDispatch(parts: DispatchParts): Dispatch {
  const underWay = new Set<Promise<void>>();
  const handle = async (interaction: Interaction): Promise<void> => {
    const startedMs = performance.now();
    parts.arrived?.(interaction.createdTimestamp);
    let announcement: Timer | undefined;
    let outcome: Outcome = 'ok';
    try {
      const target = targetOf(interaction, parts);
      announcement = announceLater(interaction, target, parts);
      await parts.ready;
      await target.handle();
    } catch (error) {
      outcome = error instanceof UserError ? 'refused' : 'failed';
      announcement?.cancel();
      await report(error, interaction, parts);
    } finally {
      announcement?.cancel();
      parts.done(() => nameOf(interaction, parts), performance.now() - startedMs, outcome);
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

interface Target {
  readonly reply: Reply;
  handle(): Promise<void>;
}

const nothing: Target = { reply: 'private', handle: async () => {} };

/** @throws {UserError} for commands and buttons that the bot no longer has */
function targetOf(interaction: Interaction, { commands, routeOf }: DispatchParts): Target {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) {
    const command = commands.get(interaction.commandName);
    if (!command) throw new UserError('This command is no longer here. Type `/` to see what there is.');
    if (interaction.isAutocomplete())
      return { reply: 'private', handle: async () => command.autocomplete?.(interaction) };
    const isPublic = command.repliesPublicly?.(interaction) === true;
    return { reply: isPublic ? 'public' : 'private', handle: () => command.execute(interaction) };
  }
  if (interaction.isButton() || interaction.isStringSelectMenu() || interaction.isModalSubmit()) {
    const { feature, action, args } = parseCustomId(interaction.customId);
    const route = routeOf(feature, action);
    if (!route) throw new UserError('This button belongs to something that is no longer here.');
    return { reply: route.reply, handle: () => route.handle(interaction, args) };
  }
  return nothing;
}

/** Tells Discord that an answer is coming, when it is long in coming. */
function announceLater(
  interaction: Interaction,
  { reply }: Target,
  { clock, log }: DispatchParts,
): Timer | undefined {
  if (!interaction.isRepliable()) return undefined;
  return clock.at(clock.now() + deferAfterMs, () => {
    announce(interaction satisfies RepliableInteraction, reply).catch((error: unknown) =>
      log.warn({ err: error }, 'A slow reply could not be announced'),
    );
  });
}

async function report(error: unknown, interaction: Interaction, parts: DispatchParts): Promise<void> {
  const { log } = parts;
  const reference = interaction.id.slice(-6);
  if (isInteractionGone(error)) {
    log.warn({ err: error, interaction: describe(interaction, parts) }, 'Discord no longer took the reply');
    return;
  }
  if (!(error instanceof UserError))
    log.error({ err: error, reference, interaction: describe(interaction, parts) }, 'An interaction failed');
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
    return error.fault === 'write'
      ? `This could not be stored, so nothing was changed. Please try again in a moment. (Reference \`${reference}\`)`
      : `I cannot reach my records just now. Nothing is lost; please try again in a moment. (Reference \`${reference}\`)`;
  return `Something went wrong on our side. Please try again; if it happens again, tell the bot's operator this reference: \`${reference}\``;
}

/** A few names for metrics and logs: of what there is, never what people wrote or forged. */
function nameOf(interaction: Interaction, { commands, routeOf }: DispatchParts): string {
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

function describe(interaction: Interaction, parts: DispatchParts): Record<string, unknown> {
  return {
    id: interaction.id,
    name: nameOf(interaction, parts),
    guildId: interaction.guildId,
    channelId: interaction.channelId,
    userId: interaction.user.id,
  };
}
