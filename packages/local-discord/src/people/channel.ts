import type { ChannelState, MessageState, World } from '../state.js';
import { Card } from './card.js';

/** Much more than it takes: nobody waits so long where all goes well, and a machine may have other things to do. */
const defaultTimeoutMs = 30_000;

/** A channel (or thread, or direct message) as everybody in it sees it. */
export class Channel {
  readonly state: ChannelState;
  readonly world: World;

  constructor(state: ChannelState, world: World) {
    this.state = state;
    this.world = world;
  }

  get id(): string {
    return this.state.id;
  }

  get name(): string {
    return this.state.name;
  }

  get mention(): string {
    return `<#${this.state.id}>`;
  }

  get topic(): string {
    return this.state.topic ?? '';
  }

  /** Of a thread: whether it is in the archive. */
  get archived(): boolean {
    return this.state.thread?.archived ?? false;
  }

  /** Of a thread: whether a moderator has closed it. */
  get locked(): boolean {
    return this.state.thread?.locked ?? false;
  }

  /** Its threads, archived ones too, oldest first. */
  get threads(): readonly Channel[] {
    const all = [...(this.state.guild?.channels.values() ?? [])];
    return all.filter(({ parent }) => parent === this.state).map((thread) => new Channel(thread, this.world));
  }

  /** Messages that everybody sees, oldest first. */
  get messages(): readonly Card[] {
    return this.#cards((message) => !message.visibleTo);
  }

  /** @throws Error when the channel is empty */
  get last(): Card {
    const last = this.messages.at(-1);
    if (!last) throw new Error(`#${this.name} is empty`);
    return last;
  }

  /** What one member sees: the channel's messages and her own ephemeral ones. */
  seenBy(userId: string): readonly Card[] {
    return this.#cards((message) => !message.visibleTo || message.visibleTo === userId);
  }

  /**
   * Resolves with the first message, among those there are (newest first) and those to come or to be edited,
   * that everybody sees and that fits.
   * @param timeoutMs of real time; rejects then, saying what the channel shows
   */
  waitFor(fits: (card: Card) => boolean, timeoutMs = defaultTimeoutMs): Promise<Card> {
    const there = this.messages.findLast(fits);
    return there ? Promise.resolve(there) : this.#wait(fits, timeoutMs, undefined);
  }

  /** Like `waitFor`, but only messages that are posted after this call. */
  next(fits: (card: Card) => boolean = () => true, timeoutMs = defaultTimeoutMs): Promise<Card> {
    return this.#wait(fits, timeoutMs, new Set(this.state.messages.keys()));
  }

  /** Resolves once there is no such message any more. */
  async waitForDeletion(card: Card, timeoutMs = defaultTimeoutMs): Promise<void> {
    if (card.deleted) return;
    await this.#event(({ how, message }) => how === 'deleted' && message === card.state, timeoutMs);
  }

  #wait(
    fits: (card: Card) => boolean,
    timeoutMs: number,
    old: ReadonlySet<string> | undefined,
  ): Promise<Card> {
    return this.#event(({ how, message }) => {
      if (how === 'deleted' || message.visibleTo || old?.has(message.id)) return false;
      return fits(new Card(message, this.world));
    }, timeoutMs);
  }

  #event(
    fits: (change: { how: 'created' | 'edited' | 'deleted'; message: MessageState }) => boolean,
    timeoutMs: number,
  ): Promise<Card> {
    const { waits, messageChanged } = this.world;
    const waitedFor = new Error('waited for here');
    waits.add(waitedFor);
    return new Promise((resolve, reject) => {
      const stop = messageChanged.on((change) => {
        if (change.message.channel !== this.state || !fits(change)) return;
        clearTimeout(timer);
        stop();
        waits.delete(waitedFor);
        resolve(new Card(change.message, this.world));
      });
      const timer = setTimeout(() => {
        stop();
        waits.delete(waitedFor);
        const shown = this.messages.slice(-3).map(({ text }) => text);
        waitedFor.message = `Nothing that fits came in #${this.name} within ${timeoutMs} ms; it ends with:\n${shown.join('\n---\n')}`;
        reject(waitedFor);
      }, timeoutMs);
    });
  }

  #cards(visible: (message: MessageState) => boolean): readonly Card[] {
    return [...this.state.messages.values()].filter(visible).map((message) => new Card(message, this.world));
  }
}
