import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A port on this machine that leads to another one. */
export interface Proxy {
  readonly port: number;
  /** New connections lead to that port; those that are open stay where they are. */
  leadTo(port: number): void;
}

/** Closed when the test has ended. */
export async function startProxy(firstTarget: number): Promise<Proxy> {
  let target = firstTarget;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const leadTo = (port: number): void => {
    target = port;
  };
  return { port: (server.address() as AddressInfo).port, leadTo };
}
