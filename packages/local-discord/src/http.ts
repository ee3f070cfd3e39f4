import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadSchemas } from './checks/schema.js';
import { notASnowflake } from './checks/wording.js';
import { ApiError, errors } from './errors.js';
import { isAllowed } from './guard.js';
import { rateHeaders, send, tooMany } from './http-answer.js';
import { parseBody, readBody } from './http-body.js';
import type { InvalidRequests } from './invalid-requests.js';
import { aboutOf, type RateLimits } from './rate-limits.js';
import type { Answer, Call, RecordedRequest } from './rest/call.js';
import { badId, type Router } from './rest/router.js';

/** Something that stands between the bot and the server. Gives an answer, `hangUp`, or nothing to let it pass. */
export type Interceptor = (call: Call) => Promise<FaultAnswer | undefined> | undefined;

export interface FaultAnswer extends Answer {
  /** Cut the connection instead of answering. */
  readonly hangUp?: boolean;
  /** The request is carried out all the same; only its answer is lost. */
  readonly after?: boolean;
  readonly headers?: Record<string, string>;
  /** A page instead of JSON, as proxies answer. */
  readonly html?: string;
}

export interface HttpOptions {
  readonly token: string;
  readonly router: Router;
  readonly rateLimits: RateLimits;
  /** The channel of a webhook, by its id. */
  readonly webhookIn: (id: string) => string | undefined;
  readonly now: () => number;
  readonly intercept: Interceptor;
  readonly record: (request: RecordedRequest) => void;
  readonly onError: (error: unknown, call: Call) => void;
  readonly invalid: InvalidRequests;
  /** Carries out a request; answers it itself where the answer is to come before the events. */
  readonly inOrder: (
    handle: () => Answer | Promise<Answer>,
    answer: (done: Answer) => void,
  ) => Promise<Answer | undefined>;
  /** Serves what is neither the API nor an attachment, e.g. a page to use the server with. */
  readonly site: RequestListener | undefined;
  readonly attachment: (id: string) => { type: string; bytes: Buffer } | undefined;
}

const prefix = /^\/api(?:\/v\d+)?(?=\/|$)/;
/** Discord takes 25 MiB of files in a request, and the JSON beside them. */
const largestBody = 26 * 1024 * 1024;
/** Routes whose path is the secret, so that they come without a token. */
const tokenInPath = /^\/(?:interactions|webhooks)\//;
/** A burst of presses opens as many connections; one that finds the queue full tries again a second later. */
const backlog = 4_096;

/** The REST side: bodies, authorization, rate limits, answers. What routes do is not its business. */
export class HttpSide {
  readonly server: Server;
  /** Requests that have come and have no answer yet. */
  inFlight = 0;

  readonly options: HttpOptions;

  constructor(options: HttpOptions) {
    this.options = options;

    this.server = createServer((request, response) => {
      this.inFlight += 1;
      response.on('close', () => {
        this.inFlight -= 1;
      });
      this.#serve(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    });
    this.server.keepAliveTimeout = 65_000;
  }

  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ port, host: '127.0.0.1', backlog }, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [pathname = '/', query = ''] = (request.url ?? '/').split('?', 2);
    if (!isAllowed(request.headers)) {
      response
        .writeHead(403, { connection: 'close' })
        .end('This server is for programs on this machine only.\n');
      return;
    }
    if (pathname.startsWith('/attachments/')) return this.#serveAttachment(pathname, response);
    if (this.options.site && !prefix.test(pathname)) return this.options.site(request, response);
    response.sendDate = false;
    const method = request.method ?? 'GET';
    const path = pathname.replace(prefix, '');
    const authorized = request.headers.authorization === `Bot ${this.options.token}`;
    const bytes = await readBody(request, authorized || tokenInPath.test(path) ? largestBody : 0);
    let call: Call = {
      method,
      path,
      query,
      body: undefined,
      files: [],
      uploads: [],
      params: new URLSearchParams(query),
      authorized,
      at: this.options.now(),
      status: 0,
    };
    if (!bytes) {
      // Whoever sends so much without being known, or so much at all, is not listened to any longer.
      if (authorized) this.options.onError(errors.tooLarge(), call);
      response.writeHead(authorized ? 413 : 401, { connection: 'close' }).end();
      request.destroy();
      return;
    }
    try {
      call = { ...call, ...(await parseBody(bytes, request.headers['content-type'])) };
    } catch (error) {
      return this.#answerError(error, call, response);
    }
    this.options.record(call);
    if (method !== 'GET' && method !== 'DELETE') await loadSchemas();
    if (this.options.invalid.barred) {
      response.writeHead(403, { 'content-type': 'text/html' }).end('error code: 1015\n');
      return;
    }
    const fault = await this.options.intercept(call);
    if (fault?.after) await this.#carryOut(call);
    if (fault?.hangUp) {
      response.destroy();
      return;
    }
    if (fault?.html !== undefined) {
      call.status = fault.status;
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end(fault.html);
      return;
    }
    if (fault) return send(response, call, fault, fault.headers ?? {});
    await this.#route(call, response);
  }

