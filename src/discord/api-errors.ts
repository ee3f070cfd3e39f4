import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { HeldBackError } from './budget/invalid.js';
import { UnsureError } from './budget/sure.js';

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

/** Too many edits of messages that are older than an hour; it goes by within seconds. */
const tooManyOldEdits = 30_046;

/**
 * A fault that goes by: the network, or Discord's servers. discord.js has tried a few times itself before. Faults
 * of our own, such as an error in rendering, are none.
 */
export const isPassing = (error: unknown): boolean => {
  if (error instanceof DiscordAPIError)
    return error.status >= 500 || error.status === 429 || error.code === tooManyOldEdits;
  if (error instanceof HTTPError) return error.status >= 500 || error.status === 429;
  return error instanceof HeldBackError || error instanceof UnsureError || isOfNetwork(error);
};

/** By the codes of Node's system calls (`ECONNRESET`) and of undici (`UND_ERR_SOCKET`), or timed out. */
function isOfNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  const named = typeof code === 'string' && /^(UND_ERR_\w+|E(?!RR_)[A-Z_]+)$/.test(code);
  return named || error.name === 'AbortError' || isOfNetwork(error.cause);
}

/** Discord has answered, and has not made the message: it is certainly not there. */
export const isSendRefused = (error: unknown): boolean =>
  (error instanceof DiscordAPIError && error.status < 500) || error instanceof RateLimitError;

/** An archived thread takes new messages, but no edits. */
const threadArchived = 50_083;
/** AutoMod of the server, or Discord itself, does not let this text through. */
const refusedTexts: ReadonlySet<number | string> = new Set([200_000, 200_001]);

/** Posting the same text again will not help, another one may. */
export const isTextRefused = (error: unknown): boolean =>
  error instanceof DiscordAPIError && refusedTexts.has(error.code);

/** The message cannot be edited; a new one can take its place. */
export const isEditLost = (error: unknown): boolean =>
  isMessageGone(error) || (error instanceof DiscordAPIError && error.code === threadArchived);

/** The interaction has its first reply: the bot replied before, or a try of which no answer came back got through. */
export const isAlreadyAnswered = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;

/** Discord has refused the reply to an interaction, so nobody saw one. */
export const isReplyRefused = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.status < 500 && !isAlreadyAnswered(error);

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
  if (isPassing(error)) return 'passing';
  return mayBeLifted.has(error.code) ? 'barred' : 'ours';
}
