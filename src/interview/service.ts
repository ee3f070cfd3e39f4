import type { Answerer } from '../asking/card-answers.js';
import { Runner } from '../asking/runner.js';
import { ServerReads } from '../asking/server-reads.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Transaction } from '../store/transaction.js';
import { UnderWay } from '../time/under-way.js';
import { type InterviewTask, nextDue, nextTask } from './agenda.js';
import { InterviewChanges } from './changes.js';
import type { InterviewEvent, InterviewStep } from './events.js';
import { isHere, requireSpace } from './limits.js';
import { InterviewMembers } from './members.js';
import type { InterviewParts } from './parts.js';
import { createSession } from './rules.js';
import { InterviewSender } from './sending.js';
import type { Session } from './session.js';
import { hasRubric, interviewSettings, openQuestions } from './settings.js';
import { InterviewStorage } from './storage.js';
import * as words from './words.js';

type InterviewRunner = Runner<InterviewEvent, InterviewTask>;

export interface OpenInterview {
  /** A snowflake that no other interview has, e.g. that of the interaction that asked for it. */
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly host: Answerer;
  /** Settings as they came from outside; absent ones are the usual. */
  readonly chosen: unknown;
}

/** All mock interviews of this process: at most one a channel and five a server, and one lobby a host. */
export class Interviews {
  readonly #parts: InterviewParts;
  readonly #storage: InterviewStorage;
  readonly #changes: InterviewChanges;
  readonly #sender: InterviewSender;
  readonly members: InterviewMembers;
  readonly #reads: ServerReads<string[]>;
  readonly #underWay = new UnderWay();
  readonly #runners = new Map<string, { readonly runner: InterviewRunner; readonly guildId: string }>();
  #steps = 0;
  #isStopped = false;

