import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';

const unreachable: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.ThreadLocked,
]);

/** Trying again will not help by itself: the channel is gone or the bot may not use it. */
export const isUnreachable = (error: unknown): error is DiscordAPIError =>
  error instanceof DiscordAPIError && unreachable.has(error.code);

/** A fault that goes by: the network, or Discord's servers. discord.js has tried a few times itself before. */
export const isPassing = (error: unknown): boolean =>
  error instanceof DiscordAPIError
    ? error.status >= 500 || error.status === 429
    : error instanceof Error && !(error instanceof TypeError && !('cause' in error));

/** The message was deleted. */
export const isMessageGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;

/** The interaction's three seconds or fifteen minutes are over, or it has been answered: nobody can be told. */
export const isInteractionGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === RESTJSONErrorCodes.UnknownInteraction ||
    error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged ||
    error.code === RESTJSONErrorCodes.UnknownWebhook ||
    error.code === RESTJSONErrorCodes.InvalidWebhookToken);

/** Discord's own words for a reason, for people: "Missing Permissions". */
export const reasonOf = (error: unknown): string =>
  error instanceof DiscordAPIError ? error.message : 'Discord could not be reached';

const gone: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
]);
const mayBeLifted: ReadonlySet<number | string> = new Set([
  ...unreachable,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
]);

/**
 * What a failed edit of a message means: the message is gone; Discord may take it later without anybody doing
 * anything; somebody has to lift something first (an archived thread, a permission); or the fault is ours.
 */
export type EditFailure = 'gone' | 'passing' | 'barred' | 'ours';

export function editFailure(error: unknown): EditFailure {
  if (!(error instanceof DiscordAPIError)) return isPassing(error) ? 'passing' : 'ours';
  if (gone.has(error.code)) return 'gone';
  if (
    isPassing(error) ||
    error.code === RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached
  )
    return 'passing';
  return mayBeLifted.has(error.code) ? 'barred' : 'ours';
}
