import { wayTo } from './way.js';

/** A way to a server over which nothing comes through while it is cut: no refusal, no farewell, as when a cable is. */
export interface Cuttable {
  /** The database's URL over this way. */
  readonly url: string;
  cut(): void;
  /** New connections come through; those from before the cut stay silent for ever. */
  mend(): void;
}

export async function cuttableWay(databaseUrl: string): Promise<Cuttable> {
  let isCut = false;
  const { url, sockets } = await wayTo(databaseUrl, () => !isCut);
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
