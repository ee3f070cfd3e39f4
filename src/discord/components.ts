import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord.js';

/** The colour beside cards that say neither right nor wrong. */
export const accent = 0x5865f2;

/** Discord's limit of buttons in a row. */
const buttonsInRow = 5;

export const text = (content: string): APIComponentInContainer => ({
  type: ComponentType.TextDisplay,
  content,
});

export const separator = (): APIComponentInContainer => ({
  type: ComponentType.Separator,
  divider: true,
  spacing: SeparatorSpacingSize.Small,
});

export function container(
  components: APIComponentInContainer[],
  accentColour?: number,
): APIMessageTopLevelComponent {
  return {
    type: ComponentType.Container,
    components,
    ...(accentColour !== undefined && { accent_color: accentColour }),
  };
}

export type Button = APIButtonComponentWithCustomId;

export function button(
  label: string,
  customId: string,
  options: { style?: Button['style']; disabled?: boolean } = {},
): Button {
  return {
    type: ComponentType.Button,
    style: options.style ?? ButtonStyle.Secondary,
    label,
    custom_id: customId,
    ...(options.disabled && { disabled: true }),
  };
}

/** As many rows as the buttons need. */
export function buttonRows(buttons: readonly Button[]): APIActionRowComponent<Button>[] {
  const rows: APIActionRowComponent<Button>[] = [];
  for (let start = 0; start < buttons.length; start += buttonsInRow)
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(start, start + buttonsInRow) });
  return rows;
}

/** Discord's limit of a picture's description is 1,024 characters. */
const longestDescription = 1_000;

/** Shows a picture that is among the message's files. */
export const attachedPicture = (file: string, description: string): APIComponentInContainer => ({
  type: ComponentType.MediaGallery,
  items: [{ media: { url: `attachment://${file}` }, description: clip(description, longestDescription) }],
});

/** A message of one short text. */
export function plain(content: string): { components: APIMessageTopLevelComponent[] } {
  return { components: [{ type: ComponentType.TextDisplay, content }] };
}

/** The address of a channel, or of a message in it. */
export const placeLink = (guildId: string, channelId: string, messageId?: string): string =>
  ['https://discord.com/channels', guildId, channelId, messageId].filter(Boolean).join('/');

/** The text cut to a length, with an ellipsis where something is missing. */
export function clip(content: string, longest: number): string {
  const characters = [...content];
  return characters.length <= longest ? content : `${characters.slice(0, longest - 1).join('')}…`;
}

/** One line of a prompt for lists: no line breaks or code blocks, cut to a length. */
export const oneLine = (content: string, longest: number): string =>
  clip(content.replace(/\s+/g, ' ').trim(), longest);

/** Discord's timestamp markup; style `R` counts down by itself. */
export const timestamp = (atMs: number, style: 'R' | 'F' | 't' | 'f' = 'R'): string =>
  `<t:${Math.ceil(atMs / 1000)}:${style}>`;
