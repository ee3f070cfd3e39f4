import {
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  type BaseMessageOptions,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionReplyOptions,
  MessageFlags,
} from 'discord.js';

import { type Repliable, say } from './announced.js';
import { isMessageGone } from './api-errors.js';
import type { ComponentInteraction } from './command.js';
import { clickableParts } from './mentions.js';
import type { Outgoing } from './outgoing.js';
import type { Reply } from './route.js';
import { whisper } from './whisper.js';

export { announce, type Repliable } from './announced.js';
export { apologise, type GivenReply, replyTo, whisper } from './whisper.js';

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

/** Answers an interaction, whatever was announced: privately unless `ephemeral` is false. */
export async function reply(
  interaction: Repliable,
  message: Outgoing,
  { ephemeral = true }: { ephemeral?: boolean } = {},
): Promise<void> {
  const body = { ...options(interaction, message), flags: flags(ephemeral) };
  return say(interaction, {
    first: async () => void (await interaction.reply(body)),
    announced: async (kind) =>
      void (await (kind === (ephemeral ? 'private' : 'public')
        ? fill(interaction, body)
        : followUp(interaction, kind, body))),
    further: async () => void (await interaction.followUp(body)),
    there: () => {},
  });
}

const flags = (ephemeral: boolean) =>
  ephemeral
    ? ([MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const)
    : ([MessageFlags.IsComponentsV2] as const);

/** Says something beside what was announced, which goes where it would stay for ever. */
async function followUp(
  interaction: Repliable,
  announced: Reply,
  message: InteractionReplyOptions,
): Promise<string> {
  if (announced !== 'edits') await interaction.deleteReply().catch(unlessGone);
  return (await interaction.followUp(message)).id;
}

/** Says it in the place of what was announced; where somebody has removed that, beside it. */
async function fill(interaction: Repliable, message: InteractionReplyOptions & Parts): Promise<string> {
  const { flags: _, ...parts } = message;
  const edited = await interaction
    .editReply({ ...parts, flags: MessageFlags.IsComponentsV2 })
    .catch(unlessGone);
  return (edited ?? (await interaction.followUp(message))).id;
}

/** What an edit takes too. */
type Parts = BaseMessageOptions;

function unlessGone(error: unknown): undefined {
  if (!isMessageGone(error)) throw error;
  return undefined;
}

/**
 * Answers an interaction with a message that everybody sees.
 * @returns the id of that message
 */
export async function post(interaction: Repliable, message: Outgoing): Promise<string> {
  const body = { ...options(interaction, message), flags: flags(false) };
  return say(interaction, {
    first: async () => {
      const response = await interaction.reply({ ...body, withResponse: true });
      const id = response.resource?.message?.id;
      if (!id) throw new Error('Discord gave no message for the reply');
      return id;
    },
    announced: (kind) => (kind === 'public' ? fill(interaction, body) : followUp(interaction, kind, body)),
    further: async () => (await interaction.followUp(body)).id,
    there: async () => (await interaction.fetchReply()).id,
  });
}

/** Changes the message whose button was pressed; where there is none, sends the new state privately instead. */
export async function update(interaction: ComponentInteraction, message: Outgoing): Promise<void> {
  if (interaction.isModalSubmit() && !interaction.isFromMessage()) return reply(interaction, message);
  const body = { ...options(interaction, message), flags: MessageFlags.IsComponentsV2 } as const;
  const beside = { ...body, flags: flags(true) };
  return say(interaction, {
    first: async () => void (await interaction.update(body)),
    announced: async (kind) => {
      if (kind === 'edits') await interaction.editReply(body);
      else await (kind === 'private' ? fill(interaction, beside) : followUp(interaction, kind, beside));
    },
    further: async () => void (await interaction.followUp(beside)),
    there: () => {},
  });
}

/** Opens a form, which must be the first reply: who waited so long that one was announced asks again. */
export async function showForm(
  interaction: ButtonInteraction | ChatInputCommandInteraction,
  form: APIModalInteractionResponseCallbackData,
): Promise<void> {
  const tooLate = (): Promise<void> =>
    whisper(interaction, 'That took me too long to open the form. Please try again.');
  await say<void>(interaction, {
    first: async () => void (await interaction.showModal(form)),
    announced: tooLate,
    further: tooLate,
    there: () => {},
  });
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
