import type { Fault } from '../errors.js';
import {
  type ComponentJson,
  ComponentType,
  type EmbedJson,
  embedTexts,
  type MediaJson,
  type MessageBody,
  MessageFlag,
  type MessageJson,
  walkComponents,
} from '../json.js';

/**
 * Discord's limits that its published schema leaves out. Sources: https://docs.discord.com/developers/resources/message
 * and https://docs.discord.com/developers/components/reference.
 */
export const limits = {
  contentLength: 2_000,
  embedsLength: 6_000,
  rows: 5,
  buttonsInRow: 5,
  components: 40,
  textDisplaysLength: 4_000,
  buttonLabel: 80,
  attachmentBytes: 10 * 1024 * 1024,
  attachments: 10,
  modalComponents: 5,
} as const;

const buttonStyle = { link: 5, premium: 6 } as const;
const selects: readonly number[] = [
  ComponentType.stringSelect,
  ComponentType.userSelect,
  ComponentType.roleSelect,
  ComponentType.mentionableSelect,
  ComponentType.channelSelect,
];
const legacyTypes: readonly number[] = [ComponentType.actionRow, ComponentType.button, ...selects];

export interface MessageContext {
  /** The message that is edited. */
  readonly edited: Pick<MessageJson, 'flags' | 'content' | 'embeds'> | undefined;
  /** Names that `attachment://` may point at: files of this request and attachments that stay. */
  readonly files: ReadonlySet<string>;
}

type Path = readonly (string | number)[];

