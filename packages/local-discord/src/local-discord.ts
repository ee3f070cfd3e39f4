import { Builder, newUser } from './builder.js';
import { Faults } from './faults.js';
import { Findings } from './findings.js';
import { Gateway } from './gateway.js';
import { Intent } from './gateway-protocol.js';
import { HttpSide } from './http.js';
import { Interactions } from './interactions.js';
import { InvalidRequests } from './invalid-requests.js';
import { Keeping } from './keeping.js';
import { type ManualTime, turns } from './manual-time.js';
import { Messages } from './messages.js';
import { OldEdits } from './old-edits.js';
import { gatewayOptions, type LocalDiscordOptions, newToken, timers } from './options.js';
import { orderOf } from './order.js';
import type { Card } from './people/card.js';
import type { Member } from './people/member.js';
import { type MemberOptions, People } from './people/people.js';
import type { Reply } from './people/reply.js';
import type { Server, ServerOptions } from './people/server.js';
import { RateLimits } from './rate-limits.js';
import type { Api, CommandWrite } from './rest/api.js';
import type { Call, RecordedRequest } from './rest/call.js';
import { announceAccess } from './rest/channel-events.js';
import { announceMessages } from './rest/message-events.js';
import type { Router } from './rest/router.js';
import { routes } from './rest/routes.js';
import { ShownLog } from './shown.js';
import { Snowflakes } from './snowflake.js';
import { World } from './state.js';
import { archiveThreads } from './thread-archive.js';
import { Transcript } from './transcript.js';
import { gatewayPath, takeUpgrades } from './upgrades.js';

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
  /** Everything that ever reached people's clients. */
  readonly shown = new ShownLog();
  /** Answers of 401, 403 and 429: 10,000 of them in ten minutes bar an address. */
  readonly invalidRequests: InvalidRequests;
  /** Each change of the registered commands. */
  readonly commandWrites: CommandWrite[] = [];
  readonly #findings = new Findings();
  /** Bodies that Discord would have refused as malformed. */
  readonly violations = this.#findings.violations;
  /** Requests that no route was found for. */
  readonly unknownRoutes = this.#findings.unknownRoutes;
  /** Answers of 401, 403 and 404 that Discord has a code for: a bot rarely means to get one. */
  readonly refusals = this.#findings.refusals;
  /** Faults of this server itself: bugs of it, not of the bot. */
  readonly internalErrors = this.#findings.internalErrors;

  /** Where a test waits for messages that have not come yet: one that is over waits for none. */
  get waits(): string[] {
    return [...this.world.waits].map(({ stack }) => String(stack));
  }
  readonly #transcript: Transcript;
  readonly #time: ManualTime | undefined;
  readonly #router: Router;
  readonly #http: HttpSide;
  readonly #keeping: Keeping;
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
    const bot = newUser(options.botId ?? snowflakes.next(), options.botName ?? 'Bot', true);
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
      options,
    );
    this.people = new People({
      world: this.world,
      builder,
      gateway: this.gateway,
      interactions: this.interactions,
      messages: this.messages,
    });
    archiveThreads(this, timers(options, now, { counted: false }), now);
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
    this.gateway.missing.on((what) => this.unknownRoutes.push(`gateway: ${what}`));
    announceMessages(api);
    announceAccess(api);
    if (keep) {
      this.#transcript.hears(this.faults, this.gateway);
      this.world.messageChanged.on((change) => this.shown.message(change));
      this.interactions.settled.on((interaction) => this.shown.answer(interaction));
    }
    this.#router = routes(api);
    this.#http = new HttpSide({
      token: this.token,
      router: this.#router,
      rateLimits: new RateLimits(options.rateLimits ?? false, now),
      webhookIn: (id) => this.world.webhooks.get(id)?.channel.id,
      now,
      intercept: (call) => this.faults.intercept(call),
      record: (request) => {
        if (!keep) return;
        this.requests.push(request);
        this.#transcript.asked(request);
      },
      onError: (error, call) => this.#note(error, call),
      site: options.site?.request,
      invalid: this.invalidRequests,
      inOrder: orderOf(this.gateway, options.seed),
      attachment: (id) => this.world.attachments.get(id),
    });
    this.#keeping = new Keeping(this.#http.server, options);
    takeUpgrades(this.#http.server, this.gateway, options.site);
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
    return this.#findings.problems;
  }

  /** Resolves when the bot has no request under way and has had time to make one. */
  async settled(): Promise<void> {
    for (let quiet = 0, turn = 0; quiet < 16 && turn < mostTurns; turn++) {
      await turns(1);
      quiet = this.#http.inFlight + this.gateway.delivery.underWay === 0 ? quiet + 1 : 0;
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
    if (this.commandWrites.length === 0) await this.#keeping.during(this.world.commandsChanged.next());
  }

  /** Resolves when a bot is connected to the gateway: at once, when one is. */
  async connected(): Promise<void> {
    if (!this.gateway.connected) await this.nextLogin();
  }

  /** Resolves when a bot identifies or resumes the next time. */
  async nextLogin(): Promise<void> {
    await this.#keeping.during(this.gateway.loggedIn.next());
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
    this.#findings.note(error, call);
    this.#transcript.refused(error);
  }
}

/** However long a bot is busy, a test that waits for it goes on some time. */
const mostTurns = 20_000;
