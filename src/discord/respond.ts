import {
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  type BaseMessageOptions,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type RepliableInteraction,
} from 'discord.js';
import type { ComponentInteraction } from './command.js';
import type { Outgoing } from './outgoing.js';

export type Repliable = ChatInputCommandInteraction | ComponentInteraction;

function options(message: Outgoing): BaseMessageOptions {
  return {
    components: message.components as APIMessageTopLevelComponent[],
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

/** Announcements on their way to Discord; whoever replies waits for them, since Discord takes one first reply. */
const announcements = new WeakMap<object, Promise<unknown>>();
/** Interactions whose reply is on its way or there; discord.js's own mark comes only with Discord's answer. */
const begun = new WeakSet<object>();

/** Waits for an announcement under way, and rules out any later one. */
function begin(interaction: object): Promise<unknown> | undefined {
  begun.add(interaction);
  return announcements.get(interaction);
}

/** Tells Discord that an answer is coming, unless there is one already. */
export async function announce(
  interaction: RepliableInteraction,
  { ephemeral }: { ephemeral: boolean },
): Promise<void> {
  if (begun.has(interaction)) return;
  const deferral = interaction.deferReply(ephemeral ? { flags: MessageFlags.Ephemeral } : {});
  // What becomes of it is reported to the caller; who waits for it only has to know that it is over.
  announcements.set(
    interaction,
    deferral.catch(() => undefined),
  );
  await deferral;
}

/**
 * Answers an interaction. When the work before took so long that the dispatcher has deferred the reply, this
 * fills the deferred one in; its visibility is then the ephemeral one.
 */
export async function reply(
  interaction: Repliable,
  message: Outgoing,
  { ephemeral = true }: { ephemeral?: boolean } = {},
): Promise<void> {
  await begin(interaction);
  if (interaction.deferred) {
    await interaction.editReply({ ...options(message), flags: MessageFlags.IsComponentsV2 });
    return;
  }
  await interaction.reply({ ...options(message), flags: flags(ephemeral) });
}

const flags = (ephemeral: boolean) =>
  ephemeral
    ? ([MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const)
    : ([MessageFlags.IsComponentsV2] as const);

/** A reply of one line that only its reader sees. The leanest way to answer a press. */
export async function whisper(interaction: Repliable, content: string): Promise<void> {
  await begin(interaction);
  if (interaction.deferred) await interaction.editReply({ content, allowedMentions: { parse: [] } });
  else await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
}

/**
 * Answers an interaction with a message that everybody sees.
 * @returns the id of that message
 */
export async function post(interaction: Repliable, message: Outgoing): Promise<string> {
  await begin(interaction);
  if (interaction.deferred) {
    const sent = await interaction.followUp({ ...options(message), flags: MessageFlags.IsComponentsV2 });
    return sent.id;
  }
  const response = await interaction.reply({
    ...options(message),
    flags: MessageFlags.IsComponentsV2,
    withResponse: true,
  });
  const id = response.resource?.message?.id;
  if (!id) throw new Error('Discord gave no message for the reply');
  return id;
}

/** Tells the person alone that something failed, also where the reply would have been public or has been given. */
export async function apologise(interaction: Repliable, words: string): Promise<void> {
  await begin(interaction);
  const isPublic = interaction.deferred && interaction.ephemeral === false;
  if (isPublic) await interaction.deleteReply();
  if (isPublic || interaction.replied)
    await interaction.followUp({
      content: words,
      flags: MessageFlags.Ephemeral,
      allowedMentions: { parse: [] },
    });
  else await whisper(interaction, words);
}

/** Changes the message whose button was pressed; after a deferral, sends the new state privately instead. */
export async function update(interaction: ComponentInteraction, message: Outgoing): Promise<void> {
  await begin(interaction);
  if (interaction.deferred || (interaction.isModalSubmit() && !interaction.isFromMessage())) {
    await reply(interaction, message);
    return;
  }
  await interaction.update({ ...options(message), flags: MessageFlags.IsComponentsV2 });
}

/** Opens a form, which must be the first reply. */
export async function showForm(
  interaction: ButtonInteraction,
  form: APIModalInteractionResponseCallbackData,
): Promise<void> {
  await begin(interaction);
  await interaction.showModal(form);
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