export function messageFaults(body: MessageBody, context: MessageContext): Fault[] {
  const faults: Fault[] = [];
  const add = (path: Path, code: string, message: string): void => {
    faults.push({ path, code, message });
  };
  const flags = (body.flags ?? 0) | (context.edited?.flags ?? 0);
  const components = body.components ?? [];
  if ((body.content ?? '').length > limits.contentLength) {
    add(['content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${limits.contentLength} or fewer in length.`);
  }
  if (flags & MessageFlag.componentsV2) componentsV2Faults(body, context.edited, add);
  else legacyFaults(body, add);
  embedFaults(body.embeds ?? [], add);
  componentFaults(components, add);
  mediaFaults(body, context.files, add);
  mentionFaults(body, add);
  return faults;
}

type Add = (path: Path, code: string, message: string) => void;

function componentsV2Faults(body: MessageBody, edited: MessageContext['edited'], add: Add): void {
  const content = body.content === undefined ? edited?.content : body.content;
  const embeds = body.embeds === undefined ? edited?.embeds : body.embeds;
  const clash = 'This field cannot be used together with the flag IS_COMPONENTS_V2.';
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  if (content) add(['content'], code, clash);
  if (embeds?.length) add(['embeds'], code, clash);
  let count = 0;
  let length = 0;
  walkComponents(body.components ?? [], (component) => {
    count += 1;
    if (component.type === ComponentType.textDisplay) length += (component.content ?? '').length;
  });
  if (count > limits.components) {
    add(
      ['components'],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `Must be ${limits.components} or fewer in all; there are ${count}.`,
    );
  }
  if (length > limits.textDisplaysLength) {
    add(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Displayable text must be ${limits.textDisplaysLength} or fewer characters; there are ${length}.`,
    );
  }
}

function legacyFaults(body: MessageBody, add: Add): void {
  const components = body.components ?? [];
  if (components.length > limits.rows) {
    add(['components'], 'BASE_TYPE_MAX_LENGTH', `Must be ${limits.rows} or fewer in length.`);
  }
  walkComponents(components, (component, path) => {
    if (!legacyTypes.includes(component.type)) {
      add([...path, 'type'], 'UNION_TYPE_CHOICES', 'This component needs the flag IS_COMPONENTS_V2.');
    }
  });
}

function embedFaults(embeds: readonly EmbedJson[], add: Add): void {
  const length = embeds.flatMap(embedTexts).reduce((sum, text) => sum + text.length, 0);
  if (length > limits.embedsLength) {
    add(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${limits.embedsLength}.`);
  }
}

function componentFaults(components: readonly ComponentJson[], add: Add): void {
  const customIds = new Set<string>();
  const numericIds = new Set<number>();
  walkComponents(components, (component, path) => {
    if (component.custom_id) {
      if (customIds.has(component.custom_id)) {
        add(
          [...path, 'custom_id'],
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated.',
        );
      }
      customIds.add(component.custom_id);
    }
    if (component.id) {
      if (numericIds.has(component.id)) {
        add([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated.');
      }
      numericIds.add(component.id);
    }
    if (component.type === ComponentType.button) buttonFaults(component, path, add);
    if (component.type === ComponentType.actionRow) rowFaults(component, path, add);
    if (component.type === ComponentType.separator) return;
    selectFaults(component, path, add);
  });
}

function buttonFaults(button: ComponentJson, path: Path, add: Add): void {
  const required = 'This field is required.';
  const link = button.style === buttonStyle.link;
  const premium = button.style === buttonStyle.premium;
  if (link) {
    if (!button.url) add([...path, 'url'], 'BASE_TYPE_REQUIRED', required);
    else if (!/^(https?|discord):/.test(button.url)) {
      add([...path, 'url'], 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of http, https, discord.');
    }
    if (button.custom_id) {
      add(
        [...path, 'custom_id'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified.',
      );
    }
  } else if (premium) {
    if (!button.sku_id) add([...path, 'sku_id'], 'BASE_TYPE_REQUIRED', required);
  } else {
    if (!button.custom_id) add([...path, 'custom_id'], 'BASE_TYPE_REQUIRED', 'A custom id is required.');
    if (button.url) {
      add(
        [...path, 'url'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified.',
      );
    }
  }
  if (!premium && !button.label && !button.emoji) {
    add([...path, 'label'], 'BUTTON_COMPONENT_INVALID_LABEL', 'A button needs a label or an emoji.');
  }
}

function rowFaults(row: ComponentJson, path: Path, add: Add): void {
  const children = row.components ?? [];
  const buttons = children.filter((child) => child.type === ComponentType.button).length;
  const others = children.length - buttons;
  if (buttons > limits.buttonsInRow) {
    add(
      [...path, 'components'],
      'BASE_TYPE_BAD_LENGTH',
      `Must be between 1 and ${limits.buttonsInRow} in length.`,
    );
  }
  if (others > 1 || (others === 1 && buttons > 0)) {
    add(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width.',
    );
  }
}

function selectFaults(select: ComponentJson, path: Path, add: Add): void {
  const options = select.options ?? [];
  const seen = new Set<string>();
  options.forEach((option, index) => {
    if (seen.has(option.value)) {
      add(
        [...path, 'options', index, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used.',
      );
    }
    seen.add(option.value);
  });
  const { min_values: min, max_values: max } = select;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    add(
      [...path, 'min_values'],
      'SELECT_COMPONENT_MIN_VALUES_TOO_LARGE',
      'min_values cannot exceed max_values.',
    );
  }
  if (select.type === ComponentType.stringSelect && typeof max === 'number' && max > options.length) {
    add(
      [...path, 'max_values'],
      'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE',
      'max_values cannot exceed the number of options.',
    );
  }
  const defaults = options.filter((option) => option.default).length;
  const most =
    select.type === ComponentType.radioGroup
      ? 1
      : (max ?? (select.type === ComponentType.stringSelect ? 1 : options.length));
  if (options.length > 0 && defaults > most) {
    add(
      [...path, 'options'],
      'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
      `At most ${most} options may be defaults.`,
    );
  }
}

/** Every place of a body where a picture or a file is named, with its path. */
export function mediaIn(body: MessageBody): { media: MediaJson; path: Path; mustBeUploaded: boolean }[] {
  const found: { media: MediaJson; path: Path; mustBeUploaded: boolean }[] = [];
  walkComponents(body.components ?? [], (component, path) => {
    if (component.media)
      found.push({ media: component.media, path: [...path, 'media'], mustBeUploaded: false });
    if (component.file) found.push({ media: component.file, path: [...path, 'file'], mustBeUploaded: true });
    component.items?.forEach((item, index) => {
      found.push({ media: item.media, path: [...path, 'items', index, 'media'], mustBeUploaded: false });
    });
  });
  body.embeds?.forEach((embed, index) => {
    if (embed.image)
      found.push({ media: embed.image, path: ['embeds', index, 'image'], mustBeUploaded: false });
    if (embed.thumbnail) {
      found.push({ media: embed.thumbnail, path: ['embeds', index, 'thumbnail'], mustBeUploaded: false });
    }
  });
  return found;
}

function mediaFaults(body: MessageBody, files: ReadonlySet<string>, add: Add): void {
  for (const { media, path, mustBeUploaded } of mediaIn(body)) {
    const [, name] = /^attachment:\/\/(.*)$/.exec(media.url) ?? [];
    if (name !== undefined) {
      if (!files.has(name)) {
        add([...path, 'url'], 'ATTACHMENT_NOT_FOUND', `The referenced attachment was not found: ${name}`);
      }
    } else if (mustBeUploaded || !/^https?:/.test(media.url)) {
      add(
        [...path, 'url'],
        'URL_TYPE_INVALID_SCHEME',
        'Scheme must be one of http, https, or attachment for an upload.',
      );
    }
  }
}

function mentionFaults(body: MessageBody, add: Add): void {
  const mentions = body.allowed_mentions;
  for (const kind of ['users', 'roles'] as const) {
    if (mentions?.parse?.includes(kind) && mentions[kind]?.length) {
      add(
        ['allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
}

export function modalFaults(components: readonly ComponentJson[], add: Add): void {
  if (components.length > limits.modalComponents) {
    add(
      ['data', 'components'],
      'BASE_TYPE_BAD_LENGTH',
      `Must be between 1 and ${limits.modalComponents} in length.`,
    );
  }
  const prefix = ['data'];
  componentFaults(components, (path, code, message) => add([...prefix, ...path], code, message));
  walkComponents(components, (component, path) => {
    const here = [...prefix, ...path];
    const inLabel = path.at(-1) === 'component';
    if (component.type === ComponentType.textInput) {
      if (!inLabel && !component.label)
        add([...here, 'label'], 'BASE_TYPE_REQUIRED', 'This field is required.');
      if (inLabel && component.label) {
        add([...here, 'label'], 'BASE_TYPE_INVALID', 'A text input in a label has no label of its own.');
      }
      textInputFaults(component, here, add);
    }
    if (component.disabled)
      add([...here, 'disabled'], 'BASE_TYPE_INVALID', 'A form has no disabled components.');
  });
}

function textInputFaults(input: ComponentJson, path: Path, add: Add): void {
  const { min_length: min, max_length: max, value } = input;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    add([...path, 'min_length'], 'TEXT_INPUT_MIN_LENGTH_TOO_LARGE', 'min_length cannot exceed max_length.');
  }
  if (value && typeof max === 'number' && value.length > max) {
    add([...path, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  }
}
