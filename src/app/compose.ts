import { Events } from 'discord.js';
import { CatchingUp } from '../asked/catching-up.js';
import { Outcomes } from '../asked/outcomes.js';
import { AskedIndex } from '../asked/service.js';
import type { Parts } from '../asking/parts.js';
import { previewCard } from '../asking/preview.js';
import { Draws } from '../bank/draws.js';
import { subjectsOf } from '../bank/study.js';
import { DailyPoster } from '../daily/service.js';
import { Outbox } from '../discord/budget/outbox.js';
import type { Urgency } from '../discord/budget/urgency.js';
import { createClient } from '../discord/client.js';
import { createDispatch } from '../discord/dispatch.js';
import { CoalescedEdits } from '../discord/edits.js';
import { commandMentions, mentionCommands } from '../discord/mentions.js';
import { openDirect, restMessenger } from '../discord/messenger.js';
import { type Messenger, messageBody } from '../discord/outgoing.js';
import { registerCommands } from '../discord/register.js';
import { restScheduledEvents } from '../discord/scheduled-events.js';
import { restSentMessages } from '../discord/sent.js';
import { restThreads } from '../discord/threads.js';
import { helpRoutes } from '../help/buttons.js';
import { helpFeature } from '../help/cards.js';
import { interviewFeature } from '../interview/feature.js';
import { leaderboardRoutes } from '../leaderboard/buttons.js';
import { leaderboardFeature } from '../leaderboard/cards.js';
import { Ledger } from '../ledger/service.js';
import { QuizNights } from '../night/service.js';
import { exportJsonSchema } from '../privacy/export.js';
import { Profiles } from '../profiles/service.js';
import { percentReady } from '../profiles/tallies.js';
import { askQuestion } from '../question/buttons.js';
import { Practice } from '../question/service.js';
import { quizFeature } from '../quiz/feature.js';
import { Decks } from '../review/decks.js';
import { createReviewFeature } from '../review/feature.js';
import { DeckReader } from '../review/reader.js';
import { Reminders } from '../review/remind/service.js';
import { Reviews } from '../review/service.js';
import { Sessions } from '../session/service.js';
import { Memory } from '../store/held.js';
import { openStore } from '../store/open.js';
import { ping } from '../store/ping.js';
import { systemClock } from '../time/clock.js';
import { discordClock } from '../time/discord-clock.js';
import type { App, AppParts } from './app.js';
import { BankReload } from './bank-reload.js';
import type { Services } from './command.js';
import type { Config } from './config.js';
import { Connection } from './connection.js';
import { TimeKeeping } from './discord-time.js';
import type { Feature } from './feature.js';
import { forClassmates } from './for-classmates.js';
import { serveHealth } from './health.js';
import { composeLearning } from './learning.js';
import { loadCommands } from './loader.js';
import { LossWatch } from './loss-watch.js';
import { createMetrics, noMetrics } from './metrics.js';
import { Patience } from './patience.js';
import { personalRooms } from './personal.js';
import { promiseWithResolver } from './resolver.js';
import { Servers } from './servers.js';
import { mockInterview } from './starting.js';

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
  const metrics = given?.metrics ?? page;
  const [bank, commands, store] = await Promise.all([
    parts.bank,
    loadCommands(),
    (parts.open ?? openStore)(
      config.databaseUrl,
      log,
      (durationMs) => metrics?.commit(durationMs),
      config.databasePool,
    ),
  ]);
  if (metrics) store.onRollback(() => metrics.refused());
  const memory = new Memory(store);
  const outbox =
    given?.outbox ?? new Outbox({ perSecond: config.requestsPerSecond, log, metrics: metrics ?? noMetrics });
  if (page) outbox.watchedBy(page);
  const { makeRequest } = outbox;
  const client = createClient({ ...config, waitForIdentify: given?.waitForIdentify, makeRequest });
  const random = Math.random;
  const messenger = restMessenger(client.rest, outbox);
  /** Messages of another urgency than what people wait for. */
  const messengerFor = (send: Urgency, edit: Urgency): Messenger =>
    restMessenger(client.rest, outbox, { send, edit });
  const sent = restSentMessages(client.rest);
  const edits = new CoalescedEdits({ clock, log, messenger: messengerFor('counter', 'counter'), outbox });
  const draws = new Draws({ bank, memory, random });
  const ledger = new Ledger({ memory, clock });
  const profiles = new Profiles(memory, (profile) => percentReady(profile, subjectsOf(bank)));
  const asked = new AskedIndex(memory);
  const decks = new Decks(memory, asked);
  const takers = [asked, decks];
  const outcomes = new Outcomes(profiles, takers);
  const nameOf = (guildId: string): string | undefined => client.guilds.cache.get(guildId)?.name;
  const personal = personalRooms({ memory, clock, log, nameOf });
  const { hidden, retention, privacy } = personal;
  const shared: Omit<Parts, 'zoneOf'> = {
    memory,
    clock,
    log,
    random,
    bank,
    draws,
    messenger,
    sent,
    edits,
    ledger,
    profiles,
    asked,
    outcomes,
    hidden,
    metrics: metrics ?? noMetrics,
  };
  const roleExists = (guildId: string, roleId: string): boolean =>
    client.guilds.cache.get(guildId)?.roles.cache.has(roleId) ?? true;
  const daily = new DailyPoster({
    ...shared,
    messenger: messengerFor('post', 'reveal'),
    machine: parts.clock,
    roleExists,
  });
  const zoneOf = (guildId: string): Promise<string> => daily.zoneOf(guildId);
  const practice = new Practice({ ...shared, messenger: messengerFor('person', 'reveal'), zoneOf });
  const interview = interviewFeature({
    ...shared,
    zoneOf,
    threads: restThreads(client.rest, () => client.user?.id),
  });
  /** Days of direct messages are those of the zone in which their member wants to be reminded. */
  const zoneIn = async (scope: string): Promise<string> =>
    scope.startsWith('dm-') ? reminders.zoneFor(scope) : zoneOf(scope);
  const reader: DeckReader = new DeckReader({
    decks,
    bank,
    clock,
    zoneIn,
    planDateOf: (scope, member) => plans.planDateOf(scope, member),
  });
  const reminders: Reminders = new Reminders({
    ...shared,
    messenger: messengerFor('post', 'reveal'),
    machine: parts.clock,
    dueNow: async (scope, member) => (await reader.due(scope, member)).today.length,
    reviewer: (scope, member) => decks.reviewer(scope, member),
    directChannel: (userId) => openDirect(client.rest, userId),
    nameOf,
  });
  const sessions = new Sessions({ ...shared, deck: reader, zoneIn });
  const quiz = quizFeature({
    ...shared,
    messenger: messengerFor('round', 'round'),
    metrics: metrics ?? noMetrics,
    zoneOf,
    sessions,
  });
  const review = new Reviews({
    ...shared,
    decks,
    reader,
    reminders,
    sessions,
    catchUp: (scope) => catchingUp.ensure(scope),
    serves: (guildId) => client.guilds.cache.has(guildId),
  });
  const { plans, stats, next } = composeLearning({
    ...shared,
    zoneIn,
    openDaily: (guildId) => daily.openDaily(guildId),
    decks,
    reader,
    sessions,
    review,
    mock: mockInterview({ interviews: interview.interviews, bank, profiles }),
    interviewsOf: async ({ guildId, member }) =>
      guildId ? interview.interviews.members.line(guildId, member) : undefined,
  });
  const nights = new QuizNights({
    ...shared,
    messenger: messengerFor('post', 'reveal'),
    zoneOf,
    quizzes: quiz.quizzes,
    events: restScheduledEvents(client.rest),
    machine: parts.clock,
    roleExists,
  });
  let commandIds: ReadonlyMap<string, string> = new Map();
  const services: Services = {
    ...shared,
    metrics: metrics ?? noMetrics,
    practice,
    quiz: quiz.quizzes,
    daily,
    interviews: interview.interviews,
    plans,
    stats,
    review,
    sessions,
    nights,
    privacy,
    zoneOf,
    openDaily: (guildId) => daily.openDaily(guildId),
    commandIds: () => commandIds,
  };
  const help = helpRoutes({
    ...services,
    ask: (interaction, topic) => askQuestion(practice, interaction, { topic }, false),
  });
  const catchingUp: CatchingUp = new CatchingUp({
    memory,
    clock,
    log,
    asked,
    takers,
    sources: () => features,
  });
  /** A new feature is listed here, and nowhere else. */
  const features: readonly Feature[] = [
    quiz,
    practice,
    daily,
    interview,
    sessions.feature,
    createReviewFeature(review, reminders),
    nights,
    { name: leaderboardFeature, routes: leaderboardRoutes(services) },
    { name: helpFeature, routes: help },
    plans,
    stats,
    next,
    privacy,
    catchingUp,
  ];
  personal.keep([...features, draws, ledger, decks, asked, profiles]);
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
    before: (interaction) => personal.note(interaction),
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
  const watch = new LossWatch(
    () => connection.isHealthy(),
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

  return {
    memory,
    reloadBank: (load) => reload.run(load),
    async start() {
      if (config.healthPort !== undefined && page)
        health = await serveHealth({
          port: config.healthPort,
          host: config.healthHost,
          metrics: page,
          gatewayReady: () => connection.isHealthy(),
          serversReady: isWhole,
          askStore: () => ping(store, clock.now()),
        });
      // Measuring begins before the login, which would set it.
      client.rest.setToken(config.token ?? '');
      const measured = time.measure();
      await connection.open(config.token ?? '');
      await measured;
      const { application, guilds, options, user, ws } = client;
      const registered = await (given?.register ?? registerCommands)(commands, {
        rest: client.rest,
        applicationId: application?.id ?? '',
      });
      commandIds = registered.ids;
      if (stopped) return;
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
      watch.start();
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
    exportSchema: () => exportJsonSchema(personal.keepers),
    preview(questionId) {
      const card = previewCard(bank, questionId);
      return card && messageBody(card, { ephemeral: true });
    },
    async stop(patienceMs = parts.patienceMs ?? usualPatienceMs) {
      stopped = true;
      servers.stop();
      watch.stop();
      connection.leave();
      time.stop();
      client.removeAllListeners(Events.InteractionCreate);
      const sends = new Patience(patienceMs);
      await sends.with(dispatch.idle());
      await sends.with(Promise.all([...features.map((feature) => feature.stop?.()), retention.stop()]));
      await sends.with(edits.flush());
      await new Patience(farewellMs).with(client.destroy());
      await health?.close();
      await store.close();
    },
  };
}

/** Direct messages reach the process with shard 0. */
const isFirstShardHere = ({ shards }: Config): boolean => shards.ids?.includes(0) ?? true;
