import type { IncomingMessage } from 'node:http';
import { errors } from './errors.js';
import { parseLarge, type Upload } from './json.js';

/**
 * The whole body, or undefined for one that is larger than `most`, of which nothing is kept. By events, not by an
 * iterator: this runs thousands of times a second under load.
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else if (chunks.length > 0) chunks = [];
      if (length > most) resolve(undefined);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

export interface ParsedBody {
  readonly body: unknown;
  readonly uploads: readonly Upload[];
  /** Names of the uploads. */
  readonly files: readonly string[];
}

/**
 * https://docs.discord.com/developers/reference#http-api
 * @throws ApiError 50109 when it is no JSON, 50035 when it is not said what it is
 */
export async function parseBody(bytes: Buffer, type = ''): Promise<ParsedBody> {
  if (bytes.length === 0) return { body: undefined, uploads: [], files: [] };
  const kind = type.split(';')[0]?.trim().toLowerCase();
  if (kind === 'multipart/form-data') return parseMultipart(bytes, type);
  if (kind === 'application/x-www-form-urlencoded') return parseUrlencoded(bytes.toString());
  if (kind !== 'application/json') throw errors.invalidBody([{ path: [], ...untold }]);
  return { body: parseJson(bytes.toString()), uploads: [], files: [] };
}

const untold = {
  code: 'CONTENT_TYPE_INVALID',
  message: `Expected "Content-Type" header to be one of {'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}.`,
};

function parseUrlencoded(text: string): ParsedBody {
  const { payload_json: json, ...fields } = Object.fromEntries(new URLSearchParams(text));
  const entries = Object.entries(fields).map(([key, value]) => [key, formValue(key, value)]);
  const body: unknown = json === undefined ? Object.fromEntries(entries) : parseJson(json);
  return { body, uploads: [], files: [] };
}

async function parseMultipart(bytes: Buffer, type: string): Promise<ParsedBody> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const uploads: Upload[] = [];
  const fields: Record<string, unknown> = {};
  let json: unknown;
  for (const [key, value] of form) {
    const [, index] = /^files?\[?(\d*)\]?$/.exec(key) ?? [];
    if (key === 'payload_json' && typeof value === 'string') json = parseJson(value);
    else if (typeof value === 'string') fields[key] = formValue(key, value);
    else if (index === undefined) throw errors.invalidBody([{ path: [key], ...strangeFile }]);
    else uploads.push(await uploadOf(value, index || String(uploads.length)));
  }
  if (uploads.length > 0) withoutFiles(json);
  // Fields of the form's own count where there is no JSON.
  return { body: json ?? fields, uploads, files: uploads.map(({ name }) => name) };
}

/** Discordeno leaves in the JSON, too, what it sends beside it. */
function withoutFiles(json: unknown): void {
  const { data = json } = (json ?? {}) as { data?: unknown };
  if (typeof data === 'object' && data !== null) Reflect.deleteProperty(data, 'files');
}

const strangeFile = {
  code: 'LOCAL_DISCORD_UNKNOWN_FIELD',
  message: 'Files of a form are named files[0], files[1], …',
};

async function uploadOf(file: File, index: string): Promise<Upload> {
  const { name, type } = file;
  return { index, name, type: mediaType(name, type), bytes: Buffer.from(await file.arrayBuffer()) };
}

/** A field of a form is text, whatever it stands for. */
function formValue(key: string, value: string): unknown {
  if (key === 'tts') return value === 'true';
  return key === 'flags' && /^\d+$/.test(value) ? Number(value) : value;
}

const mediaTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
};

/** Discord goes by the name's ending. */
function mediaType(name: string, declared: string): string {
  const [, ending = ''] = /\.(\w+)$/.exec(name.toLowerCase()) ?? [];
  return mediaTypes[ending] ?? (declared || 'application/octet-stream');
}

function parseJson(text: string): unknown {
  try {
    return parseLarge(text);
  } catch {
    throw errors.invalidJson();
  }
}
