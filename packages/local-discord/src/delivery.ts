import type { WebSocket } from 'ws';
import type { Session } from './session.js';
import { Signal } from './state.js';

/** How many events a session without a connection keeps for a resume. */
const replayLength = 5_000;

/** What happens to an event on its way. */
export interface Disturbance {
  /** Milliseconds by which events of other places may overtake it. */
  readonly delayMs: number;
  /** How often it is sent: 0 is never. */
  readonly times: number;
}

interface Delayed {
  readonly session: Session;
  readonly event: string;
  readonly json: string;
  readonly times: number;
}

/** Numbers events and sends them, each session's in order, and keeps them for a resume. */
export class Delivery {
  /** Milliseconds before an event is delivered. */
  delayMs = 0;
  /** For chaos: what happens to an event. */
  disturb: ((session: Session, event: string) => Disturbance | undefined) | undefined;
  /** An event is sent to a session. */
  readonly said = new Signal<{ readonly event: string; readonly json: string }>();
  #held: { readonly session: Session; readonly socket: WebSocket; readonly packet: string }[] | undefined;
  /** Events that are delayed before they have a number, by session and place: in each place they keep their order. */
  readonly #delayed = new Map<string, Delayed[]>();

  /** Events that are under way. */
  get underWay(): number {
    return this.#delayed.size + (this.#held?.length ?? 0);
  }

  /** @param place what events keep their order in: a channel, a server, or something of their own */
  dispatch(session: Session, event: string, json: string, place: string): void {
    const met = this.disturb?.(session, event);
    const key = `${session.id}:${place}`;
    const before = this.#delayed.get(key);
    if (!before && (!met || met.delayMs === 0)) {
      for (let time = 0; time < (met?.times ?? 1); time++) this.send(session, event, json);
      return;
    }
    const queue = before ?? [];
    this.#delayed.set(key, queue);
    queue.push({ session, event, json, times: met?.times ?? 1 });
    setTimeout(() => {
      const next = queue.shift();
      if (queue.length === 0) this.#delayed.delete(key);
      for (let time = 0; next && time < next.times; time++) this.send(next.session, next.event, next.json);
    }, met?.delayMs ?? 0);
  }

  send(session: Session, event: string, json: string): void {
    session.seq += 1;
    const packet = `{"t":"${event}","s":${session.seq},"op":0,"d":${json}}`;
    session.sent.push(packet);
    if (session.sent.length > replayLength * 2) session.sent.splice(0, replayLength);
    this.said.emit({ event, json });
    if (!session.socket) return;
    if (this.#held) this.#held.push({ session, socket: session.socket, packet });
    else this.#put(session, session.socket, packet);
  }

  /** Keeps events back until the function that it gives back is called; they keep their order. */
  hold(): () => void {
    const held = this.#held ?? [];
    this.#held = held;
    return () => {
      if (this.#held === held) this.#held = undefined;
      for (const { session, socket, packet } of held.splice(0)) this.#put(session, socket, packet);
    };
  }

  #put(session: Session, socket: WebSocket, packet: string): void {
    if (this.delayMs > 0 || session.late.length > 0) this.#sendLate(session, socket, packet);
    else socket.send(packet);
  }

  /** Behind everything that is late already: events arrive in their order. */
  #sendLate(session: Session, socket: WebSocket, packet: string): void {
    session.late.push({ socket, packet });
    setTimeout(() => {
      const next = session.late.shift();
      if (next && next.socket === session.socket) next.socket.send(next.packet);
    }, this.delayMs);
  }
}
