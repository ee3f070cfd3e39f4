import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way of one process to Discord's REST API, on which is heard what it does. */
export interface Tap {
  readonly url: string;
  /** Requests that change something, as `METHOD /path`, oldest first. */
  heard(): readonly string[];
  forget(): void;
}

const act = /^(?:POST|PATCH|PUT|DELETE) \S+(?= HTTP\/1\.1\r?$)/gm;

export async function tapped(apiUrl: string): Promise<Tap> {
  const target = new URL(apiUrl);
  const sockets = new Set<Socket>();
  const acts: string[] = [];
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    near.on('data', (bytes: Buffer) => void acts.push(...(bytes.toString('latin1').match(act) ?? [])));
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(apiUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href.replace(/\/$/, ''),
    heard: () => acts,
    forget: () => acts.splice(0),
  };
}
