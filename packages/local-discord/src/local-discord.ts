import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Builder, newUser } from './builder.js';
import { type ApiError, ApiError as ApiFailure, type Fault, faultLine } from './errors.js';
import { Faults } from './faults.js';
import { Gateway, type GatewayOptions, type SessionLimits } from './gateway.js';
import { Intent } from './gateway-protocol.js';
import { isAllowed } from './guard.js';
import { type HttpOptions, HttpSide } from './http.js';
import { Interactions, type RunAt } from './interactions.js';
import { InvalidRequests } from './invalid-requests.js';
import { type ManualTime, turns } from './manual-time.js';
import { Messages } from './messages.js';
import { OldEdits } from './old-edits.js';
import type { Card } from './people/card.js';
import type { Member } from './people/member.js';
import { type MemberOptions, People } from './people/people.js';
import type { Reply } from './people/reply.js';
import type { Server, ServerOptions } from './people/server.js';
import { seeded } from './random.js';
import { RateLimits } from './rate-limits.js';
import type { Api, CommandWrite } from './rest/api.js';
import type { Call, RecordedRequest } from './rest/call.js';
import { announceAccess } from './rest/channel-events.js';
import { channelRoutes } from './rest/channels.js';
import { commandRoutes } from './rest/commands.js';
import { eventRoutes } from './rest/events.js';
import { gatewayRoutes } from './rest/gateway.js';
import { guildRoutes } from './rest/guilds.js';
import { interactionRoutes } from './rest/interactions.js';
import { announceMessages } from './rest/message-events.js';
import { messageRoutes } from './rest/messages.js';
import { pinRoutes } from './rest/pins.js';
import { Router } from './rest/router.js';
import { threadRoutes } from './rest/threads.js';
import { userRoutes } from './rest/users.js';
import { ShownLog } from './shown.js';
import { Snowflakes } from './snowflake.js';
import { World } from './state.js';
import { Transcript } from './transcript.js';

export interface LocalDiscordOptions {
  /** 0 (the default): a free one. */
  readonly port?: number;
  /** Where time comes from, in milliseconds since the epoch (default: the machine). */
  readonly now?: () => number;
  /** The same with timers; then Discord's own deadlines run by it, too. */
  readonly clock?: { now(): number; at(atMs: number, run: () => void): { cancel(): void } };
  readonly token?: string;
  readonly botName?: string;
  /** The bot's user and application id (default: one made now). */
  readonly botId?: string;
  /** What `/gateway/bot` recommends (1). */
  readonly shards?: number;
  /** Makes so many servers with the bot in them, named `Server 1`, … */
  readonly guilds?: number;
  /** Checks bodies by schema and limits (true). */
  readonly strict?: boolean;
  /** Refuses requests over Discord's rate limits (false: only the headers are there). */
  readonly rateLimits?: boolean;
  /** Refuses more than three edits in six seconds of messages older than an hour in a channel (true). */
  readonly oldEdits?: boolean;
  /** Holds bots to one identify in five seconds a bucket, 120 commands a minute, and heartbeats (false). */
  readonly gatewayLimits?: boolean;
  readonly sessionLimits?: Partial<SessionLimits>;
  readonly heartbeatMs?: number;
  /** Privileged intents that are granted, as bits. */
  readonly privilegedIntents?: number;
  /**
   * False, for load: requests are not logged, messages that one person alone sees are not kept in the channel,
   * and only the latest interactions are remembered.
   */
  readonly keep?: boolean;
  readonly site?: Site;
  /** Time that the test moves by `discord.time.advance('15m')`; takes the place of `now` and `clock`. */
  readonly time?: ManualTime;
  /**
   * Draws for each request whether its answer comes before or after the events that it causes: Discord promises
   * neither. Absent: the events come first.
   */
  readonly seed?: number;
}

/** What the same port serves besides Discord: everything outside `/api`, `/attachments` and `/gateway`. */
export interface Site {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const gatewayPath = '/gateway';

/** A body that Discord would have refused as malformed. */
export interface Violation {
  readonly method: string;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly body: unknown;
}

/** A Discord on this machine: REST and gateway on loopback for a bot, and people who use it. */
export class LocalDiscord {
  readonly token: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly people: People;
  readonly faults: Faults;
  readonly interactions: Interactions;
  readonly messages: Messages;
  readonly now: () => number;
  /** Everything that the bot asked of the REST API, oldest first. */
  readonly requests: RecordedRequest[] = [];
  readonly violations: Violation[] = [];
  /** Everything that ever reached people's clients. */
  readonly shown = new ShownLog();
  /** Answers of 401, 403 and 429: 10,000 of them in ten minutes bar an address. */
  readonly invalidRequests: InvalidRequests;
  /** Requests that no route was found for. */
  readonly unknownRoutes: string[] = [];
  /** Faults of this server itself: bugs of it, not of the bot. */
  readonly internalErrors: unknown[] = [];
  /** Each change of the registered commands. */
  readonly commandWrites: CommandWrite[] = [];
  /** Answers of 401, 403 and 404 that Discord has a code for: a bot rarely means to get one. */
  readonly refusals: string[] = [];
  readonly #transcript: Transcript;
  readonly #time: ManualTime | undefined;
  readonly #router: Router;
  readonly #http: HttpSide;
  #port = 0;

