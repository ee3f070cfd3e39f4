import { isPassing, isTextRefused, isUnreachable } from '../discord/api-errors.js';
import { plain } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { type Known, PostsOnce } from '../discord/posts-once.js';
import { postOrFind } from '../discord/sent.js';
import { type InterviewTask, isLive } from './agenda.js';
import { cardFor } from './cards.js';
import type { InterviewEvent } from './events.js';
import { channelOf, markOf, newestBeside, placeOfKey } from './keys.js';
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

  /**
   * Posts the lobby's card.
   * @param post absent: as a message of the channel
   * @returns its id
   */
  lobby(session: InterviewSession, post = (one: InterviewSession) => this.#postLobby(one)): Promise<string> {
    const { id, channelId, createdAt } = session;
    return postOrFind(
      () => post(session),
      // Nothing else of it is in the channel yet.
      () => this.#parts.sent.find(channelId, id, createdAt),
    );
  }

  /** What it posts next is looked for before. */
  takenUp(id: string): void {
    this.#posts.doubt(id);
  }

  /** @returns what to tell the rules when it is done */
  async perform(id: string, task: InterviewTask): Promise<InterviewEvent> {
    const session = await this.#parts.storage.sessions.get(id);
    if (!session) throw new Error(`Interview ${id} is no longer stored`);
    switch (task.kind) {
      case 'room':
        return makeRoom(this.#parts, session);
      case 'invite':
        await this.#tried(this.#parts.threads.invite(session.room?.threadId ?? '', task.member));
        return { kind: 'invited', member: task.member };
      case 'post':
        return this.#post(session, task.key);
      case 'seal':
        return this.#seal(session, task.key);
      case 'close':
        if (session.room?.threadId) await this.#tried(this.#parts.threads.archive(session.room.threadId));
        return { kind: 'closed' };
      case 'finish':
        return { kind: 'finished' };
      default:
        return task satisfies never;
    }
  }

  /** Brings a card up to date with few edits. */
  refresh(session: InterviewSession, key: string): void {
    const { edits, storage } = this.#parts;
    const messageId = session.posts[key];
    if (messageId === undefined || edits.isComing(messageId)) return;
    edits.soon(channelOf(session, key), messageId, async () => {
      const now = await storage.sessions.get(session.id);
      const card = now && isLive(now, key) ? await this.#card(now, key) : undefined;
      return card === 'lost' ? undefined : card;
    });
  }

  async #card(session: InterviewSession, key: string): Promise<ReturnType<typeof cardFor>> {
    const { bank, clock, hidden } = this.#parts;
    return cardFor(session, key, { bank, now: clock.now(), hidden: await hidden.of(session.guildId) });
  }

  async #postLobby(session: InterviewSession): Promise<string> {
    const card = await this.#card(session, 'l');
    if (!card || card === 'lost') throw new Error('A lobby has a card');
    return this.#parts.messenger.send(session.channelId, { ...card, nonce: `${session.id}l` });
  }

  async #post(session: InterviewSession, key: string): Promise<InterviewEvent> {
    const { clock, log } = this.#parts;
    const posted = (messageId?: string): InterviewEvent => ({
      kind: 'posted',
      key,
      at: clock.now(),
      ...(messageId !== undefined && { messageId }),
    });
    const card = await this.#card(session, key);
    if (!card) return posted();
    const { turn } = placeOfKey(key);
    const { phase } = session;
    const isOn = 'turn' in phase && phase.turn === turn && session.turns[turn]?.ended === undefined;
    if (card === 'lost') return isOn ? { kind: 'lost', turn } : posted();
    try {
      const message = { ...card, nonce: `${session.id}${key.replace('.', '')}` };
      const known = async () => knownBy(session, key, card);
      return posted((await this.#posts.send(session.id, channelOf(session, key), message, known)).messageId);
    } catch (error) {
      if (isTextRefused(error)) {
        log.warn({ err: error, interview: session.id, key }, 'A server does not let a message through');
        return key.startsWith('a') && isOn ? { kind: 'lost', turn } : posted();
      }
      if (key !== 'z' || isPassing(error)) throw error;
      await this.#farewell(session, error);
      return posted();
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
