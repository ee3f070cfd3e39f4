import type { Fault } from '../errors.js';
import type { Path } from './figures.js';
import type { Schema, SchemaNode } from './schema-nodes.js';

/**
 * Below these Discord takes back whatever it has shown itself (a message's own pictures and attachments), so a field
 * that no request is described with is no slip there.
 */
const echoed: readonly unknown[] = ['attachments', 'media', 'file', 'emoji'];
/** What Discord shows in embeds and nobody sends, at whatever depth. */
const shownInEmbeds: readonly string[] = [
  'type',
  'provider',
  'video',
  'proxy_url',
  'proxy_icon_url',
  'width',
  'height',
  'flags',
  'content_type',
  'placeholder',
  'placeholder_version',
  'id',
  'attachment_id',
];
/** What discord.js sends with every message, into edits and callbacks too, where it has no meaning. */
const alwaysSent: readonly string[] = ['tts', 'nonce', 'enforce_nonce'];
/** The same for single kinds of bodies. */
const sentByLibraries: Readonly<Record<string, readonly string[]>> = {
  threadFromMessage: ['type', 'invitable'],
  forumPost: ['type', 'invitable'],
  memberEdit: ['channel', 'communicationDisabledUntil'],
  // What belongs into the query comes in the body as well.
  webhookCreate: ['wait', 'threadID', 'auth'],
};
/** What the documentation has and the published schema has not. */
const documented: Readonly<Record<string, readonly string[]>> = {
  commandCreate: ['nsfw'],
  commandUpdate: ['nsfw'],
  commandPatch: ['nsfw'],
  channelCreate: ['flags'],
};
/** Fields that Discord shows on components and takes back. */
const shownOnComponents: readonly string[] = ['name', 'size', 'sku_id'];

/**
 * Fields of a body that its schema has nothing of. Discord drops them in silence, which hides a misspelt name:
 * here they are refused.
 */
export function unknownFields(kind: string, schema: Schema, body: unknown): Fault[] {
  const passed = [...(sentByLibraries[kind] ?? []), ...(documented[kind] ?? [])];
  const found = strangers(schema.def, body, []).filter(
    ([field, ...rest]) => rest.length > 0 || !passed.includes(String(field)),
  );
  return found.map((path) => ({
    path,
    code: 'LOCAL_DISCORD_UNKNOWN_FIELD',
    message: 'Discord knows no such field here and would drop it.',
  }));
}

function strangers(node: SchemaNode, value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  switch (node.type) {
    case 'optional':
    case 'nullable':
      return node.innerType ? strangers(node.innerType.def, value, path) : [];
    case 'lazy':
      return node.getter ? strangers(node.getter().def, value, path) : [];
    case 'array':
      return Array.isArray(value) && node.element
        ? value.flatMap((each, index) =>
            node.element ? strangers(node.element.def, each, [...path, index]) : [],
          )
        : [];
    case 'union':
      return fewest(
        (node.options ?? []).map((branch) => resolved(branch).def).filter((def) => fits(def, value)),
        value,
        path,
      );
    case 'object':
      return Array.isArray(value) ? [] : inObject(node.shape ?? {}, value, path);
    default:
      return [];
  }
}

function inObject(shape: Readonly<Record<string, Schema>>, value: object, path: Path): Path[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (echoed.includes(key)) return schema ? [] : [[...path, key]];
    if (schema) return strangers(schema.def, inner, [...path, key]);
    if (isSentTwice(key, shape, value)) return [];
    if (alwaysSent.includes(key) || (path.includes('embeds') && shownInEmbeds.includes(key))) return [];
    return path.includes('components') && shownOnComponents.includes(key) ? [] : [[...path, key]];
  });
}

