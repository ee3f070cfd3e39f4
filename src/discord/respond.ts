import {
  type APIInteractionResponseChannelMessageWithSource,
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  type BaseMessageOptions,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
  InteractionResponseType,
  MessageFlags,
  type ModalSubmitInteraction,
  type RepliableInteraction,
  Routes,
} from 'discord.js';

import type { ComponentInteraction } from './command.js';
import { clickable, clickableParts } from './mentions.js';
import type { Outgoing } from './outgoing.js';
import type { Reply } from './route.js';

export type Repliable = ChatInputCommandInteraction | ComponentInteraction;

function options({ client }: Repliable, message: Outgoing): BaseMessageOptions {
  return {
    components: clickableParts(client.rest, message.components),
    allowedMentions: { parse: [], ...(message.mentionRoles && { roles: message.mentionRoles }) },
    ...(message.files && {
      files: message.files.map((file) => ({
        attachment: file.data,
        name: file.name,
        ...(file.description && { description: file.description }),
      })),
    }),
  };
}

interface Announcement {
  readonly kind: Reply;
  readonly sent: Promise<unknown>;
}

/** Announcements on their way to Discord; whoever replies waits for them, since Discord takes one first reply. */
const announcements = new WeakMap<object, Announcement>();
/** Interactions whose reply is on its way or there; discord.js's own mark comes only with Discord's answer. */
const begun = new WeakSet<object>();

/** Waits for an announcement under way, and rules out any later one. @returns how the answer was announced */
async function begin(interaction: object): Promise<Reply | undefined> {
  begun.add(interaction);
  const announcement = announcements.get(interaction);
  await announcement?.sent;
  return announcement?.kind;
}

/** Tells Discord that an answer of this kind is coming, unless there is one already. */
export async function announce(interaction: RepliableInteraction, kind: Reply): Promise<void> {
  if (begun.has(interaction)) return;
  const editable = interaction.isButton() || interaction.isStringSelectMenu() || isFormOnMessage(interaction);
  const changes = kind === 'edits' && editable;
  const sent = changes
    ? interaction.deferUpdate()
    : interaction.deferReply(kind === 'public' ? {} : { flags: MessageFlags.Ephemeral });
  announcements.set(interaction, {
    kind: changes ? 'edits' : kind === 'public' ? 'public' : 'private',
    // What becomes of it is reported to the caller; who waits for it only has to know that it is over.
    sent: sent.catch(() => undefined),
  });
  await sent;
}

const isFormOnMessage = (
  interaction: RepliableInteraction,
): interaction is ModalSubmitInteraction & { isFromMessage(): true } =>
  interaction.isModalSubmit() && interaction.isFromMessage();

/** Answers an interaction, whatever was announced: privately unless `ephemeral` is false. */
export async function reply(
  interaction: Repliable,
  message: Outgoing,
  { ephemeral = true }: { ephemeral?: boolean } = {},
): Promise<void> {
  const announced = await begin(interaction);
  const body = options(interaction, message);
  if (announced === undefined && !interaction.replied)
    await interaction.reply({ ...body, flags: flags(ephemeral) });
  else if (announced === (ephemeral ? 'private' : 'public'))
    await interaction.editReply({ ...body, flags: MessageFlags.IsComponentsV2 });
  else await followUp(interaction, announced, { ...body, flags: flags(ephemeral) });
}

const flags = (ephemeral: boolean) =>
  ephemeral
    ? ([MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const)
    : ([MessageFlags.IsComponentsV2] as const);

/** Says something beside what was announced, which goes where it would stay for ever. */
async function followUp(
  interaction: Repliable,
  announced: Reply | undefined,
  message: InteractionReplyOptions,
): Promise<string> {
  if (announced === 'public' || announced === 'private') await interaction.deleteReply();
  const sent = await interaction.followUp(message);
  return sent.id;
}

/**
 * A reply of one line that only its reader sees. The leanest way to answer a press: straight to Discord, because
 * thousands may want one in the same second.
 */
export async function whisper(interaction: Repliable, content: string): Promise<void> {
  const announced = await begin(interaction);
  const text = clickable(interaction.client.rest, content);
  const body = { content: text, allowedMentions: { parse: [] } };
  if (announced === 'private') await interaction.editReply(body);
  else if (announced !== undefined || interaction.replied)
    await followUp(interaction, announced, { ...body, flags: MessageFlags.Ephemeral });
  else await whisperFirst(interaction, text);
}

async function whisperFirst(interaction: Repliable, content: string): Promise<void> {
  const body: APIInteractionResponseChannelMessageWithSource = {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { content, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } },
  };
  const { client, id, token } = interaction;
  await client.rest.post(Routes.interactionCallback(id, token), { auth: false, body });
  // As `interaction.reply` would have left it, for whoever answers after this.
  interaction.replied = true;
  interaction.ephemeral = true;
}

/**
 * Answers an interaction with a message that everybody sees.
 * @returns the id of that message
 */
export async function post(interaction: Repliable, message: Outgoing): Promise<string> {
  const announced = await begin(interaction);
  const body = options(interaction, message);
  if (announced === 'public')
    return (await interaction.editReply({ ...body, flags: MessageFlags.IsComponentsV2 })).id;
  if (announced !== undefined) return followUp(interaction, announced, { ...body, flags: flags(false) });
  const response = await interaction.reply({ ...body, flags: flags(false), withResponse: true });
  const id = response.resource?.message?.id;
  if (!id) throw new Error('Discord gave no message for the reply');
  return id;
}

/** Tells the person alone that something failed, whatever was announced or has been answered. */
export const apologise = whisper;

/** Changes the message whose button was pressed; where there is none, sends the new state privately instead. */
export async function update(interaction: ComponentInteraction, message: Outgoing): Promise<void> {
  const announced = await begin(interaction);
  const body = { ...options(interaction, message), flags: MessageFlags.IsComponentsV2 } as const;
  if (announced === 'edits') await interaction.editReply(body);
  else if (announced !== undefined || (interaction.isModalSubmit() && !interaction.isFromMessage()))
    await reply(interaction, message);
  else await interaction.update(body);
}

/** Opens a form, which must be the first reply: who waited so long that one was announced asks again. */
export async function showForm(
  interaction: ButtonInteraction | ChatInputCommandInteraction,
  form: APIModalInteractionResponseCallbackData,
): Promise<void> {
  const announced = await begin(interaction);
  if (announced === undefined) await interaction.showModal(form);
  else await whisper(interaction, 'That took me too long to open the form. Please try again.');
}

/** At most 25 choices, names and values of at most 100 characters (Discord's limits). */
export async function suggest(
  interaction: AutocompleteInteraction,
  choices: readonly { name: string; value: string }[],
): Promise<void> {
  await interaction.respond(
    choices.slice(0, 25).map(({ name, value }) => ({ name: name.slice(0, 100), value: value.slice(0, 100) })),
  );
}
