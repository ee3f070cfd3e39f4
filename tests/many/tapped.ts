import { wayTo } from './way.js';

/** A way of one process to Discord's REST API, on which is heard what it does. */
export interface Tap {
  readonly url: string;
  /** Requests that change something, as `METHOD /path`, oldest first. */
  heard(): readonly string[];
  forget(): void;
}

const act = /^(?:POST|PATCH|PUT|DELETE) \S+(?= HTTP\/1\.1\r?$)/gm;

export async function tapped(apiUrl: string): Promise<Tap> {
  const acts: string[] = [];
  const { url } = await wayTo(apiUrl, (near) => {
    near.on('data', (bytes: Buffer) => void acts.push(...(bytes.toString('latin1').match(act) ?? [])));
    return true;
  });
  return {
    url: url.href.replace(/\/$/, ''),
    heard: () => acts,
    forget: () => acts.splice(0),
  };
}
