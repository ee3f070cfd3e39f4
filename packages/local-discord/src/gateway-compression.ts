import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { WebSocket } from 'ws';
import { UncompressedZstd } from './uncompressed-zstd.js';

type Compressor = Pick<Transform, 'write' | 'read' | 'destroy'> & {
  flush(kind: number, done: () => void): void;
};

interface Kind {
  make(options: object): unknown;
  readonly flush: number;
}

/** Node has Zstandard from 22.15 on; before that a stream of it is one that says everything as it is. */
const { createZstdCompress, constants } = zlib as typeof zlib & {
  readonly createZstdCompress?: Kind['make'];
  readonly constants: { readonly ZSTD_e_flush?: number };
};

const kinds: Readonly<Record<string, Kind>> = {
  'zlib-stream': { make: (options: object) => zlib.createDeflate(options), flush: constants.Z_SYNC_FLUSH },
  'zstd-stream': createZstdCompress
    ? { make: createZstdCompress, flush: constants.ZSTD_e_flush ?? 1 }
    : { make: () => new UncompressedZstd(), flush: 0 },
};
/** Connections that are compressed as one stream. */
const streams = new WeakSet<WebSocket>();
/** A message waits whole until it is flushed. */
const highWaterMark = 64 * 1024 * 1024;

/**
 * From now on everything that is sent on this connection is compressed in one stream, a message flushed at a time.
 * https://docs.discord.com/developers/events/gateway#transport-compression
 * @returns false for a way that is not there
 */
export function compress(socket: WebSocket, how: string): boolean {
  const kind = Object.hasOwn(kinds, how) ? kinds[how] : undefined;
  if (!kind) return false;
  streams.add(socket);
  const stream = kind.make({ highWaterMark }) as Compressor;
  const plain = socket.send.bind(socket) as (data: Buffer, done: () => void) => void;
  socket.send = (data: unknown): void => {
    stream.write(String(data));
    // It may be closed by then; that is no fault.
    stream.flush(kind.flush, () => plain((stream.read() as Buffer | null) ?? Buffer.alloc(0), () => {}));
  };
  socket.on('close', () => stream.destroy());
  return true;
}

/** Which messages Discord compresses one by one it does not say ("some"); here it is those that gain by it. */
const longInBytes = 1_024;
const alone = new WeakSet<WebSocket>();

/**
 * From now on each long message on this connection is compressed by itself. A connection that is compressed as one
 * stream stays as it is.
 * https://docs.discord.com/developers/events/gateway#payload-compression
 */
export function compressLong(socket: WebSocket): void {
  if (streams.has(socket) || alone.has(socket)) return;
  alone.add(socket);
  const plain = socket.send.bind(socket) as (data: Buffer | string) => void;
  socket.send = (data: unknown): void => {
    const text = String(data);
    plain(Buffer.byteLength(text) < longInBytes ? text : zlib.deflateSync(text));
  };
}
