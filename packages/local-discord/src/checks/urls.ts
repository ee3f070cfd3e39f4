import type { EmbedJson } from '../json.js';
import type { Add, Path } from './figures.js';

type UrlFault = readonly [code: string, message: string];

const notWellFormed: UrlFault = ['URL_TYPE_INVALID_URL', 'Not a well formed URL.'];

/** What is wrong with an address, as the code and words of a fault; undefined: nothing. */
export function urlFault(url: string, schemes: readonly string[]): UrlFault | undefined {
  const [, scheme] = /^([a-z][a-z\d+.-]*):/i.exec(url) ?? [];
  if (scheme === undefined) return notWellFormed;
  if (schemes.includes(scheme.toLowerCase())) return isWellFormed(url) ? undefined : notWellFormed;
  const allowed = `('${schemes.join("', '")}')`;
  return [
    'URL_TYPE_INVALID_SCHEME',
    `Scheme "${scheme}" is not supported. Scheme must be one of ${allowed}.`,
  ];
}

/** On the web a host has a dot, which `localhost` has not. */
function isWellFormed(url: string): boolean {
  if (!/^https?:/i.test(url)) return true;
  if (/\s/.test(url) || !URL.canParse(url)) return false;
  const labels = new URL(url).hostname.split('.');
  return labels.length > 1 && labels.every((label) => label.length > 0 && label.length <= 63);
}

/** Addresses of an embed that are no pictures. */
export function embedUrlFaults({ url, author }: EmbedJson, path: Path, add: Add): void {
  const places: [Path, string | null | undefined][] = [
    [[...path, 'url'], url],
    [[...path, 'author', 'url'], author?.url],
  ];
  for (const [place, each] of places) {
    const fault = each ? urlFault(each, ['http', 'https']) : undefined;
    if (fault) add(place, ...fault);
  }
}
