import { CallingOff } from '../asking/calling-off.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { UnderWay } from '../time/under-way.js';
import { nextDue } from './agenda.js';
import type { InterviewEvent, InterviewStep } from './events.js';
import { isHere, requireSpace } from './limits.js';
import { InterviewMembers } from './members.js';
import type { InterviewParts } from './parts.js';
import { createSession } from './rules.js';
import { RunningInterviews } from './running.js';
import { InterviewSender } from './sending.js';
import type { InterviewSession } from './session.js';
import { hasRubric, interviewSettings, openQuestions } from './settings.js';
import { InterviewStorage } from './storage.js';
import * as words from './words.js';

export interface OpenInterview {
  /** A snowflake that no other interview has, e.g. that of the interaction that asked for it. */
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly hostId: string;
  /** Settings as they came from outside (`InterviewSettings`, e.g. `{ topic }`); absent ones are the usual. */
  readonly chosen: unknown;
}

/** All mock interviews of this process: at most one a channel and five a server, and one lobby a host. */
export class Interviews {
  readonly #parts: InterviewParts;
  readonly #storage: InterviewStorage;
  readonly #sender: InterviewSender;
  readonly #running: RunningInterviews;
  readonly #callingOff: CallingOff;
  readonly #underWay = new UnderWay();
  readonly members: InterviewMembers;

  constructor(parts: InterviewParts) {
    const storage = new InterviewStorage(parts.memory);
    this.#parts = parts;
    this.#storage = storage;
    this.#sender = new InterviewSender({ ...parts, storage });
    this.#running = new RunningInterviews({ ...parts, storage, sender: this.#sender });
    this.#callingOff = new CallingOff({ ...parts, underWay: this.#underWay });
    this.members = new InterviewMembers(storage, async (id, member) => {
      await this.#running.change(id, { kind: 'forget', member });
    });
  }

  /**
   * Opens an interview's lobby in a channel.
   * @param post posts the lobby and gives back its id; where only Discord's answer is lost, the card counts
   * @throws {UserError} when no question fits, or as many interviews are on as may be
   */
  async open(wanted: OpenInterview, post: (lobby: Outgoing) => Promise<string>): Promise<void> {
    const session = this.#planned(wanted);
    const { id, guildId } = session;
    await this.#storage.memory.use((change) => {
      requireSpace(this.#storage.runningIn(change, guildId), session);
      this.#storage.add(change, session);
    });
    const runner = this.#running.run(id, guildId);
    try {
      runner.wake(await this.#sender.lobby(session, post));
    } catch (error) {
      this.#running.forget(id);
      await this.#callingOff.run(id, async () => {
        if (await this.#storage.callOff(session)) this.#running.takeUp(id, guildId);
      });
      throw error;
    }
    runner.follow(nextDue(session), 0);
  }

  #planned({ id, guildId, channelId, hostId, chosen }: OpenInterview): InterviewSession {
    const { clock, bank } = this.#parts;
    const settings = interviewSettings.safeParse(chosen);
    if (!settings.success) throw new UserError(words.badSettings);
    const fitting = bank.pool(openQuestions(settings.data)).filter(hasRubric).length;
    if (fitting === 0) throw new UserError(words.noQuestion);
    const questions = Math.min(settings.data.questions, fitting);
    return createSession({ id, guildId, channelId }, hostId, {
      settings: { ...settings.data, questions },
      now: clock.now(),
    });
  }

  /**
   * Lets an event happen to an interview. A press that comes before its card's own receipt waits for it.
   * @returns what came of it, when that is stored
   * @throws {UserError} when there is no such interview
   */
  async act(id: string, event: InterviewEvent): Promise<InterviewStep> {
    let done = await this.#running.change(id, event);
    if (done?.outcome === 'early') {
      await this.#running.settled(id);
      done = await this.#running.change(id, event);
    }
    if (!done) throw new UserError(words.gone);
    return done;
  }

  /** An interview, running or over, as it is stored; undefined where there is none. */
  get(id: string): Promise<InterviewSession | undefined> {
    return this.#storage.sessions.get(id);
  }

  /** The same, when nothing of it is on its way to Discord any more. */
  async settled(id: string): Promise<InterviewSession | undefined> {
    await this.#running.settled(id);
    return this.get(id);
  }

  /** The interview that is on in a channel or thread. */
  async inChannel(guildId: string, channelId: string): Promise<InterviewSession | undefined> {
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
    return this.#running.serversReady(guildIds);
  }

  /** The server is gone: its interviews rest on the disk. */
  serverGone(guildId: string): void {
    this.#running.serverGone(guildId);
  }

  async forgetScope(guildId: string): Promise<void> {
    this.serverGone(guildId);
    await this.#storage.forgetScope(guildId);
  }

  /** False while the running interviews of some server could not be read. */
  healthy(): boolean {
    return this.#running.unread === 0;
  }

  /** Every interview is on the disk and goes on at the next start. */
  async stop(): Promise<void> {
    this.#callingOff.stop();
    await this.#running.stop();
    await this.#underWay.idle();
  }

  async idle(): Promise<void> {
    await this.#running.idle();
    await this.#underWay.idle();
  }
}
