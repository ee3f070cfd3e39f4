import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js';

/** One slash command; `S` is what it may ask of the program. */
export interface SlashCommand<S> {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(interaction: ChatInputCommandInteraction, services: S): Promise<void>;
  autocomplete?(interaction: AutocompleteInteraction, services: S): Promise<void>;
  /** Whether a reply that takes long is announced to everybody; absent: only to who asked. */
  repliesPublicly?(interaction: ChatInputCommandInteraction): boolean;
  /** Set where nothing is stored of who uses it, so that it need not be noted that they did. */
  readonly storesNothing?: true;
}

export type ComponentInteraction = ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;
