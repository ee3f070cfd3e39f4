/** The shapes of Discord's JSON that the server reads or shows; everything else passes through untouched. */
export type * from './json/commands.js';
export type * from './json/events.js';
export * from './json/kinds.js';
export type * from './json/messages.js';
export * from './json/parse.js';
export * from './json/text.js';
