/** What a client of people needs, in a browser too: the shapes it shows, and how a slash command is read. */
export type { ChoiceJson, ModalJson } from './interaction.js';
export * from './json.js';
export * from './people/slash.js';
