/** What Discord refuses in a message, for tests of what renders one without sending it. */
export { messageFaults } from './limits.js';
export { schemaFaults } from './schema.js';
