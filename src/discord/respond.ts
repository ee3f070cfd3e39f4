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
  type RESTPatchAPIInteractionOriginalResponseJSONBody,
  Routes,
} from 'discord.js';

import { type Repliable, say } from './announced.js';
import { isMessageGone } from './api-errors.js';
import type { ComponentInteraction } from './command.js';
import { clickable, clickableParts } from './mentions.js';
import type { Outgoing } from './outgoing.js';
import type { Reply } from './route.js';

export { announce, type Repliable } from './announced.js';

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
async function fill(interaction: Repliable, message: InteractionReplyOptions & Words): Promise<string> {
  const { flags: _, ...words } = message;
  const isCard = message.content === undefined;
  const edited = await interaction
    .editReply({ ...words, ...(isCard && { flags: MessageFlags.IsComponentsV2 }) })
    .catch(unlessGone);
  return (edited ?? (await interaction.followUp(message))).id;
}

/** What an edit takes too. */
type Words = BaseMessageOptions;

function unlessGone(error: unknown): undefined {
  if (!isMessageGone(error)) throw error;
  return undefined;
}

/**
 * A reply of one line that only its reader sees. The leanest way to answer a press: straight to Discord, because
 * thousands may want one in the same second.
 */
export async function whisper(interaction: Repliable, content: string): Promise<void> {
  const text = clickable(interaction.client.rest, content);
  const body = { content: text, allowedMentions: { parse: [] }, flags: MessageFlags.Ephemeral } as const;
  return say(interaction, {
    first: () => whisperFirst(interaction, text),
    announced: async (kind) =>
      void (await (kind === 'private' ? fill(interaction, body) : followUp(interaction, kind, body))),
    further: async () => void (await interaction.followUp(body)),
    there: () => {},
  });
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

/** A reply that was given, to be changed within fifteen minutes of its interaction. Rejects with discord.js's errors. */
export interface GivenReply {
  edit(body: RESTPatchAPIInteractionOriginalResponseJSONBody): Promise<void>;
  remove(): Promise<void>;
}

/** Keeps nothing else of the interaction: with all parts of its message, one takes many kilobytes. */
export function replyTo({ client: { rest }, applicationId, token }: Repliable): GivenReply {
  const route = Routes.webhookMessage(applicationId, token);
  return {
    edit: async (body) => void (await rest.patch(route, { auth: false, body })),
    remove: async () => void (await rest.delete(route, { auth: false })),
  };
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

/** Tells the person alone that something failed, whatever was announced or has been answered. */
export const apologise = whisper;

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
