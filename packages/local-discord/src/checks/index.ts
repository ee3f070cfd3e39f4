/** What Discord refuses in a message, for tests of what renders one without sending it. */
import { bodySchemas } from './body-schemas.js';
import { schemaFaults, useSchemas } from './schema.js';

export { messageFaults } from './limits.js';
export { schemaFaults };

useSchemas(bodySchemas);
