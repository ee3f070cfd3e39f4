import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Way {
  /** The server's URL over this way. */
  readonly url: URL;
  /** Both ends of every connection that there was. */
  readonly sockets: ReadonlySet<Socket>;
}

/**
 * A way to a server through this process, for as long as the test runs.
 * @param passes told of each new connection by its end that asks; whether it comes through
 */
export async function wayTo(server: string, passes: (near: Socket) => boolean): Promise<Way> {
  const url = new URL(server);
  const { port, hostname } = url;
  const sockets = new Set<Socket>();
  const between = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    if (!passes(near)) return;
    near.pipe(far);
    far.pipe(near);
  });
  between.listen(0, '127.0.0.1');
  await once(between, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    between.close();
  });
  url.port = String((between.address() as AddressInfo).port);
  return { url, sockets };
}
