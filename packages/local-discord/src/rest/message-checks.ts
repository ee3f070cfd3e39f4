import { limits } from '../checks/figures.js';
import { messageFaults } from '../checks/limits.js';
import type { BodyKind } from '../checks/schema.js';
import { errors, type Fault } from '../errors.js';
import { type MessageBody, MessageFlag, type Upload } from '../json.js';
import { keptAttachments, settableFlags } from '../messages.js';
import type { MessageState } from '../state.js';
import { type Api, checkBody } from './api.js';

/**
 * Checks a message's body and its files.
 * @param at where the message is in the request's body, e.g. `['data']` of a callback
 */
export function checkMessage(
  api: Api,
  kind: BodyKind,
  body: MessageBody,
  uploads: readonly Upload[],
  edited: MessageState | undefined,
  at: readonly string[] = [],
  whole: unknown = body,
): void {
  if (uploads.some(({ bytes }) => bytes.length > limits.attachmentBytes)) throw errors.tooLarge();
  checkBody(api, kind, whole, () => {
    const kept = edited ? keptAttachments(edited.json, body) : [];
    const files = new Set([
      ...kept.map(({ filename }) => filename),
      ...uploads.map((upload) => nameOf(upload, body)),
    ]);
    const faults: Fault[] = messageFaults(body, { edited: edited?.json, files });
    faults.push(...attachmentFaults(body, uploads, edited));
    if (!edited) faults.push(...flagFaults(kind, body.flags ?? 0));
    return at.length === 0 ? faults : faults.map((fault) => ({ ...fault, path: [...at, ...fault.path] }));
  });
  if (isEmpty(body, uploads, edited)) throw errors.emptyMessage();
}

/** Flags that Discord would drop, or that this server does not carry out. */
function flagFaults(kind: BodyKind, flags: number): Fault[] {
  const path = ['flags'];
  if (flags & MessageFlag.voiceMessage) {
    const message = 'local-discord has no voice messages.';
    return [{ path, code: 'LOCAL_DISCORD_NOT_MODELLED', message }];
  }
  const taken = kind === 'messageCreate' ? settableFlags : settableFlags | MessageFlag.ephemeral;
  if ((flags & ~taken) === 0) return [];
  const message = `Discord would drop the flags ${flags & ~taken} here.`;
  return [{ path, code: 'LOCAL_DISCORD_UNKNOWN_FIELD', message }];
}

function nameOf(upload: Upload, body: MessageBody): string {
  return body.attachments?.find(({ id }) => id === upload.index)?.filename ?? upload.name;
}

function attachmentFaults(
  body: MessageBody,
  uploads: readonly Upload[],
  edited: MessageState | undefined,
): Fault[] {
  const known = new Set([
    ...uploads.map(({ index }) => index),
    ...(edited?.json.attachments.map(({ id }) => id) ?? []),
  ]);
  const faults: Fault[] = (body.attachments ?? []).flatMap(({ id }, index) => {
    if (known.has(id)) return [];
    const message = `No file and no attachment has the id ${id}.`;
    return [{ path: ['attachments', index, 'id'], code: 'ATTACHMENT_NOT_FOUND', message }];
  });
  const total = (edited ? keptAttachments(edited.json, body).length : 0) + uploads.length;
  if (total > limits.attachments) {
    faults.push({
      path: ['attachments'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${limits.attachments} or fewer in length.`,
    });
  }
  return faults;
}

function isEmpty(body: MessageBody, uploads: readonly Upload[], edited: MessageState | undefined): boolean {
  const before = edited?.json;
  return (
    !(body.content === undefined ? before?.content : body.content?.trim()) &&
    !(body.embeds === undefined ? before?.embeds.length : body.embeds?.length) &&
    !(body.components === undefined ? before?.components.length : body.components?.length) &&
    uploads.length === 0 &&
    !(before && keptAttachments(before, body).length > 0) &&
    !(body.message_reference?.type === 1)
  );
}
