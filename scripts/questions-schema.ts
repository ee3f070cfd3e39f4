import { writeFile } from 'node:fs/promises';
import { topicJsonSchema } from '../src/bank/schema.js';

await writeFile('questions/schema.json', `${JSON.stringify(topicJsonSchema(), undefined, 2)}\n`);
