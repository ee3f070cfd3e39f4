import type { Fault } from '../errors.js';

/**
 * Discord's limits that its published schema leaves out. Sources: https://docs.discord.com/developers/resources/message
 * and https://docs.discord.com/developers/components/reference.
 */
export const limits = {
  contentLength: 2_000,
  embedsLength: 6_000,
  rows: 5,
  buttonsInRow: 5,
  components: 40,
  textDisplaysLength: 4_000,
  buttonLabel: 80,
  attachmentBytes: 10 * 1024 * 1024,
  attachments: 10,
  modalComponents: 5,
} as const;

export type Path = Fault['path'];

/** Notes a fault. */
export type Add = (path: Path, code: string, message: string, hint?: string) => void;

export const required = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' } as const;

/** Of nothing where a list has objects. */
export const emptyItem = {
  code: 'LIST_ITEM_VALUE_REQUIRED',
  message: 'List item values of ModelType are required',
} as const;

/** Notes that something is not there. */
export function missing(add: Add, path: Path): void {
  add(path, required.code, required.message);
}