  constructor(parts: InterviewParts) {
    const storage = new InterviewStorage(parts.memory);
    this.#parts = parts;
    this.#storage = storage;
    this.#changes = new InterviewChanges({ ...parts, storage });
    this.#sender = new InterviewSender({ ...parts, storage });
    this.members = new InterviewMembers(storage, (id, member) => this.#scrub(id, member));
    this.#reads = new ServerReads<string[]>({
      ...parts,
      what: 'running interviews',
      read: (guildIds) => this.#running(guildIds),
      found: (guildId, ids) => {
        for (const id of ids) this.#adopt(id, guildId);
      },
    });
  }

  /**
   * Opens an interview's lobby in a channel.
   * @param post posts the lobby's card and gives back its id; absent: as a message of the channel
   * @throws {UserError} when no question fits, or as many interviews are on as may be
   */
  async open(wanted: OpenInterview, post?: (session: Session) => Promise<string>): Promise<void> {
    const { clock, bank } = this.#parts;
    const settings = interviewSettings.safeParse(wanted.chosen);
    if (!settings.success) throw new UserError(words.badSettings);
    const fitting = bank.pool(openQuestions(settings.data)).filter(hasRubric).length;
    if (fitting === 0) throw new UserError(words.noQuestion);
    const { id, guildId, channelId, host } = wanted;
    const questions = Math.min(settings.data.questions, fitting);
    const session = createSession({ id, guildId, channelId }, host, {
      settings: { ...settings.data, questions },
      now: clock.now(),
    });
    await this.#storage.running.use(guildId, (list, change) => {
      requireSpace(this.#storage.runningIn(change, guildId), session);
      list.set([...(list.value ?? []), id]);
      change.at(this.#storage.sessions, id).set(session);
      change.at(this.#storage.all, guildId).append([id]);
    });
    const runner = this.#run(id, guildId);
    try {
      const messageId = await (post ?? ((one) => this.#sender.lobby(one)))(session);
      runner.wake({ kind: 'posted', key: 'l', messageId, at: clock.now() });
    } catch (error) {
      this.#forget(id);
      await this.#storage.callOff(session);
      throw error;
    }
    runner.follow(nextDue(session), 0);
  }

  /**
   * Lets an event happen to an interview.
   * @returns what came of it, when that is stored
   * @throws {UserError} when there is no such interview
   */
  async act(id: string, event: InterviewEvent): Promise<InterviewStep> {
    const done = await this.#change(id, event);
    if (!done) throw new UserError(words.gone);
    return done;
  }

  /** An interview, running or over, as it is stored; undefined where there is none. */
  get(id: string): Promise<Session | undefined> {
    return this.#storage.sessions.get(id);
  }

  /** The interview that is on in a channel or thread. */
  async inChannel(guildId: string, channelId: string): Promise<Session | undefined> {
    return this.#parts.memory.use((change) =>
      this.#storage
        .runningIn(change, guildId)
        .find((session) => session.phase.name !== 'over' && isHere(session, channelId)),
    );
  }

  /** Rejects where Discord does not let the bot write to somebody. */
  sendDirect(userId: string, message: Outgoing): Promise<void> {
    return this.#parts.messenger.sendDirect(userId, message);
  }

  /** Takes up the running interviews of servers that have become available; what cannot be read is tried again. */
  serversReady(guildIds: readonly string[]): Promise<void> {
    return this.#underWay.add(this.#reads.take(guildIds));
  }

  /** The server is gone: its interviews rest on the disk. */
  serverGone(guildId: string): void {
    this.#reads.forget(guildId);
    for (const [id, one] of this.#runners) if (one.guildId === guildId) this.#forget(id);
  }

  async forgetScope(guildId: string): Promise<void> {
    this.serverGone(guildId);
    await this.#storage.forgetScope(guildId);
  }

  /** False while the running interviews of some server could not be read. */
  healthy(): boolean {
    return this.#reads.unread === 0;
  }

  /** Ends all timers; every interview is on the disk and goes on at the next start. Waits for messages under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#reads.stop();
    for (const { runner } of this.#runners.values()) runner.dispose();
    await this.idle();
  }

  async idle(): Promise<void> {
    await this.#reads.idle();
    await this.#underWay.idle();
  }

  async #running(guildIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    const lists = await this.#storage.running.getMany(guildIds);
    // Read here, so that what cannot be read is tried again.
    await this.#storage.sessions.getMany([...lists.values()].flat());
    return lists;
  }

  #adopt(id: string, guildId: string): void {
    if (this.#runners.has(id) || this.#isStopped) return;
    const runner = this.#run(id, guildId);
    runner.happen({ kind: 'resume' });
    runner.wake();
  }

  #run(id: string, guildId: string): InterviewRunner {
    const runner: InterviewRunner = new Runner(
      { ...this.#parts, underWay: this.#underWay },
      {
        what: 'an interview',
        which: { interview: id, guildId },
        next: async () => {
          const session = await this.#storage.sessions.get(id);
          return session && nextTask(session);
        },
        perform: (task) => this.#sender.perform(id, task),
        change: async (event) => outcomeOf(await this.#change(id, event)),
        finished: { kind: 'finished' },
        broken: (reason) =>
          reason === undefined
            ? { kind: 'end', ending: 'failed' }
            : { kind: 'end', ending: 'unreachable', reason },
      },
    );
    this.#runners.set(id, { runner, guildId });
    return runner;
  }

  #forget(id: string): void {
    this.#runners.get(id)?.runner.dispose();
    this.#runners.delete(id);
  }

  async #change(id: string, event: InterviewEvent): Promise<InterviewStep | undefined> {
    const done = await this.#storage.sessions.use(id, ({ value }, change) =>
      value ? this.#apply(change, value, event) : undefined,
    );
    if (!done) {
      this.#forget(id);
      return undefined;
    }
    const { session, effects, order } = done;
    for (const effect of effects) if (effect.kind === 'refresh') this.#sender.refresh(session, effect.key);
    this.#runners.get(id)?.runner.follow(nextDue(session), order);
    if (session.phase.name === 'over' && session.phase.told) this.#forget(id);
    return done;
  }

  #apply(change: Transaction, session: Session, event: InterviewEvent): InterviewStep & { order: number } {
    const done = this.#changes.apply(change, session, event);
    this.#steps += 1;
    return { ...done, order: this.#steps };
  }

  async #scrub(id: string, member: string): Promise<void> {
    await this.#change(id, { kind: 'forget', member });
  }
}

function outcomeOf(done: InterviewStep | undefined): 'done' | 'nothing' | 'over' {
  if (!done || done.outcome === 'over') return 'over';
  return done.outcome === 'done' || done.outcome === 'again' ? 'done' : 'nothing';
}
