import { mediaIn } from './checks/media.js';
import { isoTime } from './iso-time.js';
import type { EmbedJson } from './json.js';
import {
  type AttachmentJson,
  type ComponentJson,
  ComponentType,
  type MediaJson,
  walkComponents,
} from './json.js';

/** What Discord fills in where a bot says nothing, by type of component. */
const defaults: Readonly<Record<number, Partial<ComponentJson>>> = {
  [ComponentType.stringSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.userSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.roleSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.mentionableSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.channelSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.thumbnail]: { description: null, spoiler: false },
  [ComponentType.file]: { spoiler: false },
  [ComponentType.separator]: { spacing: 1, divider: true },
  [ComponentType.container]: { accent_color: null, spoiler: false },
};

type NextId = () => string;

/** Copies in which every component has an id: those that say none are numbered from top to bottom. */
export function numbered(components: readonly ComponentJson[]): ComponentJson[] {
  const copy = structuredClone([...components]);
  const taken = new Set<number>();
  walkComponents(copy, ({ id }) => id && taken.add(id));
  let next = 1;
  walkComponents(copy, (component) => {
    while (taken.has(next)) next += 1;
    component.id ||= next++;
  });
  return copy;
}

/** Components as clients get them: each with an id, with defaults filled in and `attachment://` resolved. */
export function presentComponents(
  components: ComponentJson[],
  attachments: readonly AttachmentJson[],
  nextId: NextId,
): ComponentJson[] {
  if (components.length === 0) return components;
  const copy = numbered(components);
  for (const { media } of mediaIn({ components: copy })) presentMedia(media, attachments, nextId);
  walkComponents(copy, (component) => {
    for (const [key, value] of Object.entries(defaults[component.type] ?? {})) {
      Object.assign(component, { [key]: component[key as keyof ComponentJson] ?? value });
    }
    for (const item of component.items ?? []) {
      item.description ??= null;
      item.spoiler ??= false;
    }
    if (component.file) nameFile(component, component.file, attachments);
  });
  return copy;
}

export function presentEmbeds(
  embeds: EmbedJson[],
  attachments: readonly AttachmentJson[],
  nextId: NextId,
): EmbedJson[] {
  if (embeds.length === 0) return embeds;
  const copy = structuredClone(embeds);
  for (const embed of copy) {
    embed.type ??= 'rich';
    if (embed.timestamp) embed.timestamp = isoTime(embed.timestamp);
    for (const field of embed.fields ?? []) field.inline ??= false;
  }
  for (const { media } of mediaIn({ embeds: copy })) presentMedia(media, attachments, nextId);
  return copy;
}

function nameFile(component: ComponentJson, file: MediaJson, attachments: readonly AttachmentJson[]): void {
  const attachment = attachments.find(({ id }) => id === file.attachment_id);
  component.name = attachment?.filename ?? null;
  component.size = attachment?.size ?? null;
}

function presentMedia(media: MediaJson, attachments: readonly AttachmentJson[], nextId: NextId): void {
  const [, name] = /^attachment:\/\/(.*)$/.exec(media.url) ?? [];
  const attachment = attachments.findLast(({ filename, url }) => filename === name || url === media.url);
  media.id = attachment?.id ?? nextId();
  media.url = attachment?.url ?? media.url;
  media.proxy_url = media.url;
  if (!attachment) return;
  media.attachment_id = attachment.id;
  if (attachment.content_type) media.content_type = attachment.content_type;
}