  static async start(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
    const discord = new LocalDiscord(options);
    await discord.#listen(options.port ?? 0);
    for (let number = 1; number <= (options.guilds ?? 0); number++) discord.server(`Server ${number}`);
    return discord;
  }

  private constructor(given: LocalDiscordOptions) {
    const options = given.time ? { ...given, clock: given.time } : given;
    this.#time = given.time;
    const now = options.clock ? () => options.clock?.now() ?? 0 : (options.now ?? Date.now);
    this.now = now;
    this.invalidRequests = new InvalidRequests(now);
    this.#transcript = new Transcript(now);
    const snowflakes = new Snowflakes(now);
    const ownId = snowflakes.next();
    const bot = newUser(options.botId ?? ownId, options.botName ?? 'Bot', true);
    this.token = options.token ?? newToken(bot.id);
    const keep = options.keep ?? true;
    this.world = new World(bot);
    this.messages = new Messages(this.world, snowflakes, now, keep);
    const builder = new Builder(this.world, snowflakes, now);
    this.gateway = new Gateway(this.world, gatewayOptions(options, this.token), now);
    this.interactions = new Interactions(
      this.world,
      this.gateway,
      this.messages,
      snowflakes,
      now,
      timers(options, now),
      keep,
    );
    this.people = new People({
      world: this.world,
      builder,
      gateway: this.gateway,
      interactions: this.interactions,
      messages: this.messages,
    });
    this.faults = new Faults(this.world, this.gateway, this.messages);
    const api: Api = {
      world: this.world,
      builder,
      gateway: this.gateway,
      messages: this.messages,
      interactions: this.interactions,
      strict: options.strict ?? true,
      readsContent: ((options.privilegedIntents ?? 0) & Intent.messageContent) !== 0,
      commandWrites: this.commandWrites,
      oldEdits: new OldEdits(options.oldEdits ?? true, now),
    };
    announceMessages(api);
    announceAccess(api);
    if (keep) {
      this.gateway.said.on(({ event, json }) => this.#transcript.add(`Discord: ${event} ${json}`));
      this.world.messageChanged.on((change) => this.shown.message(change));
      this.interactions.settled.on((interaction) => this.shown.answer(interaction));
    }
    this.#router = routes(api);
    this.#http = new HttpSide({
      token: this.token,
      router: this.#router,
      rateLimits: new RateLimits(options.rateLimits ?? false, now),
      now,
      intercept: (call) => this.faults.intercept(call),
      record: (request) => {
        if (!keep) return;
        this.requests.push(request);
        this.#transcript.add(`bot: ${request.method} ${request.path} ${JSON.stringify(request.body) ?? ''}`);
      },
      onError: (error, call) => this.#note(error, call),
      site: options.site?.request,
      invalid: this.invalidRequests,
      inOrder: orderOf(this.gateway, options.seed),
      attachment: (id) => this.world.attachments.get(id),
    });
    this.#http.server.on('upgrade', (request, socket, head) => {
      const site = options.site?.upgrade;
      if (!isAllowed(request.headers)) socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      else if (site && !request.url?.startsWith(gatewayPath)) site(request, socket, head);
      else this.gateway.upgrade(request, socket, head);
    });
  }

  /** The clock that the test moves. @throws Error when there is none */
  get time(): ManualTime {
    if (this.#time) return this.#time;
    throw new Error('Time runs by itself here; start with { time: new ManualTime() } to move it');
  }

  /** What bot and Discord said to each other lately, for a failing test to print. */
  transcript(most?: number): string {
    return this.#transcript.text(most);
  }

  /**
   * What went wrong and no test may overlook, in words: refused bodies, unknown routes, faults of this server
   * itself, and answers of 401, 403 and 404. A test that means one of them takes it out of its list.
   */
  problems(): string[] {
    return [
      ...this.violations.map((violation) => `A body was refused: ${violationText(violation)}`),
      ...this.unknownRoutes.map((route) => `No such route: ${route}`),
      ...this.refusals.map((refusal) => `Refused: ${refusal}`),
      ...this.internalErrors.map((error) => `local-discord itself failed: ${error}`),
    ];
  }

  /** Resolves when the bot has no request under way and has had time to make one. */
  async settled(): Promise<void> {
    for (let quiet = 0, turn = 0; quiet < 16 && turn < mostTurns; turn++) {
      await turns(1);
      quiet = this.#http.inFlight === 0 ? quiet + 1 : 0;
    }
  }

  /** Every route that there is, e.g. `GET /gateway`. */
  get routes(): readonly string[] {
    return this.#router.names;
  }

  /** The base of the REST API, for `DISCORD_API_URL`. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.#port}/api`;
  }

  get port(): number {
    return this.#port;
  }

  get servers(): readonly Server[] {
    return this.people.servers;
  }

  /** The server of this name, made (with the bot in it) when there is none. */
  server(name: string, options: ServerOptions = {}): Server {
    return this.people.server(name, options);
  }

  /** The person of this name in a server (default: the first), made when there is none. */
  member(name: string, options: MemberOptions = {}): Member {
    return this.people.member(name, options);
  }

  /** `count` people named `Member 1`, … */
  members(count: number, options: MemberOptions = {}): Member[] {
    return Array.from({ length: count }, (_, index) => this.member(`Member ${index + 1}`, options));
  }

  /** Everybody presses the button in the same instant; resolves when all have an answer, in the same order. */
  async burst(members: readonly Member[], card: Card | Reply, button: string): Promise<Reply[]> {
    const replies = await Promise.all(members.map((member) => member.press(card, button, { wait: false })));
    return Promise.all(replies.map((reply) => reply.answered()));
  }

  /** Resolves when the bot has registered commands: at once, when it has. */
  async commandsRegistered(): Promise<void> {
    if (this.commandWrites.length > 0) return;
    await new Promise<void>((resolve) => {
      const stop = this.world.commandsChanged.on(() => {
        stop();
        resolve();
      });
    });
  }

  /** Resolves when a bot is connected to the gateway: at once, when one is. */
  async connected(): Promise<void> {
    if (!this.gateway.connected) await this.nextLogin();
  }

  /** Resolves when a bot identifies or resumes the next time. */
  nextLogin(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.gateway.loggedIn.on(() => {
        stop();
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.gateway.close();
    await this.#http.close();
  }

  async #listen(port: number): Promise<void> {
    this.#port = await this.#http.listen(port);
    this.#time?.settleWith(() => this.settled());
    this.gateway.url = `ws://127.0.0.1:${this.#port}${gatewayPath}`;
    this.messages.origin = `http://127.0.0.1:${this.#port}`;
  }

  #note(error: unknown, call: Call): void {
    if (!(error instanceof ApiFailure)) {
      this.internalErrors.push(error);
      return;
    }
    const { method, path, body } = call;
    this.#transcript.add(`Discord: ${error.status} ${error.code} ${error.message}`);
    if ([401, 403, 404].includes(error.status) && error.code !== 0)
      this.refusals.push(`${method} ${path}: ${error.status}, ${error.code} ${error.message}`);
    if (isViolation(error)) this.violations.push({ method, path, faults: error.faults, body });
    if ((error.status === 404 || error.status === 405) && error.code === 0)
      this.unknownRoutes.push(`${method} ${path}`);
  }
}

