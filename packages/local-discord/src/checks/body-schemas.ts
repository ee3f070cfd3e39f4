import * as spec from 'discord-api-spec/zod';
import type { BodyKind } from './body-kind.js';
import { ownSchemas } from './own-schemas.js';
import type { Schema } from './schema-nodes.js';

/** What each kind of body is checked by. Importing this builds every schema of Discord's, which takes a while. */
export const bodySchemas: Readonly<Record<BodyKind, Schema>> = {
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
