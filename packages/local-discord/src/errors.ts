/** One thing wrong in a body, at a path such as `['components', 0, 'custom_id']`. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
  /** What Discord does not say, for whoever reads the failing test. */
  readonly hint?: string;
}

/** An answer of Discord's REST API that is not a success. `code` is Discord's JSON error code. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  readonly status: number;
  readonly code: number;
  readonly faults: readonly Fault[];

  /** For limits: when it may be tried again. */
  retryAfterMs?: number;

  constructor(status: number, code: number, message: string, faults: readonly Fault[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.faults = faults;
  }

  toBody(): Record<string, unknown> {
    const retry = this.retryAfterMs !== undefined && { retry_after: this.retryAfterMs / 1000, global: false };
    const body = { message: this.message, code: this.code, ...retry };
    return this.faults.length === 0 ? body : { ...body, errors: errorTree(this.faults) };
  }
}

interface ErrorNode {
  _errors?: { code: string; message: string }[];
  [step: string | number]: unknown;
}

function errorTree(faults: readonly Fault[]): ErrorNode {
  const root: ErrorNode = {};
  for (const { path, code, message } of faults) {
    let node = root;
    for (const step of path) {
      node[step] ??= {};
      node = node[step] as ErrorNode;
    }
    node._errors = [...(node._errors ?? []), { code, message }];
  }
  return root;
}

export function faultLine({ path, message, hint }: Fault): string {
  return [`${path.join('.') || '(body)'}: ${message}`, hint].filter(Boolean).join(' ');
}

/** The errors of https://docs.discord.com/developers/topics/opcodes-and-status-codes that this server gives. */
export const errors = {
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  notFound: () => new ApiError(404, 0, '404: Not Found'),
  methodNotAllowed: () => new ApiError(405, 0, '405: Method Not Allowed'),
  unknownApplication: () => new ApiError(404, 10002, 'Unknown Application'),
  unknownChannel: () => new ApiError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10008, 'Unknown Message'),
  unknownRole: () => new ApiError(404, 10011, 'Unknown Role'),
  unknownEmoji: () => new ApiError(400, 10014, 'Unknown Emoji'),
  unknownBan: () => new ApiError(404, 10026, 'Unknown Ban'),
  tooManyRoles: () => new ApiError(400, 30005, 'Maximum number of guild roles reached (250)'),
  tooManyWebhooks: () => new ApiError(400, 30007, 'Maximum number of webhooks reached (15)'),
  tooManyReactions: () => new ApiError(400, 30010, 'Maximum number of reactions reached (20)'),
  invalidRole: () => new ApiError(400, 50028, 'Invalid Role'),
  webhookNeedsThread: () =>
    new ApiError(400, 220001, 'Webhooks posted to forum channels must have a thread_name or thread_id'),
  unknownUser: () => new ApiError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new ApiError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new ApiError(404, 10063, 'Unknown application command'),
  alreadyAcknowledged: () => new ApiError(400, 40060, 'Interaction has already been acknowledged.'),
  tooLarge: () => new ApiError(413, 40005, 'Request entity too large'),
  missingAccess: () => new ApiError(403, 50001, 'Missing Access'),
  notAuthor: () => new ApiError(403, 50005, 'Cannot edit a message authored by another user'),
  invalidRecipient: () => new ApiError(400, 50033, 'Invalid Recipient(s)'),
  systemMessage: () => new ApiError(403, 50021, 'Cannot execute action on a system message'),
  wrongNumberToDelete: () =>
    new ApiError(
      400,
      50016,
      'Provided too few or too many messages to delete. Must provide at least 2 and at most 100 messages to delete.',
    ),
  tooManyChannels: () => new ApiError(400, 30013, 'Maximum number of guild channels reached (500)'),
  tooManyInThread: () =>
    new ApiError(400, 30033, 'Maximum number of thread participants has been reached (1000)'),
  unreadableForward: () =>
    new ApiError(403, 160014, 'You cannot forward a message whose content you cannot read'),
  emptyMessage: () => new ApiError(400, 50006, 'Cannot send an empty message'),
  cannotSendToUser: () => new ApiError(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: () => new ApiError(403, 50013, 'Missing Permissions'),
  invalidWebhookToken: () => new ApiError(401, 50027, 'Invalid Webhook Token'),
  invalidBody: (faults: readonly Fault[]) => new ApiError(400, 50035, 'Invalid Form Body', faults),
  invalidJson: () => new ApiError(400, 50109, 'The request body contains invalid JSON.'),
  unknownOverwrite: () => new ApiError(404, 10009, 'Unknown Permission Overwrite'),
  unknownEvent: () => new ApiError(404, 10070, 'Unknown Guild Scheduled Event'),
  tooManyCommands: () => new ApiError(400, 30032, 'Maximum number of application commands reached (100)'),
  tooManyCreates: () =>
    new ApiError(400, 30034, 'Max number of daily application command creates has been reached (200)'),
  tooManyPins: () => new ApiError(400, 30003, 'Maximum number of pins reached for the channel (250)'),
  tooManyEvents: () =>
    new ApiError(400, 30038, 'Maximum number of uncompleted guild scheduled events reached (100)'),
  tooManyOldEdits: (retryAfterMs: number) => {
    const error = new ApiError(
      429,
      30046,
      'Maximum number of edits to messages older than 1 hour reached. Try again later',
    );
    error.retryAfterMs = retryAfterMs;
    return error;
  },
  directMessage: () => new ApiError(403, 50003, 'Cannot execute action on a DM channel'),
  finishedEvent: () => new ApiError(400, 180000, 'Cannot update a finished event'),
  notATextChannel: () => new ApiError(400, 50008, 'Cannot send messages in a non-text channel'),
  wrongChannelType: () => new ApiError(400, 50024, 'Cannot execute action on this channel type'),
  tooOldToBulkDelete: () =>
    new ApiError(400, 50034, 'You can only bulk delete messages that are under 14 days old.'),
  threadArchived: () => new ApiError(400, 50083, 'Thread is archived'),
  noMutualServer: () =>
    new ApiError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
  replyWithoutHistory: () =>
    new ApiError(400, 160002, 'Cannot reply without permission to read message history'),
  threadExists: () => new ApiError(400, 160004, 'A thread has already been created for this message'),
  threadLocked: () => new ApiError(400, 160005, 'Thread is locked'),
  tooManyThreads: () => new ApiError(400, 160006, 'Maximum number of active threads reached'),
};