/** However long a bot is busy, a test that waits for it goes on some time. */
const mostTurns = 20_000;
/** Long enough for an answer to be read before the events that it caused. */
const eventsLaterMs = 2;

function orderOf(gateway: Gateway, seed: number | undefined): HttpOptions['inOrder'] {
  if (seed === undefined) return async (handle) => handle();
  const draw = seeded(seed);
  return async (handle, answer) => {
    if (draw() < 0.5) return handle();
    const release = gateway.hold();
    try {
      answer(await handle());
    } finally {
      setTimeout(release, eventsLaterMs);
    }
    return undefined;
  };
}

/** In the shape of a real one: the bot's id, a time, a secret. */
function newToken(botId: string): string {
  return `${Buffer.from(botId).toString('base64url')}.local0.${randomBytes(27).toString('base64url')}`;
}

function gatewayOptions(options: LocalDiscordOptions, token: string): GatewayOptions {
  const limits = { total: 1000, remaining: 1000, resetAfterMs: 86_400_000, maxConcurrency: 16 };
  return {
    token,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    recommendedShards: options.shards ?? 1,
    sessionLimits: { ...limits, ...options.sessionLimits },
    privilegedIntents: options.privilegedIntents ?? 0,
    limits: options.gatewayLimits ?? false,
  };
}

function isViolation({ code }: ApiError): boolean {
  return [50006, 50035, 50109, 40005].includes(code);
}

/** A violation in words, for a test's failure. */
export function violationText({ method, path, faults }: Violation): string {
  return `${method} ${path}\n${faults.map((fault) => `  ${faultLine(fault)}`).join('\n')}`;
}

function routes(api: Api): Router {
  const router = new Router();
  gatewayRoutes(router, api);
  userRoutes(router, api);
  commandRoutes(router, api);
  interactionRoutes(router, api);
  channelRoutes(router, api);
  pinRoutes(router, api);
  messageRoutes(router, api);
  threadRoutes(router, api);
  guildRoutes(router, api);
  eventRoutes(router, api);
  return router;
}

/**
 * Discord's deadlines run by the given clock, and by real time as well: a bot that never answers must not let
 * a test wait for ever because its clock stands still.
 */
function timers({ clock }: LocalDiscordOptions, now: () => number): RunAt {
  return (atMs, run) => {
    const timeout = setTimeout(run, Math.max(0, atMs - now()));
    timeout.unref();
    const timer = clock?.at(atMs, run);
    return {
      cancel: () => {
        clearTimeout(timeout);
        timer?.cancel();
      },
    };
  };
}
