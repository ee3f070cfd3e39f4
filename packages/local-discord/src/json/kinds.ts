/** Discord's numbers by name. */

export const MessageFlag = {
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  voiceMessage: 1 << 13,
  hasSnapshot: 1 << 14,
  componentsV2: 1 << 15,
} as const;

export const ComponentType = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** Components that something is chosen from, in messages and forms. */
export const selectTypes: readonly number[] = [
  ComponentType.stringSelect,
  ComponentType.userSelect,
  ComponentType.roleSelect,
  ComponentType.mentionableSelect,
  ComponentType.channelSelect,
];

/** Types of messages that this server makes. */
export const MessageType = {
  usual: 0,
  recipientAdded: 1,
  recipientRemoved: 2,
  renamed: 4,
  pinned: 6,
  threadCreated: 18,
  reply: 19,
  command: 20,
  threadStarter: 21,
  menuCommand: 23,
} as const;

/** Messages that somebody wrote; all others are notes of Discord's own. */
const written: readonly number[] = [
  MessageType.usual,
  MessageType.reply,
  MessageType.command,
  MessageType.menuCommand,
];

export function isNote(type: number): boolean {
  return !written.includes(type);
}

/** Notes that stay. https://docs.discord.com/developers/resources/message#message-object-message-types */
export const undeletable: readonly number[] = [
  MessageType.recipientAdded,
  MessageType.recipientRemoved,
  MessageType.renamed,
  MessageType.threadStarter,
];

export const InteractionType = {
  ping: 1,
  command: 2,
  component: 3,
  autocomplete: 4,
  modalSubmit: 5,
} as const;

export const CallbackType = {
  pong: 1,
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  autocomplete: 8,
  modal: 9,
} as const;
