import { Events } from 'discord.js';
import { previewCard } from '../asking/preview.js';
import { Outbox } from '../discord/budget/outbox.js';
import { createClient } from '../discord/client.js';
import { createDispatch } from '../discord/dispatch.js';
import { commandMentions, mentionCommands } from '../discord/mentions.js';
import { messageBody } from '../discord/outgoing.js';
import { registerCommands } from '../discord/register.js';
import { exportJsonSchema } from '../privacy/export.js';
import { Memory } from '../store/held.js';
import { openStore } from '../store/open.js';
import { ping } from '../store/ping.js';
import { systemClock } from '../time/clock.js';
import { discordClock } from '../time/discord-clock.js';
import type { App, AppParts } from './app.js';
import { BankReload } from './bank-reload.js';
import type { Config } from './config.js';
import { Connection } from './connection.js';
import { TimeKeeping } from './discord-time.js';
import { composeFeatures } from './features.js';
import { forClassmates } from './for-classmates.js';
import { layGround } from './ground.js';
import { serveHealth } from './health.js';
import { loadCommands } from './loader.js';
import { LossWatch } from './loss-watch.js';
import { createMetrics, noMetrics } from './metrics.js';
import { Patience } from './patience.js';
import { LeftWaitingError, Reaching } from './reaching.js';
import { promiseWithResolver } from './resolver.js';
import { Servers } from './servers.js';
import { traced } from './traces.js';

/** discord.js waits for as long as a rate limit says; whoever stops the process kills it after five seconds. */
const usualPatienceMs = 2_500;
/** For the gateway to take our farewell. */
const farewellMs = 750;

/** Builds everything and hands it out by argument. Fails with an error of the room that could not be built. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, log } = parts;
  const clock = discordClock(parts.clock);
  const { shared: given } = parts;
  const page = config.healthPort === undefined || given ? undefined : await createMetrics();
  const metrics = given?.metrics ?? traced(page ?? noMetrics);
  const [bank, commands, store] = await Promise.all([
    parts.bank,
    loadCommands(),
    (parts.open ?? openStore)(
      config.databaseUrl,
      log,
      (durationMs) => metrics.commit(durationMs),
      config.databasePool,
    ),
  ]);
  store.onRollback(() => metrics.refused());
  const memory = new Memory(store);
  const outbox = given?.outbox ?? new Outbox({ perSecond: config.requestsPerSecond, log, metrics });
  if (page) outbox.watchedBy(page);
  const { isSure = () => true } = parts;
  const makeRequest = outbox.door(isSure);
  const client = createClient({ ...config, waitForIdentify: given?.waitForIdentify, makeRequest });
  const ground = layGround({ client, memory, clock, log, bank, outbox, metrics });
  const { features, services } = composeFeatures({
    ...ground,
    client,
    machine: parts.clock,
  });
  const { edits } = ground.shared;
  const { retention, privacy } = ground.personal;
  const started = promiseWithResolver();
  const reload = new BankReload(bank, log);
  const dispatch = createDispatch({
    clock,
    log,
    commands,
    services,
    routeOf: (feature, action) => {
      const routes = features.find(({ name }) => name === feature)?.routes;
      return routes && Object.hasOwn(routes, action) ? routes[action] : undefined;
    },
    metrics: services.metrics,
    ready: started.promise,
    isSure,
    before: (interaction) => ground.personal.note(interaction),
    arrived: (stampedMs) => clock.notBefore(stampedMs),
  });
  const servers = new Servers({
    client,
    clock,
    log,
    features,
    joined: (guildId) => void retention.serverJoined(guildId),
    left: (guildId) => void retention.serverLeft(guildId),
  });
  client.on(Events.InteractionCreate, (interaction) => dispatch.take(interaction));
  client.on(Events.Error, (error) => log.error({ err: error }, 'The Discord client reported a fault'));
  client.on(Events.Warn, (warning) => log.warn({ warning }, 'The Discord client warns'));
  const connection = new Connection(client, log, (code) => parts.refused(code));
  const reaching = new Reaching(log);
  const watch = new LossWatch(
    () => !connection.isLost && !reaching.isAway,
    log,
    () => parts.lost?.(),
  );
  const time = new TimeKeeping({
    rest: client.rest,
    clock,
    machine: parts.clock,
    log,
    ...(parts.clock === systemClock && { passedMs: () => performance.now() }),
  });
  const isWhole = (): boolean => servers.healthy && features.every((feature) => feature.healthy?.() ?? true);
  let stopped = false;
  let health: { close(): Promise<void> } | undefined;
  const enter = async () => {
    await connection.open(config.token ?? '', reaching);
    const register = given?.register ?? registerCommands;
    const applicationId = client.application?.id ?? '';
    return reaching.until(() => register(commands, { rest: client.rest, applicationId }));
  };

  return {
    memory,
    reloadBank: (load) => reload.run(load),
    async start() {
      if (config.healthPort !== undefined && page)
        health = await serveHealth({
          port: config.healthPort,
          host: config.healthHost,
          metrics: page,
          log,
          gatewayReady: () => connection.isHealthy(),
          serversReady: isWhole,
          askStore: () => ping(store, clock.now()),
        });
      // Measuring begins before the login, which would set it.
      client.rest.setToken(config.token ?? '');
      const measured = time.measure();
      watch.start();
      const registered = await enter().catch((error: unknown) => {
        if (!(error instanceof LeftWaitingError)) throw error;
      });
      await measured;
      if (stopped || !registered) return;
      const { guilds, options, user, ws } = client;
      mentionCommands(
        client.rest,
        commandMentions(
          [...commands.values()].map(({ data }) => data),
          registered.ids,
        ),
      );
      await servers.start({ directMessages: isFirstShardHere(config) });
      const ids = [...ws.shards.keys()];
      const shards = { ids, count: options.shardCount ?? ids.length };
      void retention.start(shards, guilds.cache.keys());
      void privacy.takeUp(shards);
      started.resolve();
      log.info(
        {
          bot: user?.tag,
          shards: ids.join(),
          servers: guilds.cache.size,
          questions: bank.all.length,
          commands: registered.changed ? 'registered' : 'unchanged',
        },
        'Ready',
      );
    },
    health: () => ({ gateway: connection.isHealthy(), servers: isWhole() }),
    async idle() {
      await dispatch.idle();
      await Promise.all([...features.map((feature) => feature.idle?.()), edits.idle(), retention.idle()]);
    },
    ...forClassmates(features),
    exportSchema: () => exportJsonSchema(ground.personal.keepers),
    preview(questionId) {
      const card = previewCard(bank, questionId);
      return card && messageBody(card, { ephemeral: true });
    },
    async stop(patienceMs = parts.patienceMs ?? usualPatienceMs) {
      stopped = true;
      servers.stop();
      watch.stop();
      connection.leave();
      reaching.stop();
      time.stop();
      client.removeAllListeners(Events.InteractionCreate);
      const sends = new Patience(patienceMs);
      await sends.with(dispatch.idle());
      await sends.with(Promise.all([...features.map((feature) => feature.stop?.()), retention.stop()]));
      await sends.with(edits.flush());
      await new Patience(farewellMs).with(client.leave());
      await health?.close();
      await store.close();
    },
  };
}

/** Direct messages reach the process with shard 0. */
const isFirstShardHere = ({ shards }: Config): boolean => shards.ids?.includes(0) ?? true;
