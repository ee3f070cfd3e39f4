import type { Answer, Call } from './call.js';

/** The ids in a path. */
export interface Params {
  readonly application?: string;
  readonly channel?: string;
  readonly command?: string;
  readonly guild?: string;
  readonly id?: string;
  readonly message?: string;
  readonly emoji?: string;
  readonly role?: string;
  readonly webhook?: string;
  readonly overwrite?: string;
  readonly event?: string;
  readonly token?: string;
  readonly user?: string;
}
export type Handler = (call: Call, params: Params) => Answer | Promise<Answer>;

export interface Match {
  readonly route: string;
  /** What has a rate limit of its own: the channel, guild, or webhook with its token. */
  readonly major: string;
  readonly needsToken: boolean;
  readonly params: Params;
  readonly handle: Handler;
}

interface Route {
  readonly name: string;
  readonly parts: readonly string[];
  readonly needsToken: boolean;
  readonly handle: Handler;
}

/** Finds the handler of `POST /channels/:channel/messages`; a part that begins with a colon is a parameter. */
export class Router {
  readonly #routes = new Map<string, Route[]>();

  add(name: string, handle: Handler, { needsToken = true } = {}): this {
    const [method = '', path = ''] = name.split(' ');
    const parts = path.split('/').slice(1);
    const key = keyOf(method, parts);
    const routes = this.#routes.get(key) ?? [];
    routes.push({ name, parts, needsToken, handle });
    this.#routes.set(key, routes);
    return this;
  }

  /** The names of all routes, e.g. `GET /gateway`. */
  get names(): readonly string[] {
    return [...this.#routes.values()].flat().map(({ name }) => name);
  }

  /** Whether there is a route of this path by some other method. */
  knows(path: string): boolean {
    return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].some((method) => this.match(method, path));
  }

  match(method: string, path: string): Match | undefined {
    const parts = path.split('/').slice(1);
    for (const route of this.#routes.get(keyOf(method, parts)) ?? []) {
      const params = paramsOf(route.parts, parts);
      if (!params) continue;
      return {
        route: route.name,
        major: parts[0] === 'webhooks' ? `${parts[1]}:${parts[2]}` : (parts[1] ?? ''),
        needsToken: route.needsToken,
        params,
        handle: route.handle,
      };
    }
    return undefined;
  }
}

function keyOf(method: string, parts: readonly string[]): string {
  return `${method} ${parts.length} ${parts[0] ?? ''}`;
}

/** Words, not ids, in paths of Discord's that this server does not serve. */
const unserved: readonly string[] = ['permissions', 'member-counts'];

function paramsOf(pattern: readonly string[], parts: readonly string[]): Params | undefined {
  const params: Record<string, string> = {};
  for (let index = 0; index < pattern.length; index++) {
    const wanted = pattern[index] ?? '';
    const given = parts[index] ?? '';
    if (wanted.startsWith(':') && !unserved.includes(given)) params[wanted.slice(1)] = decoded(given);
    else if (wanted !== given) return undefined;
  }
  return params;
}

/** Parts of paths that are no ids, or need not be. */
const noIds: readonly string[] = ['token', 'emoji'];

/** The name of a part that should be an id and is none. */
export function badId(params: Params): { readonly name: string; readonly value: string } | undefined {
  for (const [name, value] of Object.entries(params) as [string, string][])
    if (!noIds.includes(name) && !/^\d{1,20}$/.test(value) && !value.startsWith('@')) return { name, value };
  return undefined;
}

/** A part that is badly encoded is nobody's id. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
