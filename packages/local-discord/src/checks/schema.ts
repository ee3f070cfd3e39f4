import * as spec from 'discord-api-spec/zod';
import type { Fault } from '../errors.js';
import { unknownFields, unmodelledFields } from './fields.js';
import { ownSchemas } from './own-schemas.js';
import { isForgiven } from './patches.js';

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
  const result = bodySchemas[kind].safeParse(body);
  return result.success ? [] : result.error.issues.flatMap((issue) => issueFaults(issue, [], body));
}

/** Fields that Discord does not know there, and those that it knows and this server does not carry out. */
export function fieldFaults(kind: BodyKind, body: unknown): Fault[] {
  return [...unknownFields(kind, bodySchemas[kind], body), ...unmodelledFields(kind, body)];
}

function issueFaults(issue: spec.SchemaIssue, before: readonly (string | number)[], body: unknown): Fault[] {
  const path = [...before, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const branches = issue.errors ?? [];
  if (branches.length > 0) {
    const found = branches.map((branch) => branch.flatMap((inner) => issueFaults(inner, path, body)));
    if (found.some((faults) => faults.length === 0)) return [];
    const closest = branches.reduce((best, branch) => (farness(branch) < farness(best) ? branch : best));
    return found[branches.indexOf(closest)] ?? [];
  }
  const value = valueAt(body, path);
  return isForgiven(issue, path, value) ? [] : [{ path, ...wording(issue, value) }];
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

function wording(issue: spec.SchemaIssue, value: unknown): Pick<Fault, 'code' | 'message'> {
  switch (issue.code) {
    case 'too_small':
      return {
        code: issue.origin === 'number' ? 'NUMBER_TYPE_MIN' : 'BASE_TYPE_MIN_LENGTH',
        message: `Must be ${issue.minimum} or more${issue.origin === 'number' ? '' : ' in length'}.`,
      };
    case 'too_big':
      return {
        code: issue.origin === 'number' ? 'NUMBER_TYPE_MAX' : 'BASE_TYPE_MAX_LENGTH',
        message: `Must be ${issue.maximum} or fewer${issue.origin === 'number' ? '' : ' in length'}.`,
      };
    case 'invalid_type':
      if (value === undefined || value === null)
        return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required.' };
      return { code: 'BASE_TYPE_BAD_TYPE', message: `Must be ${issue.expected}.` };
    case 'invalid_value':
      if (value === undefined) return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required.' };
      return {
        code: 'BASE_TYPE_CHOICES',
        message: `Value must be one of {${(issue.values ?? []).map((each) => JSON.stringify(each)).join(', ')}}.`,
      };
    case 'invalid_format':
      return issue.format === 'url'
        ? { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }
        : { code: 'BASE_TYPE_BAD_FORMAT', message: `Not a well formed ${issue.format ?? 'value'}.` };
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}
