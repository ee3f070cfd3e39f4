import { StoreError } from './store.js';

export type Backend = 'sqlite' | 'postgresql' | 'redis';

export interface StoreUrl {
  readonly backend: Backend;
  /** As given. */
  readonly text: string;
  /** Without the password, for messages. */
  readonly shown: string;
}

const backends: Readonly<Record<string, Backend>> = {
  sqlite: 'sqlite',
  postgresql: 'postgresql',
  postgres: 'postgresql',
  redis: 'redis',
  rediss: 'redis',
};

const remedy =
  'Set DATABASE_URL to sqlite://<path of a file>, postgresql://user:password@host:5432/database or redis://host:6379.';

/** Throws a {@link StoreError} with the remedy for anything that is not a URL of a store we have. */
export function parseStoreUrl(text: string): StoreUrl {
  const scheme = /^([a-z]+):\/\//.exec(text)?.[1];
  const backend = scheme === undefined ? undefined : backends[scheme];
  if (backend === undefined) {
    const shown =
      scheme === undefined ? 'The database URL has no scheme.' : `There is no store for ${scheme}://.`;
    throw new StoreError(`${shown} ${remedy}`);
  }
  if (backend === 'sqlite') return { backend, text, shown: text };
  try {
    return { backend, text, shown: withoutPassword(new URL(text)) };
  } catch (cause) {
    // Not echoed: what cannot be parsed may hold a password anywhere.
    throw new StoreError(`The ${scheme}:// URL of the database cannot be read. ${remedy}`, { cause });
  }
}

function withoutPassword(url: URL): string {
  if (url.password !== '') url.password = '***';
  for (const name of [...url.searchParams.keys()]) {
    if (/pass|secret|key/i.test(name)) url.searchParams.set(name, '***');
  }
  return url.href;
}
