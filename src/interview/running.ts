import { Runner } from '../asking/runner.js';
import { ServerReads } from '../asking/server-reads.js';
import type { Transaction } from '../store/transaction.js';
import { UnderWay } from '../time/under-way.js';
import { type InterviewTask, nextDue, nextTask } from './agenda.js';
import { InterviewChanges } from './changes.js';
import type { InterviewEvent, InterviewStep } from './events.js';
import type { InterviewParts } from './parts.js';
import type { InterviewSender } from './sending.js';
import type { InterviewSession } from './session.js';
import type { InterviewStorage } from './storage.js';

export type InterviewRunner = Runner<InterviewEvent, InterviewTask>;

interface RunningParts extends InterviewParts {
  readonly storage: InterviewStorage;
  readonly sender: InterviewSender;
}

/** The interviews that are on in this process, each with what obeys it. */
export class RunningInterviews {
  readonly #parts: RunningParts;
  readonly #changes: InterviewChanges;
  readonly #reads: ServerReads<string[]>;
  readonly #underWay = new UnderWay();
  readonly #runners = new Map<string, { readonly runner: InterviewRunner; readonly guildId: string }>();
  #steps = 0;
  #isStopped = false;

  constructor(parts: RunningParts) {
    this.#parts = parts;
    this.#changes = new InterviewChanges(parts);
    this.#reads = new ServerReads<string[]>({
      ...parts,
      what: 'running interviews',
      read: (guildIds) => this.#read(guildIds),
      found: (guildId, ids) => {
        for (const id of ids) this.takeUp(id, guildId);
      },
    });
  }

  /** Servers of which something could not be read so far. */
  get unread(): number {
    return this.#reads.unread;
  }

  /** Lets an event happen; resolves when it is stored, with undefined where there is no such interview. */
  async change(id: string, event: InterviewEvent): Promise<InterviewStep | undefined> {
    const { storage, sender } = this.#parts;
    const done = await storage.sessions.use(id, ({ value }, change) =>
      value ? this.#apply(change, value, event) : undefined,
    );
    if (!done) {
      this.forget(id);
      return undefined;
    }
    const { session, effects, order } = done;
    for (const effect of effects) if (effect.kind === 'refresh') sender.refresh(session, effect.key);
    this.#runners.get(id)?.runner.follow(nextDue(session), order);
    if (session.phase.name === 'over' && session.phase.told) this.forget(id);
    return done;
  }

  /** Begins to obey an interview; it shows nothing until it is woken. */
  run(id: string, guildId: string): InterviewRunner {
    const { storage, sender } = this.#parts;
    const runner: InterviewRunner = new Runner(
      { ...this.#parts, underWay: this.#underWay },
      {
        what: 'An interview',
        which: { interview: id, guildId },
        next: async () => {
          const session = await storage.sessions.get(id);
          return session && nextTask(session);
        },
        perform: (task) => sender.perform(id, task),
        change: async (event) => outcomeOf(await this.change(id, event)),
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

  /** Resolves when nothing of it is on its way to Discord. */
  async settled(id: string): Promise<void> {
    await this.#runners.get(id)?.runner.settled();
  }

  /** What it had under way rests on the disk. */
  forget(id: string): void {
    this.#runners.get(id)?.runner.dispose();
    this.#runners.delete(id);
  }

  /** Takes up what servers had running; what cannot be read is tried again. */
  serversReady(guildIds: readonly string[]): Promise<void> {
    return this.#underWay.add(this.#reads.take(guildIds));
  }

  serverGone(guildId: string): void {
    this.#reads.forget(guildId);
    for (const [id, one] of this.#runners) if (one.guildId === guildId) this.forget(id);
  }

  /** Ends all timers and waits for messages under way. */
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

  async #read(guildIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    const { running, sessions } = this.#parts.storage;
    const lists = await running.present(guildIds);
    // Read here, so that what cannot be read is tried again.
    await sessions.getMany([...lists.values()].flat());
    return lists;
  }

  /** Takes up one that nobody runs. */
  takeUp(id: string, guildId: string): void {
    if (this.#runners.has(id) || this.#isStopped) return;
    const runner = this.run(id, guildId);
    this.#parts.sender.takenUp(id);
    runner.happen({ kind: 'resume' });
    runner.wake();
  }

  #apply(
    change: Transaction,
    session: InterviewSession,
    event: InterviewEvent,
  ): InterviewStep & { order: number } {
    const done = this.#changes.apply(change, session, event);
    this.#steps += 1;
    return { ...done, order: this.#steps };
  }
}

function outcomeOf(done: InterviewStep | undefined): 'done' | 'nothing' | 'over' {
  if (!done || done.outcome === 'over') return 'over';
  return done.outcome === 'done' || done.outcome === 'again' ? 'done' : 'nothing';
}
