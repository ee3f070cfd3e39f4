import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { programDir } from '../../place.js';

/** Quick ones: the page goes no farther than to a browser on this machine. */
const encoders = {
  br: (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (bytes: Buffer) => gzipSync(bytes),
};

type Encoding = keyof typeof encoders;

/** Read when it is first asked for. */
class PageFile {
  readonly type: string;
  #bytes: Buffer | undefined;
  #etag: string | undefined;
  readonly #encoded = new Map<Encoding, Buffer>();

  readonly path: string;

  constructor(path: string) {
    this.path = path;

    this.type = types[extname(path)] ?? 'application/octet-stream';
  }

  get bytes(): Buffer {
    this.#bytes ??= readFileSync(this.path);
    return this.#bytes;
  }

  get etag(): string {
    this.#etag ??= `"${createHash('sha256').update(this.bytes).digest('base64url').slice(0, 22)}"`;
    return this.#etag;
  }

  encoded(encoding: Encoding): Buffer {
    const known = this.#encoded.get(encoding);
    if (known) return known;
    const made = encoders[encoding](this.bytes);
    this.#encoded.set(encoding, made);
    return made;
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing from elsewhere, and nobody may show it in a frame. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Where `npm run build` puts the page, whether this runs as source, compiled or bundled. */
function builtPage(): string {
  const places = ['dist/page', 'page', '../page'].map((place) => join(programDir, place));
  return places.find((place) => existsSync(place)) ?? join(programDir, 'page');
}

/** The files of the built page, held in memory once they were asked for. */
export class PageFiles {
  readonly #files: ReadonlyMap<string, PageFile>;
  readonly #emojis = new Map<string, PageFile>();

  constructor(dir = builtPage()) {
    this.#files = new Map(namesIn(dir).map((name) => [`/${name}`, new PageFile(join(dir, name))]));
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const file = this.#files.get(path === '/' ? '/index.html' : path) ?? this.#emoji(path);
    if (file) send(file, request, response);
    else if (this.#files.size > 0) refuse(response, 404, 'There is only the first page: /\n');
    else refuse(response, 503, 'The page is not built: run "npm run build".\n');
  }

  /** A picture of Twemoji, which Discord draws emoji with, by its code points. */
  #emoji(path: string): PageFile | undefined {
    const [, name] = /^\/emoji\/([0-9a-f-]{2,60}\.svg)$/.exec(path) ?? [];
    if (!name) return undefined;
    const known = this.#emojis.get(name);
    if (known) return known;
    const file = join(dirname(createRequire(import.meta.url).resolve('@twemoji/svg/package.json')), name);
    if (!existsSync(file)) return undefined;
    const made = new PageFile(file);
    this.#emojis.set(name, made);
    return made;
  }
}

function send(file: PageFile, request: IncomingMessage, response: ServerResponse): void {
  const headers = {
    'content-type': file.type,
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
    etag: file.etag,
  };
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const encoding = encodingOf(request);
  const bytes = encoding ? file.encoded(encoding) : file.bytes;
  response.writeHead(200, {
    ...headers,
    ...(encoding && { 'content-encoding': encoding }),
    'content-length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

export function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(words);
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => extname(name) in types);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function encodingOf({ headers }: IncomingMessage): Encoding | undefined {
  const accepted = String(headers['accept-encoding'] ?? '');
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
}
