import { Card, type Channel, type Member, type MessageChange, Refused, type Reply } from 'local-discord';
import type { WebSocket } from 'ws';
import { OpenForms } from './open-forms.js';
import { type FromPage, type FromServer, fromPage, type Result, type StateView } from './protocol.js';
import { channelShown, historyOf, maySee } from './view.js';

/** What a visitor may do to the sandbox itself. */
export interface Controls {
  state(me: Member): StateView;
  now(): number;
  letDayPass(): Promise<void>;
  /** A quiz or an interview is under way somewhere: a day that passes may end it. */
  somethingUnderWay(): boolean;
  /** Shows a member one question of the bank. */
  preview(member: Member, questionId: string): Promise<void>;
  /** Erases what the sandbox and its bot have kept, and begins anew. */
  reset(): void;
  classmates(here: boolean): Promise<void>;
  /** A press on what an edit has just taken away: a double click, or two tabs. */
  onStale(customId: string): void;
  /** Nothing that a page sends ends the process; what went wrong is only told here. */
  onFault(error: unknown): void;
}

const gone: Result = { kind: 'refused', words: 'The message is gone' };
const changed: Result = { kind: 'refused', words: 'This message has changed' };
const endsQuiz =
  'A quiz or an interview is under way: it may be over before the day is. Let the day pass all the same?';

/** One open page: a member's client. */
export class Visit {
  readonly #forms = new OpenForms();
  #shown = '';

  readonly member: Member;
  readonly socket: WebSocket;
  readonly controls: Controls;

  constructor(member: Member, socket: WebSocket, controls: Controls) {
    this.member = member;
    this.socket = socket;
    this.controls = controls;

    socket.on('message', (data) => {
      this.#receive(String(data)).catch((error: unknown) => this.controls.onFault(error));
    });
  }

  /** Sends the state, when it differs from what the page has. */
  refresh(): void {
    const state = this.controls.state(this.member);
    const text = JSON.stringify(state);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#send({ type: 'state', state, now: this.controls.now() });
  }

  changed({ how, message }: MessageChange): void {
    if (maySee(this.member, message)) this.#send({ type: 'message', how, message: message.json });
  }

  async #receive(text: string): Promise<void> {
    const parsed = fromPage.safeParse(readJson(text));
    if (!parsed.success) {
      this.socket.close(1008, 'Not understood');
      return;
    }
    const said = parsed.data;
    const result = await this.#act(said).catch((error: unknown): Result => {
      if (error instanceof Refused) return { kind: 'refused', words: error.message };
      this.controls.onFault(error);
      return changed;
    });
    if ('id' in said) this.#send({ type: 'result', id: said.id, result });
  }

  async #act(said: FromPage): Promise<Result> {
    const { member } = this;
    if (said.type === 'day') {
      if (!said.anyway && this.controls.somethingUnderWay()) return { kind: 'doubt', words: endsQuiz };
      return done(this.controls.letDayPass());
    }
    if (said.type === 'reset') return done(Promise.resolve(this.controls.reset()));
    if (said.type === 'classmates') return done(this.controls.classmates(said.here));
    if (said.type === 'submit') return this.#submit(said);
    const channel = channelShown(member, said.channelId);
    if (!channel) return { kind: 'refused', words: 'The channel is gone' };
    switch (said.type) {
      case 'open':
        this.#send({ type: 'history', channelId: channel.id, messages: historyOf(member, channel) });
        return { kind: 'done' };
      case 'say':
        member.says(said.text, channel);
        return { kind: 'done' };
      case 'slash':
        return this.#outcome(await member.slash(said.text, { channel, wait: false }));
      case 'complete':
        return { kind: 'choices', choices: await member.complete(said.text, { channel }) };
      case 'dismiss':
        return this.#dismiss(channel, said.messageId);
      default: {
        const card = this.#card(channel, said.messageId);
        if (!card) return gone;
        if (![...card.buttons, ...card.selects].some(({ customId }) => customId === said.customId)) {
          this.controls.onStale(said.customId);
          return changed;
        }
        const options = { wait: false, customId: said.customId };
        return this.#outcome(
          said.type === 'press'
            ? await member.press(card, said.customId, options)
            : await member.select(card, said.values, options),
        );
      }
    }
  }

  async #submit({ formId, values }: Extract<FromPage, { type: 'submit' }>): Promise<Result> {
    const form = this.#forms.get(formId);
    if (!form) return { kind: 'refused', words: 'This form is no longer open: open it again' };
    const reply = await this.member.submit(form, values, { wait: false });
    this.#forms.close(formId);
    return this.#outcome(reply);
  }

  async #outcome(reply: Reply): Promise<Result> {
    await reply.acknowledged();
    if (reply.failed) return { kind: 'failed', words: reply.failed };
    if (reply.kind !== 'modal') return { kind: 'done' };
    const formId = this.#forms.open(reply);
    return { kind: 'form', formId, form: reply.modal.json };
  }

  #dismiss(channel: Channel, messageId: string): Result {
    const { messages } = this.member.around;
    const card = this.#card(channel, messageId);
    // What only this member sees is gone for all when it is gone for her.
    if (card?.state.visibleTo === this.member.id) messages.delete(card.state);
    return { kind: 'done' };
  }

  #card(channel: Channel, messageId: string): Card | undefined {
    const state = channel.state.messages.get(messageId);
    return state && maySee(this.member, state) ? new Card(state, this.member.around.world) : undefined;
  }

  #send(message: FromServer): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }
}

async function done(work: Promise<void>): Promise<Result> {
  await work;
  return { kind: 'done' };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