  async #carryOut(call: Call): Promise<void> {
    const match = this.options.router.match(call.method, call.path);
    if (!match) return;
    try {
      await match.handle(call, match.params);
    } catch (error) {
      this.options.onError(error, call);
    }
  }

  async #route(call: Call, response: ServerResponse): Promise<void> {
    const match = this.options.router.match(call.method, call.path);
    let headers: Record<string, string> = {};
    try {
      if (!match) throw this.options.router.knows(call.path) ? errors.methodNotAllowed() : errors.notFound();
      if (match.needsToken && !call.authorized) throw errors.unauthorized();
      const bad = badId(match.params);
      if (bad) throw notAnId(bad);
      const allowance = this.options.rateLimits.take(
        match.route,
        match.major,
        aboutOf(match.route, call.body, match.params, this.options.webhookIn),
      );
      if (allowance) headers = rateHeaders(allowance, call.at);
      if (allowance?.retryAfterMs !== undefined) {
        headers['retry-after'] = String(Math.ceil(allowance.retryAfterMs / 1000));
        const { scope = 'user' } = allowance;
        headers['x-ratelimit-scope'] = scope;
        this.options.invalid.note(429, scope);
        if (scope === 'global') headers['x-ratelimit-global'] = 'true';
        return send(response, call, tooMany(allowance.retryAfterMs, scope === 'global'), headers);
      }
      const answer = await this.options.inOrder(
        () => match.handle(call, match.params),
        (done) => send(response, call, done, headers),
      );
      if (answer) send(response, call, answer, headers);
    } catch (error) {
      this.#answerError(error, call, response, headers);
    }
  }

  #answerError(
    error: unknown,
    call: Call,
    response: ServerResponse,
    headers: Record<string, string> = {},
  ): void {
    this.options.onError(error, call);
    const known = error instanceof ApiError;
    if (known && error.retryAfterMs !== undefined) {
      headers['retry-after'] = String(Math.ceil(error.retryAfterMs / 1000));
      headers['x-ratelimit-scope'] = 'shared';
    }
    if (known) this.options.invalid.note(error.status, headers['x-ratelimit-scope']);
    const body = known ? error.toBody() : { message: String(error), code: 0 };
    send(response, call, { status: known ? error.status : 500, body }, headers);
  }

  #serveAttachment(pathname: string, response: ServerResponse): void {
    const id = pathname.split('/')[3] ?? '';
    const found = this.options.attachment(id);
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': found.type,
      'content-length': found.bytes.length,
      'x-content-type-options': 'nosniff',
    });
    response.end(found.bytes);
  }
}

function notAnId({ name, value }: { readonly name: string; readonly value: string }): ApiError {
  return errors.invalidBody([{ path: [`${name}_id`], ...notASnowflake(value) }]);
}
