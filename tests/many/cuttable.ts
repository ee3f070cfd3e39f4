import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server over which nothing comes through while it is cut: no refusal, no farewell, as when a cable is. */
export interface Cuttable {
  /** The database's URL over this way. */
  readonly url: string;
  cut(): void;
  /** New connections come through; those from before the cut stay silent for ever. */
  mend(): void;
}

export async function cuttableWay(databaseUrl: string): Promise<Cuttable> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    if (isCut) return;
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      isCut = true;
      for (const socket of sockets) {
        socket.unpipe();
        // Read by nobody and closed by nobody.
        socket.pause();
        socket.removeAllListeners('end');
      }
    },
    mend() {
      isCut = false;
    },
  };
}
