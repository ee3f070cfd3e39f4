/** The package ships its schemas as plain JavaScript; these are the ones that the server checks by. */
declare module 'discord-api-spec/zod' {
  export interface SchemaIssue {
    readonly code: string;
    readonly path: readonly PropertyKey[];
    readonly message: string;
    readonly minimum?: number | bigint;
    readonly maximum?: number | bigint;
    readonly origin?: string;
    readonly expected?: string;
    readonly format?: string;
    readonly values?: readonly unknown[];
    readonly errors?: readonly (readonly SchemaIssue[])[];
  }
  /** The part of a schema's definition by which its fields are found. */
  export interface SchemaNode {
    readonly type: string;
    readonly shape?: Readonly<Record<string, Schema>>;
    readonly innerType?: Schema;
    readonly element?: Schema;
    readonly options?: readonly Schema[];
    readonly values?: readonly unknown[];
    readonly getter?: () => Schema;
    readonly checks?: readonly {
      readonly _zod: { readonly def: { readonly minimum?: number; readonly maximum?: number } };
    }[];
  }
  export interface Schema {
    readonly def: SchemaNode;
    safeParse(
      value: unknown,
    ): { success: true } | { success: false; error: { issues: readonly SchemaIssue[] } };
  }
  export const MessageCreateRequestSchema: Schema;
  export const MessageEditRequestPartialSchema: Schema;
  export const CreateMessageInteractionCallbackRequestSchema: Schema;
  export const UpdateMessageInteractionCallbackRequestSchema: Schema;
  export const ModalInteractionCallbackRequestSchema: Schema;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: Schema;
  export const PongInteractionCallbackRequestSchema: Schema;
  export const IncomingWebhookRequestPartialSchema: Schema;
  export const IncomingWebhookUpdateRequestPartialSchema: Schema;
  export const ApplicationCommandUpdateRequestSchema: Schema;
  export const ApplicationCommandCreateRequestSchema: Schema;
  export const ApplicationCommandPatchRequestPartialSchema: Schema;
  export const CreatePrivateChannelRequestSchema: Schema;
  export const CreateGuildChannelRequestSchema: Schema;
  export const CreateTextThreadWithMessageRequestSchema: Schema;
  export const CreateTextThreadWithoutMessageRequestSchema: Schema;
  export const UpdateThreadRequestPartialSchema: Schema;
  export const CreateForumThreadRequestSchema: Schema;
  export const ExternalScheduledEventCreateRequestSchema: Schema;
  export const ExternalScheduledEventPatchRequestPartialSchema: Schema;
  export const VoiceScheduledEventCreateRequestSchema: Schema;
  export const CreateRoleRequestSchema: Schema;
  export const UpdateRoleRequestPartialSchema: Schema;
  export const BanUserFromGuildRequestSchema: Schema;
  export const ChannelPermissionOverwriteRequestSchema: Schema;
  export const UpdateGuildChannelRequestPartialSchema: Schema;
  export const ApplicationCommandResponseSchema: Schema;
  export const CreateMessageInteractionCallbackResponseSchema: Schema;
  export const GatewayBotResponseSchema: Schema;
  export const GuildChannelResponseSchema: Schema;
  export const GuildMemberResponseSchema: Schema;
  export const GuildRoleResponseSchema: Schema;
  export const GuildWithCountsResponseSchema: Schema;
  export const InteractionCallbackResponseSchema: Schema;
  export const MessageResponseSchema: Schema;
  export const MyGuildResponseSchema: Schema;
  export const PrivateApplicationResponseSchema: Schema;
  export const PrivateChannelResponseSchema: Schema;
  export const ThreadResponseSchema: Schema;
  export const UserPIIResponseSchema: Schema;
  export const UserResponseSchema: Schema;
}
