import type { Fault } from '../errors.js';
import {
  ComponentType,
  type EmbedJson,
  embedTexts,
  type MessageBody,
  MessageFlag,
  type MessageJson,
  selectTypes,
  walkComponents,
} from '../json.js';
import { codePoints } from './code-points.js';
import { componentFaults } from './components.js';
import { type Add, emptyItem, limits, missing } from './figures.js';
import { mediaFaults } from './media.js';
import { embedUrlFaults } from './urls.js';
import { unknownType } from './wording.js';

const legacyTypes: readonly number[] = [ComponentType.actionRow, ComponentType.button, ...selectTypes];

export interface MessageContext {
  /** The message that is edited. */
  readonly edited: Pick<MessageJson, 'flags' | 'content' | 'embeds'> | undefined;
  /** Names that `attachment://` may point at: files of this request and attachments that stay. */
  readonly files: ReadonlySet<string>;
}

/** What breaks a limit that the published schema leaves out. */
export function messageFaults(body: MessageBody, context: MessageContext): Fault[] {
  const faults: Fault[] = [];
  const add: Add = (path, code, message, hint) => {
    faults.push({ path, code, message, ...(hint && { hint }) });
  };
  const flags = (body.flags ?? 0) | (context.edited?.flags ?? 0);
  const components = body.components ?? [];
  if (codePoints(body.content ?? '') > limits.contentLength) {
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

function componentsV2Faults(body: MessageBody, edited: MessageContext['edited'], add: Add): void {
  const content = body.content === undefined ? edited?.content : body.content;
  const embeds = body.embeds === undefined ? edited?.embeds : body.embeds;
  for (const [field, isThere] of [
    ['content', !!content],
    ['embeds', !!embeds?.length],
  ] as const) {
    const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    if (isThere) add([field], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
  }
  let count = 0;
  let length = 0;
  walkComponents(body.components ?? [], (component, path) => {
    count += 1;
    if (
      component.type === ComponentType.textDisplay &&
      component.content?.trim() === '' &&
      component.content
    ) {
      missing(add, [...path, 'content']);
    }
    if (component.type === ComponentType.textDisplay) length += codePoints(component.content ?? '');
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
      `Components displayable text size exceeds maximum size of ${limits.textDisplaysLength}`,
      `There are ${length} characters.`,
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
      const { code, message } = unknownType([ComponentType.actionRow]);
      add(path, code, message, 'Others need the flag IS_COMPONENTS_V2.');
    }
  });
}

function embedFaults(embeds: readonly EmbedJson[], add: Add): void {
  embeds.forEach((embed, index) => {
    const shown =
      embedTexts(embed).some((text) => text.trim() !== '') || embed.image || embed.thumbnail || embed.url;
    if (Object.keys(embed).length === 0) {
      add(['embeds', index], emptyItem.code, emptyItem.message);
    } else if (!shown) missing(add, ['embeds', index, 'description']);
    embedUrlFaults(embed, ['embeds', index], add);
    embed.fields?.forEach((field, at) => {
      for (const key of ['name', 'value'] as const)
        if (!field[key].trim()) missing(add, ['embeds', index, 'fields', at, key]);
    });
  });
  const length = embeds.flatMap(embedTexts).reduce((sum, text) => sum + codePoints(text), 0);
  if (length > limits.embedsLength) {
    add(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${limits.embedsLength}`);
  }
}

function mentionFaults(body: MessageBody, add: Add): void {
  const mentions = body.allowed_mentions;
  for (const kind of ['users', 'roles'] as const) {
    mentions?.[kind]?.forEach((id, index, all) => {
      if (all.indexOf(id) === index) return;
      const message = 'The set already contains this value';
      add(['allowed_mentions', kind, index], 'SET_TYPE_ALREADY_CONTAINS_VALUE', message);
    });
    if (mentions?.parse?.includes(kind) && mentions[kind]?.length) {
      add(
        ['allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
}
