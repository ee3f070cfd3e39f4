import type { WebSocket } from 'ws';
import type { Wishes } from './gateway-protocol.js';
import { newSession, type Session } from './session.js';

/** All sessions, connected or resumable, and which connection belongs to which of them. */
export class Sessions {
  readonly byId = new Map<string, Session>();
  readonly #bySocket = new Map<WebSocket, Session>();

  /** A copy, so that it can be walked while sessions come and go. */
  get all(): Session[] {
    return [...this.byId.values()];
  }

  of(socket: WebSocket): Session | undefined {
    return this.#bySocket.get(socket);
  }

  /** A new session; those of the same shard that lost their connection are not kept any longer. */
  open(socket: WebSocket, wishes: Wishes): Session {
    const { shard } = wishes;
    for (const old of this.all) {
      const same = old.shard[0] === shard[0] && old.shard[1] === shard[1];
      if (same && !old.socket) this.byId.delete(old.id);
    }
    const session = newSession(wishes);
    this.byId.set(session.id, session);
    this.attach(session, socket);
    return session;
  }

  attach(session: Session, socket: WebSocket): void {
    this.detach(session);
    session.socket = socket;
    this.#bySocket.set(socket, session);
  }

  /** Gives back the connection that the session had. */
  detach(session: Session): WebSocket | undefined {
    const { socket } = session;
    session.socket = undefined;
    if (socket) this.#bySocket.delete(socket);
    return socket;
  }

  forget(session: Session): void {
    this.byId.delete(session.id);
  }
}
