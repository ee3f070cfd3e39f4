/** Server state as Discord's JSON shows it. */
export * from './shapes/channels.js';
export * from './shapes/people.js';
export * from './shapes/servers.js';
