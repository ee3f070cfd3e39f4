import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const readDeploy = (name: string): string => readFileSync(join(root, 'deploy', name), 'utf8');

/** The documents of a YAML file, which must be free of faults and warnings. */
export function readYaml(name: string): unknown[] {
  return parseAllDocuments(readDeploy(name), { uniqueKeys: true }).map((document) => {
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0) throw new Error(`${name}: ${faults.join('\n')}`);
    return document.toJS();
  });
}
