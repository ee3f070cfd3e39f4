import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const place = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;

/** By the address of a built file, its map; undefined where there is none that can be read. */
const maps = new Map<string, SourceMap | undefined>();

/**
 * An error's stack with its places in the sources. Node can do that itself (`--enable-source-maps`), but then each
 * start reads all of the program once more, character by character; here the first error pays for it.
 */
export function stackOf({ stack }: Error): string | undefined {
  return stack?.replace(place, (built: string, url: string, line: string, column: string) => {
    const entry = mapOf(url)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry)) return built;
    const source = resolve(dirname(fileURLToPath(url)), entry.originalSource);
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) maps.set(url, read(`${url}.map`));
  return maps.get(url);
}

function read(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(url), 'utf8')));
  } catch {
    // What is told is the error, with the place as it stands: packages have no map, and words in a message no file.
    return undefined;
  }
}
