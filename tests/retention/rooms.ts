import { Snowflakes } from 'local-discord';
import { onTestFinished } from 'vitest';
import { noMetrics } from '../../src/app/metrics.js';
import { CatchingUp } from '../../src/asked/catching-up.js';
import { Outcomes } from '../../src/asked/outcomes.js';
import { AskedIndex } from '../../src/asked/service.js';
import { Draws } from '../../src/bank/draws.js';
import { DailyPoster } from '../../src/daily/service.js';
import { CoalescedEdits } from '../../src/discord/edits.js';
import type { Messenger } from '../../src/discord/outgoing.js';
import { Ledger } from '../../src/ledger/service.js';
import { Hidden } from '../../src/people/hidden.js';
import type { Keeper } from '../../src/people/keeper.js';
import { Presence } from '../../src/people/presence.js';
import { TakingStock } from '../../src/people/taking-stock.js';
import { Plans } from '../../src/plan/service.js';
import { Profiles } from '../../src/profiles/service.js';
import { Practice } from '../../src/question/service.js';
import { createQuizFeature } from '../../src/quiz/feature.js';
import { Retention } from '../../src/retention/service.js';
import type { ReviewActs } from '../../src/review/buttons.js';
import { Decks } from '../../src/review/decks.js';
import { createReviewFeature } from '../../src/review/feature.js';
import { DeckReader } from '../../src/review/reader.js';
import { Reminders } from '../../src/review/remind/service.js';
import { Sessions } from '../../src/session/service.js';
import { Memory } from '../../src/store/held.js';
import type { Store } from '../../src/store/store.js';
import { bankIn, demoQuestions } from '../helpers/banks.js';
import type { ManualClock } from '../helpers/clock.js';
import { listeningLog } from '../helpers/store.js';

/** All that stores something, on one store, with a Discord that takes every message. */
export async function openRooms(store: Store, clock: ManualClock) {
  const { log, lines } = listeningLog();
  const bank = await bankIn(demoQuestions);
  const ids = new Snowflakes(() => clock.now());
  const messenger: Messenger = {
    send: async () => ids.next(),
    edit: async () => {},
    sendDirect: async () => {},
  };
  const edits = new CoalescedEdits({ clock, log, messenger });
  const memory = new Memory(store);
  const draws = new Draws({ bank, memory, random: Math.random });
  const ledger = new Ledger({ memory, clock });
  const profiles = new Profiles(memory);
  const asked = new AskedIndex(memory);
  const decks = new Decks(memory, asked);
  const outcomes = new Outcomes(profiles, [asked, decks]);
  const hidden = new Hidden(memory);
  const held = {
    memory,
    clock,
    log,
    random: Math.random,
    bank,
    draws,
    messenger,
    edits,
    ledger,
    profiles,
    asked,
    outcomes,
    hidden,
    sent: { find: async () => 'unknown' as const },
    metrics: noMetrics,
    zoneOf: async () => 'UTC',
  };
  const practice = new Practice(held);
  const daily = new DailyPoster({ ...held, roleExists: () => true });
  const zoneIn = held.zoneOf;
  const planDateOf = async () => undefined;
  const reader = new DeckReader({ decks, bank, clock, zoneIn, planDateOf });
  const sessions = new Sessions({ ...held, deck: reader, zoneIn });
  const quizRoom = createQuizFeature({ ...held, sessions, threads: { open: async () => '1' } });
  const quiz = quizRoom.quizzes;
  const reminders = new Reminders({
    ...held,
    dueNow: async () => 0,
    reviewer: (scope, member) => decks.reviewer(scope, member),
    directChannel: async () => '1',
    nameOf: () => undefined,
  });
  const plans = new Plans({ ...held, asked, zoneIn, starters: {} });
  const reviewRoom = createReviewFeature({} as ReviewActs, reminders);
  const catchingUp = new CatchingUp({ ...held, takers: [asked, decks], sources: () => [] });
  const presence = new Presence({ memory, clock });
  const keepers: Keeper[] = [];
  const stock = new TakingStock(memory, presence, () => keepers);
  keepers.push(quizRoom, practice, daily, plans, sessions.feature, reviewRoom, catchingUp);
  keepers.push(draws, ledger, decks, asked, profiles, hidden, stock, presence);
  const retention = new Retention({ memory, clock, log, keepers });
  const stopSettling = clock.settleWith(async () => {
    await Promise.all([quiz.idle(), practice.idle(), daily.idle(), edits.idle(), retention.idle()]);
  });
  const close = async (): Promise<void> => {
    stopSettling();
    await Promise.all([quiz.stop(), practice.stop(), daily.stop(), retention.stop()]);
    await store.close();
  };
  onTestFinished(close);
  const people = { presence, hidden, stock, keepers };
  return { close, memory, log, lines, bank, ledger, profiles, practice, quiz, daily, retention, ...people };
}
