import type { ChatInputCommandInteraction } from 'discord.js';
import { z } from 'zod';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { reply, showForm, update } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import { confirmForm, everywhereValue, type NamedPlace, placeField, wordField } from './cards.js';
import { direct, type WishPlace } from './records.js';
import { confirmation, notConfirmed } from './words.js';

/** Who asks, and where from. */
export interface PrivacyAsker {
  /** Of the interaction. */
  readonly id: string;
  readonly member: string;
  /** Null in direct messages. */
  readonly guildId: string | null;
  /** When Discord took it. */
  readonly atMs: number;
}

/** What the command and the buttons of `/privacy` need. */
export interface PrivacyRoom {
  show(asker: PrivacyAsker, only?: WishPlace): Promise<Outgoing>;
  export(asker: PrivacyAsker, only?: WishPlace): Promise<Outgoing>;
  pendingFor(member: string, place: WishPlace | undefined): Promise<Outgoing | undefined>;
  erase(asker: PrivacyAsker, place: WishPlace | undefined): Promise<Outgoing>;
  keep(wish: string, asker: PrivacyAsker): Promise<Outgoing>;
  places(asker: PrivacyAsker): Promise<readonly NamedPlace[]>;
}

export const askerOf = ({
  id,
  user,
  guildId,
  createdTimestamp,
}: Pick<ComponentInteraction, 'id' | 'user' | 'guildId' | 'createdTimestamp'>): PrivacyAsker => ({
  id,
  member: user.id,
  guildId,
  atMs: createdTimestamp,
});

/** The buttons, selects and the form of `/privacy`. Each tells its presser of themselves alone. */
export function privacyRoutes(privacy: PrivacyRoom): Record<string, Route> {
  const chosen = (interaction: ComponentInteraction): WishPlace | undefined => {
    const [value] = interaction.isStringSelectMenu() ? interaction.values : [];
    return value === everywhereValue ? undefined : value;
  };
  return {
    show: route({
      reply: 'edits',
      storesNothing: true,
      args: z.tuple([]),
      handle: async (interaction) =>
        update(interaction, await privacy.show(askerOf(interaction), chosen(interaction))),
    }),
    export: route({
      reply: 'private',
      storesNothing: true,
      args: z.tuple([]),
      handle: async (interaction) =>
        reply(interaction, await privacy.export(askerOf(interaction), chosen(interaction))),
    }),
    erase: route({
      reply: 'private',
      storesNothing: true,
      args: z.tuple([z.enum(['here', 'everywhere']), z.string().regex(/^\d+$/)]),
      async handle(interaction, [where]) {
        if (!interaction.isModalSubmit()) throw new UserError(notConfirmed);
        const { fields, guildId, user } = interaction;
        if (fields.getTextInputValue(wordField).trim().toUpperCase() !== confirmation)
          throw new UserError(notConfirmed);
        const place =
          where === 'everywhere' ? undefined : (guildId ?? (await chosenPlace(privacy, interaction)));
        const pending = await privacy.pendingFor(user.id, place);
        await reply(interaction, pending ?? (await privacy.erase(askerOf(interaction), place)));
      },
    }),
    keep: route({
      reply: 'edits',
      storesNothing: true,
      args: z.tuple([z.string().regex(/^\d{1,20}$/)]),
      async handle(interaction, [id]) {
        await update(interaction, await privacy.keep(id, askerOf(interaction)));
      },
    }),
  };
}

/** The place chosen in the form: one of those that are the member's. */
async function chosenPlace(privacy: PrivacyRoom, interaction: ComponentInteraction): Promise<WishPlace> {
  if (!interaction.isModalSubmit()) return direct;
  const given = interaction.fields.fields.has(placeField)
    ? interaction.fields.getStringSelectValues(placeField)[0]
    : undefined;
  const places = await privacy.places(askerOf(interaction));
  return places.find(({ place }) => place === given)?.place ?? direct;
}

/** Opens the form, or shows what is on its way already. */
export async function askToErase(
  privacy: PrivacyRoom,
  interaction: ChatInputCommandInteraction,
  isEverywhere: boolean,
): Promise<void> {
  const { guildId, user, id } = interaction;
  const place = isEverywhere ? undefined : (guildId ?? undefined);
  const pending = isEverywhere || guildId !== null ? await privacy.pendingFor(user.id, place) : undefined;
  if (pending) return reply(interaction, pending);
  const choices = isEverywhere || guildId !== null ? [] : await privacy.places(askerOf(interaction));
  await showForm(interaction, confirmForm(id, isEverywhere, choices));
}
