import { Events, Status } from 'discord.js';
import type { Logger } from 'pino';
import type { SteadyClient } from '../discord/client.js';
import { systemClock } from '../time/clock.js';
import { isOutOfLogins, type Reaching } from './reaching.js';

/** Heartbeats come every 41 seconds; a shard whose last one was answered longer ago than this is not connected. */
const heartbeatPatienceMs = 90_000;

/** How the connection to Discord's gateway stands, and its log: a line when it is lost, and one when it is back. */
export class Connection {
  readonly #client: SteadyClient;
  readonly #log: Logger;
  /** By shard: when it was lost, on the machine's own clock. */
  readonly #lostAtMs = new Map<number, number>();
  /** By shard: when it came back; its next heartbeat is answered up to a minute later. */
  readonly #backAtMs = new Map<number, number>();
  #isLeaving = false;
  #isOpen = false;

  /**
   * @param refused told when Discord closes a shard for good while the bot runs, e.g. 4004 for a token that was
   *   reset: nothing brings it back but another start
   */
  constructor(client: SteadyClient, log: Logger, refused: (code: number) => void) {
    this.#client = client;
    this.#log = log;
    client.on(Events.ShardReconnecting, (shard) => this.#lost(shard));
    client.on(Events.ShardResume, (shard, replayed) => this.#back(shard, { replayed }));
    client.on(Events.ShardReady, (shard) => this.#back(shard, {}));
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      log.error({ shard, code }, 'Discord has closed a shard for good');
      refused(code);
    });
  }

  /**
   * Logs in; resolves when every shard is connected. While Discord is away it waits, however long.
   * Rejects when Discord will not have this bot, and with a LeftWaitingError when `reaching` is stopped.
   */
  async open(token: string, reaching: Reaching): Promise<void> {
    const client = this.#client;
    let closedFor: Error | undefined;
    const connected = new Promise<void>((resolve, reject) => {
      client.once(Events.ClientReady, () => resolve());
      client.once(Events.ShardDisconnect, ({ code }, shard) => {
        closedFor = new Error(`Discord has closed shard ${shard} for good, with code ${code}`);
        reject(closedFor);
      });
    });
    // Without a listener while the login is under way, its failure would be nobody's.
    connected.catch(() => undefined);
    await reaching.until(() =>
      client.login(token).catch((error: unknown) => {
        if (isOutOfLogins(error)) client.ws.shards.clear();
        // Shards are made behind the first request; those that do not get through try again by themselves.
        if (closedFor || client.ws.shards.size === 0) throw error;
        this.#log.warn({ err: error }, 'The gateway of Discord cannot be reached; its shards keep trying');
      }),
    );
    await connected;
    if (!client.isReady()) throw new Error('Discord closed the connection while starting');
    this.#isOpen = true;
  }

  /** For whoever watches how long it lasts. Shards that wait for their turn to log in for the first time are not lost. */
  get isLost(): boolean {
    return this.#isOpen ? !this.isHealthy() : this.#lostAtMs.size > 0;
  }

  /** To be called before the client is closed: what is lost from then on was meant to be. */
  leave(): void {
    this.#isLeaving = true;
  }

  /** Whether every shard of this process is connected and answers. */
  isHealthy(): boolean {
    const nowMs = systemClock.now();
    const { shards } = this.#client.ws;
    if (shards.size === 0) return false;
    return shards.every(
      ({ id, status, lastPingTimestamp }) =>
        status === Status.Ready &&
        (lastPingTimestamp < 0 ||
          nowMs - Math.max(lastPingTimestamp, this.#backAtMs.get(id) ?? 0) < heartbeatPatienceMs),
    );
  }

  #lost(shard: number): void {
    if (this.#isLeaving || this.#lostAtMs.has(shard)) return;
    this.#lostAtMs.set(shard, performance.now());
    this.#log.warn(
      { shard },
      this.#isOpen
        ? 'A shard has lost Discord and reconnects'
        : 'A shard does not get through to Discord and tries again',
    );
  }

  #back(shard: number, detail: object): void {
    const lostAtMs = this.#lostAtMs.get(shard);
    if (lostAtMs === undefined) return;
    this.#lostAtMs.delete(shard);
    this.#backAtMs.set(shard, systemClock.now());
    const awayMs = Math.round(performance.now() - lostAtMs);
    this.#log.info({ shard, awayMs, ...detail }, 'A shard is connected again');
  }
}
