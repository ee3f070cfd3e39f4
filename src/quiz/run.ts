import { SnowflakeUtil } from 'discord.js';
import type { Logger } from 'pino';
import type { AnswerMetrics } from '../asking/answer-metrics.js';
import { isCurrent } from '../asking/asked.js';
import type { Bank } from '../bank/bank.js';
import { isMessageGone, isPassing, isUnreachable, reasonOf } from '../discord/api-errors.js';
import { plain } from '../discord/components.js';
import type { CoalescedEdits } from '../discord/edits.js';
import type { Messenger, Outgoing } from '../discord/outgoing.js';
import { quizSource, type Scores } from '../ledger/ledger.js';
import type { Profiles } from '../profiles/profiles.js';
import { RecordLog } from '../store/log.js';
import type { KeyedQueue } from '../store/queue.js';
import { Batch, type Store, StoreError } from '../store/store.js';
import type { Clock, Timer } from '../time/clock.js';
import { localDay } from '../time/local-day.js';
import {
  closedRoundCard,
  lobbyCard,
  lobbyClosedCard,
  openRoundCard,
  type RoundView,
  resultsCard,
  standingsCard,
  voidRoundCard,
} from './cards.js';
import { leaveOut } from './forgetting.js';
import { gameRecord, quizAnswersLog } from './records.js';
import * as rules from './rules.js';

/** A card's countdown is set right when it is off by more than this, because posting took long. */
const countdownSlackMs = 1_500;
/** Waits between tries when Discord is down; discord.js has tried three times itself before each. */
const retryDelaysMs = [2_000, 5_000, 15_000, 30_000];
/** After the disk failed, the game is read again from it after this long. */
const storageRetryMs = 3_000;

export interface RunParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly bank: Bank;
  readonly messenger: Messenger;
  readonly edits: CoalescedEdits;
  readonly scores: Scores;
  readonly profiles: Profiles;
  readonly metrics: AnswerMetrics;
  readonly zoneOf: (guildId: string) => Promise<string>;
  /** What is sent to a channel is sent in order. */
  readonly queue: KeyedQueue;
  readonly podium: (state: rules.GameState) => Promise<Buffer | undefined>;
  /** The game is over and its results are posted (or cannot be). Stages what the host keeps of it. */
  readonly finished: (run: QuizRun, batch: Batch) => void;
  /** The game in memory is no longer what is on the disk: it has to be read again. */
  readonly lost: (run: QuizRun) => void;
}

/**
 * One running quiz: obeys what {@link rules} decide, keeps it stored, posts its cards, and sets its one timer.
 * Decisions are taken at once, in the turn in which something happens; what follows from them goes through the
 * channel's queue, and looks again whether it still applies.
 */
export class QuizRun {
  readonly state: rules.GameState;
  readonly #parts: RunParts;
  readonly #given: RecordLog<rules.QuizAnswer>;
  #timer: Timer | undefined;
  #disposed = false;

  private constructor(parts: RunParts, state: rules.GameState, given: RecordLog<rules.QuizAnswer>) {
    this.state = state;
    this.#parts = parts;
    this.#given = given;
  }

  static async create(parts: RunParts, state: rules.GameState): Promise<QuizRun> {
    return new QuizRun(parts, state, await RecordLog.open(parts.store, quizAnswersLog, state.game.id));
  }

  /** The game as the disk has it, with every acknowledged answer. Undefined where there is none. */
  static async load(parts: RunParts, id: string): Promise<QuizRun | undefined> {
    const game = await parts.store.get(gameRecord, id);
    if (!game) return undefined;
    const given = await RecordLog.open(parts.store, quizAnswersLog, id);
    const rows: rules.QuizAnswer[] = [];
    for await (const row of given.rows()) rows.push(row);
    return new QuizRun(parts, rules.replay(game, rows), given);
  }

  get game(): rules.Game {
    return this.state.game;
  }

