import type { Performed } from '../asking/runner.js';
import { isPassing, isTextRefused, isUnreachable } from '../discord/api-errors.js';
import { plain } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { type Known, PostsOnce } from '../discord/posts-once.js';
import { type Posted, postOrFind } from '../discord/sent.js';
import { type InterviewTask, isLive } from './agenda.js';
import { cardFor } from './cards.js';
import type { InterviewEvent } from './events.js';
import { channelOf, markOf, newestBeside, placeOfKey } from './keys.js';
import { interviewLobbyCard } from './lobby-card.js';
import type { InterviewParts } from './parts.js';
import { makeRoom } from './room.js';
import type { InterviewSession } from './session.js';
import type { InterviewStorage } from './storage.js';
import * as words from './words.js';

type SenderParts = InterviewParts & { readonly storage: InterviewStorage };

/** Shows interviews to their people, as they are stored. Rejects with Discord's errors, and with our own. */
export class InterviewSender {
  readonly #parts: SenderParts;
  readonly #posts: PostsOnce;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#posts = new PostsOnce(parts);
  }

  /** Shows the lobby. @param post posts it and gives back its id */
  async lobby(
    session: InterviewSession,
    post: (lobby: Outgoing) => Promise<string>,
  ): Promise<Performed<InterviewEvent>> {
    const { bank, sent } = this.#parts;
    const { id, channelId, createdAt } = session;
    const card = interviewLobbyCard(session, bank);
    const posted = await postOrFind(
      () => post(card),
      // Nothing else of it is in the channel yet.
      () => sent.find(channelId, id, createdAt),
    );
    return this.#posted(session, 'l', posted, card);
  }

  /** What it posts next is looked for before. */
  takenUp(id: string): void {
    this.#posts.doubt(id);
  }

  async perform(id: string, task: InterviewTask): Promise<Performed<InterviewEvent>> {
    const session = await this.#parts.storage.sessions.get(id);
    if (!session) throw new Error(`Interview ${id} is no longer stored`);
    switch (task.kind) {
      case 'room':
        return { event: await makeRoom(this.#parts, session) };
      case 'invite':
        await this.#tried(this.#parts.threads.invite(session.room?.threadId ?? '', task.member));
        return { event: { kind: 'invited', member: task.member } };
      case 'post':
        return this.#post(session, task.key);
      case 'seal':
        return { event: await this.#seal(session, task.key) };
      case 'close':
        if (session.room?.threadId) await this.#tried(this.#parts.threads.archive(session.room.threadId));
        return { event: { kind: 'closed' } };
      case 'finish':
        return { event: { kind: 'finished' } };
      default:
        return task satisfies never;
    }
  }

  /** Brings a card up to date with few edits. */
  refresh(session: InterviewSession, key: string): void {
    const { edits } = this.#parts;
    const messageId = session.posts[key];
    if (messageId === undefined || edits.isComing(messageId)) return;
    edits.soon(channelOf(session, key), messageId, () => this.#now(session.id, key));
  }

  /** A card that is live, as it should be. */
  async #now(id: string, key: string): Promise<Outgoing | undefined> {
    const session = await this.#parts.storage.sessions.get(id);
    const card = session && isLive(session, key) ? await this.#card(session, key) : undefined;
    return card === 'lost' ? undefined : card;
  }

  /** What happened to the interview before it knew where its card stands was not shown there. */
  #posted(session: InterviewSession, key: string, posted: Posted, card: Outgoing): Performed<InterviewEvent> {
    const { clock, edits } = this.#parts;
    return {
      event: { kind: 'posted', key, at: clock.now(), messageId: posted.messageId },
      stored: () => edits.caughtUp(channelOf(session, key), posted, card, () => this.#now(session.id, key)),
    };
  }

  async #card(session: InterviewSession, key: string): Promise<ReturnType<typeof cardFor>> {
    const { bank, clock, hidden } = this.#parts;
    return cardFor(session, key, { bank, now: clock.now(), hidden: await hidden.of(session.guildId) });
  }

  async #post(session: InterviewSession, key: string): Promise<Performed<InterviewEvent>> {
    const { clock, log } = this.#parts;
    const unposted = (): Performed<InterviewEvent> => ({ event: { kind: 'posted', key, at: clock.now() } });
    const card = await this.#card(session, key);
    if (!card) return unposted();
    const { turn } = placeOfKey(key);
    const { phase } = session;
    const isOn = 'turn' in phase && phase.turn === turn && session.turns[turn]?.ended === undefined;
    const lost = (): Performed<InterviewEvent> => (isOn ? { event: { kind: 'lost', turn } } : unposted());
    if (card === 'lost') return lost();
    try {
      const message = { ...card, nonce: `${session.id}${key.replace('.', '')}` };
      const known = async () => knownBy(session, key, card);
      const posted = await this.#posts.send(session.id, channelOf(session, key), message, known);
      return this.#posted(session, key, posted, card);
    } catch (error) {
      if (isTextRefused(error)) {
        log.warn({ err: error, interview: session.id, key }, 'A server does not let a message through');
        return key.startsWith('a') ? lost() : unposted();
      }
      if (key !== 'z' || isPassing(error)) throw error;
      await this.#farewell(session, error);
      return unposted();
    }
  }

  /** The last word goes to the host where the channel cannot be used. */
  async #farewell({ id, hostId, channelId, phase }: InterviewSession, error: unknown): Promise<void> {
    const { messenger, log } = this.#parts;
    if (!isUnreachable(error)) throw error;
    const reason = (phase.name === 'over' ? phase.reason : undefined) ?? error.message;
    log.info({ err: error, interview: id }, 'The recap of an interview could not be posted');
    await this.#tried(messenger.sendDirect(hostId, plain(words.farewell(channelId, reason))));
  }

  async #seal(session: InterviewSession, key: string): Promise<InterviewEvent> {
    const { edits, messenger } = this.#parts;
    const messageId = session.posts[key];
    const card = await this.#card(session, key);
    if (messageId !== undefined && card && card !== 'lost') {
      await edits.settle(messageId);
      await this.#tried(messenger.edit(channelOf(session, key), messageId, card));
    }
    return { kind: 'sealed', key };
  }

  /** What is worth a try: it must not hold up the interview, unless Discord is only away. */
  async #tried(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (isPassing(error)) throw error;
      this.#parts.log.debug({ err: error }, 'Something of an interview could not be done in Discord');
    }
  }
}

/** How a card that was posted is known again; undefined for one that bears no mark. */
function knownBy(session: InterviewSession, key: string, card: Outgoing): Known | undefined {
  const mark = markOf(session, key, card);
  return mark === undefined
    ? undefined
    : { mark, sinceMs: session.createdAt, after: newestBeside(session, key) };
}
