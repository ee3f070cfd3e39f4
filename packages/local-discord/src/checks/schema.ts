import * as spec from 'discord-api-spec/zod';
import type { Fault } from '../errors.js';
import { resolved, typesOf, unknownFields, unmodelledFields } from './fields.js';
import { ownSchemas } from './own-schemas.js';
import { isForgiven } from './patches.js';
import { nodeAt, unknownType, wording } from './wording.js';

/** Checks bodies by Discord's published OpenAPI description; the package builds its schemas once, at import. */

const bodySchemas: Readonly<Record<BodyKind, spec.Schema>> = {
  messageCreate: spec.MessageCreateRequestSchema,
  messageEdit: spec.MessageEditRequestPartialSchema,
  webhookCreate: spec.IncomingWebhookRequestPartialSchema,
  webhookEdit: spec.IncomingWebhookUpdateRequestPartialSchema,
  commandCreate: spec.ApplicationCommandCreateRequestSchema,
  commandUpdate: spec.ApplicationCommandUpdateRequestSchema,
  commandPatch: spec.ApplicationCommandPatchRequestPartialSchema,
  directChannel: spec.CreatePrivateChannelRequestSchema,
  channelCreate: spec.CreateGuildChannelRequestSchema,
  channelEdit: spec.UpdateGuildChannelRequestPartialSchema,
  threadEdit: spec.UpdateThreadRequestPartialSchema,
  threadFromMessage: spec.CreateTextThreadWithMessageRequestSchema,
  threadAlone: spec.CreateTextThreadWithoutMessageRequestSchema,
  forumPost: spec.CreateForumThreadRequestSchema,
  eventCreate: spec.ExternalScheduledEventCreateRequestSchema,
  eventEdit: spec.ExternalScheduledEventPatchRequestPartialSchema,
  voiceEventCreate: spec.VoiceScheduledEventCreateRequestSchema,
  overwrite: spec.ChannelPermissionOverwriteRequestSchema,
  roleCreate: spec.CreateRoleRequestSchema,
  roleEdit: spec.UpdateRoleRequestPartialSchema,
  ban: spec.BanUserFromGuildRequestSchema,
  ...ownSchemas,
  callback1: spec.PongInteractionCallbackRequestSchema,
  callback4: spec.CreateMessageInteractionCallbackRequestSchema,
  callback5: spec.CreateMessageInteractionCallbackRequestSchema,
  callback6: spec.UpdateMessageInteractionCallbackRequestSchema,
  callback7: spec.UpdateMessageInteractionCallbackRequestSchema,
  callback8: spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  callback9: spec.ModalInteractionCallbackRequestSchema,
};

/** Named one by one, so that the published types need none of the schemas'. */
export type BodyKind =
  | 'messageCreate'
  | 'messageEdit'
  | 'webhookCreate'
  | 'webhookEdit'
  | 'commandCreate'
  | 'commandUpdate'
  | 'commandPatch'
  | 'directChannel'
  | 'channelCreate'
  | 'channelEdit'
  | 'threadEdit'
  | 'threadFromMessage'
  | 'threadAlone'
  | 'forumPost'
  | 'eventCreate'
  | 'eventEdit'
  | 'voiceEventCreate'
  | 'overwrite'
  | 'roleCreate'
  | 'roleEdit'
  | 'ban'
  | 'callback1'
  | 'callback4'
  | 'callback5'
  | 'callback6'
  | 'callback7'
  | 'callback8'
  | 'callback9'
  | 'memberEdit'
  | 'ownMemberEdit'
  | 'webhookMake'
  | 'webhookChange'
  | 'rolePositions'
  | 'bulkDelete';

export function schemaFaults(kind: BodyKind, body: unknown): Fault[] {
  const schema = bodySchemas[kind];
  const result = schema.safeParse(body);
  return result.success ? [] : result.error.issues.flatMap((issue) => issueFaults(issue, [], schema, body));
}

/** Fields that Discord does not know there, and those that it knows and this server does not carry out. */
export function fieldFaults(kind: BodyKind, body: unknown): Fault[] {
  return [...unknownFields(kind, bodySchemas[kind], body), ...unmodelledFields(kind, body)];
}

function issueFaults(
  issue: spec.SchemaIssue,
  before: Fault['path'],
  schema: spec.Schema,
  body: unknown,
): Fault[] {
  const path = [...before, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const branches = issue.errors ?? [];
  const value = valueAt(body, path);
  if (branches.length > 0) {
    const types = typesIn(nodeAt(schema, body, path)).sort((a, b) => Number(a) - Number(b));
    const { type } = (value ?? {}) as { type?: unknown };
    if (types.length > 1 && type !== undefined && !types.includes(type))
      return [{ path, ...unknownType(types) }];
    const found = branches.map((branch) => branch.flatMap((inner) => issueFaults(inner, path, schema, body)));
    if (found.some((faults) => faults.length === 0)) return [];
    const closest = branches.reduce((best, branch) => (farness(branch) < farness(best) ? branch : best));
    return found[branches.indexOf(closest)] ?? [];
  }
  return isForgiven(issue, path, value) ? [] : [{ path, ...wording(issue, value, { schema, body, path }) }];
}

/** The types that a union of objects has a branch for. */
function typesIn(union: spec.Schema | undefined): unknown[] {
  return (union?.def.options ?? []).flatMap((branch) => typesOf(resolved(branch).def) ?? []);
}

function valueAt(body: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | null)?.[step],
    body,
  );
}

/** Of a union's branches the one was meant whose type fits and that has the fewest complaints. */
function farness(branch: readonly spec.SchemaIssue[]): number {
  const another = branch.some(({ path }) => path.length === 0 || (path.length === 1 && path[0] === 'type'));
  return branch.length + (another ? 1_000 : 0);
}