  /** Takes the game up where it stands: at its start, or after a restart. */
  async resume(): Promise<void> {
    rules.resume(this.state, this.#parts.clock.now());
    await this.#save();
    this.#proceed({ afterRestart: true });
  }

  /** Ends its timers; what is stored stays, for the next start. */
  dispose(): void {
    this.#disposed = true;
    this.#timer?.cancel();
  }

  async lobbyPosted(messageId: string): Promise<void> {
    this.game.lobbyMessageId = messageId;
    await this.#save();
  }

  async join(member: string, name: string): Promise<ReturnType<typeof rules.join>> {
    const outcome = rules.join(this.state, member, name);
    if (outcome === 'joined') await this.#save();
    this.#showLobby();
    return outcome;
  }

  async leave(member: string): Promise<ReturnType<typeof rules.leave>> {
    const outcome = rules.leave(this.state, member);
    if (outcome !== 'left') return outcome;
    const saved = this.#save();
    this.#showLobby();
    if (rules.everyoneAnswered(this.state)) this.#closeOpenRound('all');
    await saved;
    return outcome;
  }

  /** Takes a member out of the game, with everything they did in it; the open round counts nothing of theirs. */
  async forget(member: string): Promise<void> {
    const left = this.leave(member);
    leaveOut(this.state, member);
    await Promise.all([left, this.#save(), this.#given.drop((given) => given.member === member)]);
  }

  /** Ends the lobby. */
  async begin(): Promise<boolean> {
    if (!rules.begin(this.state)) return false;
    const saved = this.#save();
    this.#showLobby();
    this.#proceed();
    await saved;
    return true;
  }

  /** Resolves when a recorded answer is durable. A press that comes before its card's own receipt waits for it. */
  async answer(press: Parameters<typeof rules.answer>[1]): Promise<rules.Verdict> {
    if (this.game.phase.name === 'opening' && this.game.phase.round === press.round)
      await this.#parts.queue.run(this.game.channelId, async () => {});
    const verdict = rules.answer(this.state, press);
    if (verdict.kind !== 'recorded') return verdict;
    const batch = new Batch();
    this.#given.append(batch, [verdict.given]);
    const stored = this.#parts.store.commit(batch);
    if (rules.everyoneAnswered(this.state)) this.#closeOpenRound('all');
    else this.#showCount(press.round);
    await stored;
    this.#parts.metrics.answer('quiz');
    return verdict;
  }

  /** Closes the open round. False when none is open. */
  skip(): boolean {
    return this.#closeOpenRound('skip');
  }

  /** Ends the game; an open round is closed first, and counts. */
  async stop(ending: rules.Ending = 'stopped'): Promise<void> {
    await this.#parts.queue.run(this.game.channelId, () => this.#stop(ending));
  }

  async #stop(ending: rules.Ending): Promise<void> {
    if (this.#disposed) return;
    const { phase } = this.game;
    if (phase.name === 'open') await this.#close(phase.round, 'stop');
    if (!rules.end(this.state, ending, this.#parts.clock.now())) return;
    await this.#save();
    await this.#conclude();
  }

  #save(batch = new Batch()): Promise<void> {
    return this.#parts.store.commit(batch.put(gameRecord, this.game.id, () => this.game));
  }

  /** Does what the phase asks for, or sets the timer for it. */
  #proceed({ afterRestart = false } = {}): void {
    this.#timer?.cancel();
    if (this.#disposed) return;
    const { phase } = this.game;
    if (afterRestart && phase.name === 'open') this.#inOrder(() => this.#showOpenRound(phase.round));
    if (afterRestart && phase.name === 'closed') this.#inOrder(() => this.#showClosedRound(phase.round));
    if (afterRestart && phase.name === 'lobby') this.#inOrder(() => this.#repostLobby());
    if (phase.name === 'opening') this.#inOrder(() => this.#open(phase.round));
    if (phase.name === 'over') this.#inOrder(() => this.#conclude());
    const next = rules.due(this.game);
    if (next) this.#timer = this.#parts.clock.at(next.at, () => this.#onTimer(next));
  }

  #onTimer(due: rules.Due): void {
    switch (due.kind) {
      case 'begin':
        this.#guard(this.begin());
        break;
      case 'close':
        this.#closeOpenRound('time', due.round);
        break;
      case 'advance':
        this.#inOrder(() => this.#advance(due.round));
        break;
      default:
        due satisfies never;
    }
  }

  async #advance(round: number): Promise<void> {
    if (!rules.advance(this.state, round, this.#parts.clock.now())) return;
    await this.#save();
    this.#proceed();
  }

  /** Queues work for the channel; its failures end here. */
  #inOrder(work: () => Promise<void>): void {
    this.#guard(
      this.#parts.queue.run(this.game.channelId, async () => {
        if (!this.#disposed) await work();
      }),
    );
  }

  #guard(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (this.#disposed) return;
      const { id, guildId, channelId } = this.game;
      this.#parts.log.error(
        { err: error, game: id, guildId, channelId },
        'A quiz could not take its next step',
      );
      if (error instanceof StoreError)
        this.#timer = this.#parts.clock.at(this.#parts.clock.now() + storageRetryMs, () =>
          this.#parts.lost(this),
        );
      else this.#guard(this.#giveUp(error));
    });
  }

  // --- rounds ---

  async #open(round: number): Promise<void> {
    const { phase } = this.game;
    if (phase.name !== 'opening' || phase.round !== round) return;
    const view = this.#view(round);
    if (!view) {
      await this.#close(round, 'void');
      return;
    }
    const { clock } = this.#parts;
    let promised = clock.now();
    const messageId = await this.#send(() => {
      promised = clock.now() + this.game.settings.seconds * 1000;
      return openRoundCard(this.state, view, promised);
    });
    if (!messageId) return;
    if (!rules.opened(this.state, round, messageId, SnowflakeUtil.timestampFrom(messageId))) return;
    await this.#save();
    this.#proceed();
    const endsAt = this.game.rounds[round]?.endsAt ?? promised;
    if (Math.abs(endsAt - promised) > countdownSlackMs) await this.#showOpenRound(round);
  }

  /** Brings the open round's card up to date at once. */
  async #showOpenRound(round: number): Promise<void> {
    const view = this.#view(round);
    const { messageId, endsAt, ended } = this.game.rounds[round] ?? {};
    if (!view || !messageId || endsAt === undefined || ended) return;
    await this.#edit(messageId, openRoundCard(this.state, view, endsAt));
  }

  #showCount(round: number): void {
    const { messageId, endsAt } = this.game.rounds[round] ?? {};
    if (!messageId || endsAt === undefined || this.#parts.edits.isComing(messageId)) return;
    const view = this.#view(round);
    if (view)
      this.#parts.edits.soon(this.game.channelId, messageId, () => openRoundCard(this.state, view, endsAt));
  }

  /** @returns false when that round is not the open one (any more) */
  #closeOpenRound(ended: rules.RoundEnd, round?: number): boolean {
    const { phase } = this.game;
    if (phase.name !== 'open' || (round !== undefined && phase.round !== round)) return false;
    this.#inOrder(() => this.#close(phase.round, ended));
    return true;
  }

  async #close(round: number, ended: rules.RoundEnd): Promise<void> {
    if (!(await this.#book(round, ended))) return;
    this.#proceed();
    await this.#showClosedRound(round);
  }

  /** Closes the round and stores what it earned everybody, as one change. False when it is not the open one. */
  async #book(round: number, ended: rules.RoundEnd): Promise<boolean> {
    const { clock, scores, profiles } = this.#parts;
    const { guildId, id } = this.game;
    const [ledger, zone] = await Promise.all([scores.open(guildId), this.#parts.zoneOf(guildId)]);
    await this.#loadProfiles(round);
    // From here to the commit nothing is awaited: the round's end, its points and the profiles are one change.
    const now = clock.now();
    const earned = rules.close(this.state, round, ended, now);
    if (!earned) return false;
    const { level, topic } = this.game.rounds[round] as rules.Round;
    const source = quizSource(id, round + 1);
    const rows = earned.map(({ member, right, points, at }) => ({
      source,
      member,
      points,
      right,
      level,
      topic,
      at,
    }));
    const batch = new Batch();
    ledger.stage(batch, rows);
    const day = localDay(zone, now);
    profiles.stage(
      batch,
      guildId,
      rows.map((row) => ({ ...row, day })),
    );
    await this.#save(batch);
    return true;
  }

  /** Of everybody who answered, those included who do so while profiles are read. */
  async #loadProfiles(round: number): Promise<void> {
    const answers = rules.answersOf(this.state, round);
    for (let known = -1; known !== answers.size; ) {
      known = answers.size;
      await this.#parts.profiles.load(this.game.guildId, [...answers.keys()]);
    }
  }

  /** The answer in place of the open card, then the standings. Does nothing twice. */
  async #showClosedRound(index: number): Promise<void> {
    const round = this.game.rounds[index];
    if (!round?.ended) return;
    const view = this.#view(index);
    const card = view
      ? closedRoundCard(this.state, view, rules.awards(this.state, index))
      : voidRoundCard(this.game, index);
    if (round.messageId) await this.#parts.edits.settle(round.messageId);
    if (!round.messageId || !(await this.#edit(round.messageId, card))) await this.#send(() => card);
    const isLast = index + 1 === this.game.rounds.length || round.ended === 'stop';
    if (isLast || round.told) return;
    if (!(await this.#send(() => standingsCard(this.state, index)))) return;
    round.told = true;
    await this.#save();
  }

  /** Undefined when the round's question has left the bank or was changed. */
  #view(round: number): RoundView | undefined {
    const asked = this.game.rounds[round]?.asked;
    const question = asked && this.#parts.bank.get(asked.questionId);
    if (!asked || !isCurrent(question, asked)) return undefined;
    const topicTitle = this.#parts.bank.topic(question.topic)?.title ?? question.topic;
    return { question, topicTitle, round };
  }

  // --- lobby and end ---

  #showLobby(): void {
    const { lobbyMessageId, channelId } = this.game;
    if (!lobbyMessageId) return;
    this.#parts.edits.soon(channelId, lobbyMessageId, () => this.#lobby());
  }

  #lobby(): Outgoing {
    const make = this.game.phase.name === 'over' ? lobbyClosedCard : lobbyCard;
    return make(this.state, this.#parts.bank);
  }

  /** The process ended between storing the lobby and posting it. */
  async #repostLobby(): Promise<void> {
    if (this.game.lobbyMessageId) return;
    const messageId = await this.#send(() => this.#lobby());
    if (messageId) await this.lobbyPosted(messageId);
  }

  async #conclude(): Promise<void> {
    const { phase, lobbyMessageId } = this.game;
    if (phase.name !== 'over' || phase.told) return;
    this.#timer?.cancel();
    if (lobbyMessageId) {
      await this.#parts.edits.settle(lobbyMessageId);
      await this.#edit(lobbyMessageId, this.#lobby());
    }
    if (phase.ending !== 'unreachable' && !(await this.#sendResults())) return;
    await this.#finish();
  }

  /** With the podium's picture where pictures are allowed. */
  async #sendResults(): Promise<string | undefined> {
    const { bank, messenger, podium } = this.#parts;
    const picture = await podium(this.state);
    if (picture) {
      try {
        return await this.#persistently(() =>
          messenger.send(this.game.channelId, resultsCard(this.state, bank, picture)),
        );
      } catch (error) {
        this.#parts.log.warn(
          { err: error, game: this.game.id },
          'The results could not be posted with a picture',
        );
      }
    }
    return this.#send(() => resultsCard(this.state, bank, undefined));
  }

  async #finish(): Promise<void> {
    if (this.game.phase.name !== 'over') return;
    this.game.phase.told = true;
    const batch = new Batch();
    this.#parts.finished(this, batch);
    await this.#save(batch);
    this.dispose();
  }

  /** The channel is gone, or Discord stays away: the game ends, keeps its points, and its host is told why. */
  async #giveUp(cause: unknown): Promise<void> {
    const { phase, hostId, channelId, guildId, id } = this.game;
    this.#timer?.cancel();
    this.#parts.log.warn(
      { err: cause, game: id, guildId, channelId },
      'A quiz ends: its channel cannot be used',
    );
    if (phase.name === 'open') await this.#book(phase.round, 'stop');
    if (phase.name === 'opening') await this.#book(phase.round, 'void');
    rules.end(this.state, 'unreachable', this.#parts.clock.now());
    await this.#finish();
    try {
      await this.#parts.messenger.sendDirect(
        hostId,
        plain(`Your quiz in <#${channelId}> has ended: ${reasonOf(cause)}. Points earned so far are kept.`),
      );
    } catch (error) {
      this.#parts.log.info({ err: error, game: id }, 'The host of a quiz could not be told of its end');
    }
  }

  // --- Discord ---

  /** @returns the message's id; undefined when the channel cannot be used, which has ended the game then */
  async #send(render: () => Outgoing): Promise<string | undefined> {
    try {
      return await this.#persistently(() => this.#parts.messenger.send(this.game.channelId, render()));
    } catch (error) {
      if (!this.#disposed) await this.#giveUp(error);
      return undefined;
    }
  }

  /** @returns false when the message cannot be edited any more */
  async #edit(messageId: string, message: Outgoing): Promise<boolean> {
    try {
      await this.#persistently(() => this.#parts.messenger.edit(this.game.channelId, messageId, message));
      return true;
    } catch (error) {
      if (!isMessageGone(error) && !isUnreachable(error))
        this.#parts.log.warn({ err: error, game: this.game.id }, 'A card could not be edited');
      return false;
    }
  }

  /** Tries again while Discord has a passing fault. */
  async #persistently<T>(send: () => Promise<T>): Promise<T> {
    for (const delayMs of retryDelaysMs) {
      try {
        return await send();
      } catch (error) {
        if (this.#disposed || !isPassing(error)) throw error;
        this.#parts.log.warn(
          { err: error, game: this.game.id },
          'Discord did not take a message, trying again',
        );
        const { clock } = this.#parts;
        await new Promise<void>((resolve) => clock.at(clock.now() + delayMs, resolve));
      }
    }
    return send();
  }
}