/** Eris sends its own name of a field along with Discord's, e.g. `allowedMentions` beside `allowed_mentions`. */
function isSentTwice(key: string, shape: Readonly<Record<string, Schema>>, value: object): boolean {
  const name = otherNames[key] ?? key.replaceAll(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`);
  return name !== key && Object.hasOwn(shape, name) && Object.hasOwn(value, name);
}

const otherNames: Readonly<Record<string, string>> = {
  embed: 'embeds',
  messageReferenceID: 'message_reference',
};

/** Of a union's branches the one is meant that leaves the fewest fields over. */
function fewest(branches: readonly SchemaNode[], value: object, path: Path): Path[] {
  const [first, ...others] = branches.map((branch) => strangers(branch, value, path));
  return others.reduce((best, each) => (each.length < best.length ? each : best), first ?? []);
}

/** A schema without what makes it optional, nullable or lazy. */
export function resolved(schema: Schema): Schema {
  const { def } = schema;
  if (def.type === 'lazy' && def.getter) return resolved(def.getter());
  return (def.type === 'optional' || def.type === 'nullable') && def.innerType
    ? resolved(def.innerType)
    : schema;
}

/** Whether an object may be of this branch: by its `type`, where both have one. */
export function fits(node: SchemaNode, value: object): boolean {
  if (Array.isArray(value)) return node.type === 'array';
  if (node.type !== 'object') return node.type === 'union';
  const types = typesOf(node);
  const { type: given } = value as { type?: unknown };
  return !types || given === undefined || types.includes(given);
}

/** The values that an object's `type` may have; undefined where it has none of its own. */
export function typesOf({ shape }: SchemaNode): readonly unknown[] | undefined {
  const type = shape?.['type'];
  return type && resolved(type).def.values;
}

const messageFields: readonly string[] = ['poll', 'sticker_ids', 'shared_client_theme'];
const webhookFields: readonly string[] = [...messageFields, 'thread_name', 'applied_tags', 'avatar_url'];
const channelFields: readonly string[] = [
  'bitrate',
  'user_limit',
  'rtc_region',
  'video_quality_mode',
  'default_reaction_emoji',
  'default_sort_order',
  'default_forum_layout',
  'default_tag_setting',
  'available_tags',
];

/** Fields that Discord carries out and this server does not, by kind of body. */
const unmodelled: Readonly<Record<string, readonly string[]>> = {
  messageCreate: messageFields,
  messageEdit: messageFields,
  webhookCreate: webhookFields,
  webhookEdit: messageFields,
  channelCreate: [...channelFields, 'flags'],
  channelEdit: [...channelFields, 'type'],
  threadEdit: ['applied_tags', 'flags'],
  forumPost: ['applied_tags'],
  roleCreate: ['icon', 'unicode_emoji'],
  roleEdit: ['icon', 'unicode_emoji'],
  memberEdit: ['mute', 'deaf', 'channel_id', 'flags'],
  ownMemberEdit: ['avatar', 'banner', 'bio'],
  webhookMake: ['avatar'],
  webhookChange: ['avatar'],
  eventCreate: ['image'],
  eventEdit: ['image'],
};

/** Where a body has a message in it, by kind. */
const messageAt: Readonly<Record<string, string>> = {
  callback4: 'data',
  callback7: 'data',
  forumPost: 'message',
};

export function unmodelledFields(kind: string, body: unknown): Fault[] {
  const at = messageAt[kind];
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  return [
    ...unmodelledIn(given, unmodelled[kind] ?? [], []),
    ...(at ? unmodelledIn((given[at] ?? {}) as typeof given, messageFields, [at]) : []),
  ];
}

function unmodelledIn(
  given: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  path: Path,
): Fault[] {
  return fields
    .filter((field) => says(given[field]))
    .map((field) => ({
      path: [...path, field],
      code: 'LOCAL_DISCORD_NOT_MODELLED',
      message: 'Discord carries this out; local-discord does not, and says so instead of dropping it.',
    }));
}

function says(value: unknown): boolean {
  return value != null && !(Array.isArray(value) && value.length === 0);
}
