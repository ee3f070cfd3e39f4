import { createRequire } from 'node:module';

/** The CommonJS build reads twice as fast as the ES module of the same release (Node 20). */
const { load } = createRequire(import.meta.url)('js-yaml') as typeof import('js-yaml');

/** The data of a YAML text, without where anything is. Throws whatever the parser throws. */
export function yamlData(text: string): unknown {
  return load(text);
}
