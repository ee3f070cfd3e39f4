import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const place = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;

/** By built file, its map; undefined where there is none. */
const maps = new Map<string, SourceMap | undefined>();

/**
 * An error's stack with its places in the sources. Node can do that itself (`--enable-source-maps`), but then each
 * start reads all of the program once more, character by character; here the first error pays for it.
 */
export function stackOf({ stack }: Error): string | undefined {
  return stack?.replace(place, (built: string, url: string, line: string, column: string) => {
    const file = fileURLToPath(url);
    const entry = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry)) return built;
    const source = resolve(dirname(file), entry.originalSource);
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, read(`${file}.map`));
  return maps.get(file);
}

function read(file: string): SourceMap | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // What is told is the error; that it stands at a place in a built file is no reason to hide it.
    return undefined;
  }
}
