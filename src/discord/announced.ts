import {
  type APIInteractionResponse,
  type ChatInputCommandInteraction,
  InteractionResponseType,
  MessageFlags,
  type ModalSubmitInteraction,
  type RepliableInteraction,
  Routes,
} from 'discord.js';

import { isAlreadyAnswered, isInteractionGone, isReplyRefused } from './api-errors.js';
import { trueAnyway } from './budget/sure.js';
import type { ComponentInteraction } from './command.js';
import type { Reply } from './route.js';

export type Repliable = ChatInputCommandInteraction | ComponentInteraction;

/** Discord has it, has refused it, or nobody knows: no answer came back. */
type Fate = 'under way' | 'made' | 'refused' | 'in doubt';

interface Announcement {
  readonly kind: Reply;
  fate: Fate;
  /** Set when the interaction was over: no other answer can be given either. */
  gone?: unknown;
  /** Resolves when the fate is known as well as it will be. */
  over: Promise<void>;
}

/** Announcements that no answer has taken the place of yet. */
const announcements = new WeakMap<object, Announcement>();
/** Interactions whose reply is on its way or there; discord.js's own mark comes only with Discord's answer. */
const begun = new WeakSet<object>();

/** Interactions of which a first reply failed, and may be there nevertheless. */
const doubted = new WeakSet<object>();

/** Tells Discord that an answer of this kind is coming, unless there is one already. */
export async function announce(interaction: RepliableInteraction, kind: Reply): Promise<void> {
  if (begun.has(interaction)) return;
  const editable = interaction.isButton() || interaction.isStringSelectMenu() || isFormOnMessage(interaction);
  const changes = kind === 'edits' && editable;
  const sent = defer(interaction, changes ? 'edits' : kind);
  const announcement: Announcement = {
    kind: changes ? 'edits' : kind === 'public' ? 'public' : 'private',
    fate: 'under way',
    over: Promise.resolve(),
  };
  // What becomes of it is reported to the caller too; who waits for it has to know whether it is there.
  announcement.over = sent.then(
    () => {
      announcement.fate = 'made';
    },
    async (error: unknown) => {
      announcement.fate = isReplyRefused(error) ? 'refused' : 'in doubt';
      if (!isAlreadyAnswered(error)) announcement.gone = isInteractionGone(error) ? error : undefined;
      else if (await isOpen(interaction, announcement.kind)) gotThrough(interaction, announcement);
      else announcement.gone = error;
    },
  );
  announcements.set(interaction, announcement);
  await sent;
}

/** As discord.js does it; that an answer is coming is true whatever has become of the server. */
async function defer(interaction: RepliableInteraction, kind: Reply): Promise<void> {
  const { client, id, token } = interaction;
  const flags = kind === 'public' ? {} : { data: { flags: MessageFlags.Ephemeral } };
  const body: APIInteractionResponse =
    kind === 'edits'
      ? { type: InteractionResponseType.DeferredMessageUpdate }
      : { type: InteractionResponseType.DeferredChannelMessageWithSource, ...flags };
  const headers = trueAnyway;
  await client.rest.post(Routes.interactionCallback(id, token), { auth: false, headers, body });
  interaction.deferred = true;
  if (kind !== 'edits') interaction.ephemeral = kind === 'private';
}

/**
 * Whether what Discord has is an announcement, ours of which the answer was lost. Else another process has answered, to
 * which the shard went while this one was frozen: its answer must not be written over. Of a message whose button was
 * pressed, and where nobody knows, it is taken for ours, so that who waits for it is told something.
 */
async function isOpen(interaction: RepliableInteraction, kind: Reply): Promise<boolean> {
  if (kind === 'edits') return true;
  const there = await interaction.fetchReply().catch(() => undefined);
  return there?.flags.has(MessageFlags.Loading) ?? true;
}

/** An announcement of which Discord's answer was lost is there after all. */
function gotThrough(interaction: RepliableInteraction, announcement: Announcement): Reply {
  announcement.fate = 'made';
  // As discord.js would have left it.
  interaction.deferred = true;
  return announcement.kind;
}

const isFormOnMessage = (
  interaction: RepliableInteraction,
): interaction is ModalSubmitInteraction & { isFromMessage(): true } =>
  interaction.isModalSubmit() && interaction.isFromMessage();

/** The ways of saying one thing, of which one is right. */
export interface Ways<T> {
  /** Nothing was said or announced yet. */
  first(): Promise<T>;
  /** In the place of an announcement, or beside it. */
  announced(kind: Reply): Promise<T>;
  /** Beside an answer. */
  further(): Promise<T>;
  /** The first reply has got through, although Discord's answer to it was lost. */
  there(): T | Promise<T>;
}

/**
 * Waits for an announcement under way, rules out any later one, and says it in the way that Discord takes: one that
 * never reached it leaves the first reply open. Rejects at once where Discord takes none any more.
 */
export async function say<T>(interaction: Repliable, ways: Ways<T>): Promise<T> {
  begun.add(interaction);
  const announcement = announcements.get(interaction);
  await announcement?.over;
  if (announcement?.gone) throw announcement.gone;
  if (announcement?.fate === 'made') return sayAnnounced(interaction, announcement.kind, ways);
  if (interaction.replied) return ways.further();
  try {
    return await ways.first();
  } catch (error) {
    if (!isAlreadyAnswered(error)) {
      if (!isReplyRefused(error)) doubted.add(interaction);
      throw error;
    }
    if (announcement?.fate === 'in doubt')
      return sayAnnounced(interaction, gotThrough(interaction, announcement), ways);
    interaction.replied = true;
    return doubted.has(interaction) ? ways.further() : ways.there();
  }
}

async function sayAnnounced<T>(interaction: Repliable, kind: Reply, ways: Ways<T>): Promise<T> {
  const said = await ways.announced(kind);
  // What comes later must not take the place of this answer. A message whose button was pressed stays what it is.
  if (kind !== 'edits') announcements.delete(interaction);
  return said;
}
