import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what systems give to outgoing connections and to those who ask for any port (32768 and up on Linux). */
const first = 15_000;
const count = 17_000;

/**
 * A port that nobody listens on now, and that nobody gets by chance until it is used: for programs that have to be told
 * theirs. Who can, listens on port 0.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * count);
    const probe = createServer();
    try {
      await once(probe.listen(port), 'listening');
      probe.close();
      await once(probe, 'close');
      return port;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
}
