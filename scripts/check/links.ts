import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nearest } from '../../src/bank/nearest.js';
import type { Finding, Placed } from './finding.js';

/** Addresses of pages without their anchors → the anchors; undefined where these are not known. */
export type KnownPages = ReadonlyMap<string, ReadonlySet<string> | undefined>;

const folder = 'scripts/check/pages';

/**
 * Pages of official documentations as they were when looked at. The lists of a whole documentation are written by
 * scripts/known-pages.ts; others.txt is kept by hand, without anchors.
 */
export async function readKnownPages(): Promise<KnownPages> {
  const pages = new Map<string, ReadonlySet<string> | undefined>();
  for (const name of await readdir(folder)) {
    const [root = '', ...lines] = (await readFile(join(folder, name), 'utf8')).trim().split('\n');
    for (const line of lines) {
      const [path = '', ...anchors] = line.split(' ');
      pages.set(root + (path === '.' ? '' : path), name === 'others.txt' ? undefined : new Set(anchors));
    }
  }
  return pages;
}

export function brokenLinks(all: readonly Placed[], pages: KnownPages): Finding[] {
  return all.flatMap((place) =>
    place.question.sources.flatMap((source, entry) => {
      const fault = faultOf(source, pages);
      return fault ? [{ ...place, path: ['sources', entry], ...fault }] : [];
    }),
  );
}

function faultOf(source: string, pages: KnownPages): { message: string; remedy: string } | undefined {
  const [page = '', anchor] = source.split('#');
  const anchors = pages.get(page);
  if (!pages.has(page)) {
    const near = nearest(page, pages.keys(), 6);
    return {
      message: `${page} is not among the pages of official documentation that are known`,
      remedy: near ? `did you mean ${near}?` : `correct it, or add it to ${join(folder, 'others.txt')}`,
    };
  }
  if (anchor === undefined || anchors === undefined || anchors.has(anchor)) return undefined;
  const near = nearest(anchor, anchors);
  return {
    message: `${page} has no #${anchor}`,
    remedy: near ? `did you mean #${near}?` : 'link a section that is there, or the page',
  };
}
