import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nearest } from '../../src/bank/nearest.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { Finding, Placed } from './finding.js';
import { inRange } from './versions.js';

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

/** Sites whose pages are not listed here: what an address there must look like. */
const sites = [
  /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+(?:\.html)?(?:#(?:section|name)-[\w.-]+)?$/,
  /^https:\/\/developer\.mozilla\.org\/en-US\/docs\/(?:Web|Glossary|Learn_web_development)\/[\w/.-]+(?:#\w+)?$/,
  /^https:\/\/code\.djangoproject\.com\/ticket\/\d+(?:#comment:\d+)?$/,
  /^https:\/\/peps\.python\.org\/pep-\d{4}\/(?:#[\w-]+)?$/,
  /^https:\/\/git-scm\.com\/docs\/git[\w-]*(?:#[\w.-]+)?$/,
  /^https:\/\/(?:docs\.celeryq\.dev\/en\/stable|docs\.pytest\.org\/en\/stable)\/[\w/.-]+\.html(?:#[\w.-]+)?$/,
  /^https:\/\/(?:packaging\.python\.org\/en\/latest|mypy\.readthedocs\.io\/en\/stable)\/[\w/.-]+(?:#[\w.-]+)?$/,
  /^https:\/\/(?:asgi|channels|django-filter|django-debug-toolbar|django-rest-framework-simplejwt|requests|drf-spectacular|factoryboy|pytest-django)\.readthedocs\.io\/en\/\w+\/[\w/.-]+(?:#[\w.-]+)?$/,
  /^https:\/\/cheatsheetseries\.owasp\.org\/cheatsheets\/[\w-]+\.html(?:#[\w-]+)?$/,
  /^https:\/\/git-scm\.com\/book\/en\/v2\/[\w-]+(?:#[\w-]+)?$/,
  /^https:\/\/(?:man7\.org\/linux\/man-pages|curl\.se\/docs|openid\.net\/specs)\/[\w/.-]+\.html(?:#[\w.-]+)?$/,
  /^https:\/\/(?:docs\.stripe\.com|graphql\.org\/learn|google\.aip\.dev|cloud\.google\.com\/apis\/design)\/[\w/.-]+(?:#[\w-]+)?$/,
  /^https:\/\/(?:aws\.amazon\.com\/builders-library|docs\.aws\.amazon\.com|learn\.microsoft\.com\/en-us|www\.mongodb\.com\/docs)\/[\w/.-]+(?:#[\w-]+)?$/,
  /^https:\/\/(?:redis\.io\/docs|kubernetes\.io\/docs|kafka\.apache\.org|gunicorn\.org|coverage\.readthedocs\.io\/en\/latest|grpc\.io\/docs|dev\.mysql\.com\/doc|pip\.pypa\.io\/en\/stable|owasp\.org|docs\.docker\.com|docs\.gunicorn\.org|www\.pgbouncer\.org|sre\.google|12factor\.net|www\.gnu\.org)\/[\w/.-]*(?:#[\w-]+)?$/,
];

export function brokenLinks(all: readonly Placed[], pages: KnownPages): Finding[] {
  return all.flatMap((place) =>
    addressesOf(place.question).flatMap(({ path, address }) => {
      const fault = faultOf(address, pages);
      return fault ? [{ ...place, path, ...fault }] : [];
    }),
  );
}

/** Links of Django's documentation that are sound in one of the releases that a question is about, and not in all. */
export function onlyInOneRelease(all: readonly Placed[], pages: KnownPages): Finding[] {
  return all.flatMap((place) =>
    addressesOf(place.question).flatMap(({ path, address }) => {
      const fault = faultOf(address, pages) ? undefined : otherReleaseFault(address, place.question, pages);
      return fault ? [{ ...place, path, ...fault }] : [];
    }),
  );
}

function addressesOf({
  sources,
  claims = [],
}: WrittenQuestion): { path: (string | number)[]; address: string }[] {
  return [
    ...sources.map((address, entry) => ({ path: ['sources', entry], address })),
    ...claims.flatMap(({ cites }, entry) =>
      cites === undefined ? [] : [{ path: ['claims', entry, 'cites'], address: cites }],
    ),
  ];
}

const releases = ['5.2', '6.1'];

/** A page of Django's documentation must say the same in all releases that the question is about. */
function otherReleaseFault(
  source: string,
  { versions }: WrittenQuestion,
  pages: KnownPages,
): LinkFault | undefined {
  const [, release = '', rest = ''] =
    /^https:\/\/docs\.djangoproject\.com\/en\/([\d.]+)\/(.*)$/.exec(source) ?? [];
  const range = versions?.['django'];
  for (const other of releases) {
    if (release === '' || other === release || (range !== undefined && !inRange(other, range))) continue;
    const fault = faultOf(`https://docs.djangoproject.com/en/${other}/${rest}`, pages);
    if (!fault) continue;
    return {
      message: `in Django ${other}, which the question is about too, ${fault.message}`,
      remedy: 'link what is in both, or say which releases it holds for in `versions`',
    };
  }
  return undefined;
}

interface LinkFault {
  readonly message: string;
  readonly remedy: string;
}

function faultOf(source: string, pages: KnownPages): LinkFault | undefined {
  const [page = '', anchor] = source.split('#');
  const anchors = pages.get(page);
  if (!pages.has(page)) {
    if (sites.some((site) => site.test(source))) return undefined;
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
