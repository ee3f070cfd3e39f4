import { parse } from 'yaml';

/** The data of a YAML text, without where anything is. Throws whatever the parser throws. */
export function yamlData(text: string): unknown {
  return parse(text, { prettyErrors: false, stringKeys: true, logLevel: 'error' });
}
