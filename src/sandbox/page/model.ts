import type { ComponentJson, MessageJson, ModalJson } from 'local-discord/client';
import type { PersonView, StateView } from '../web/protocol.js';
import type { Place } from './focus.js';

/** What the page knows; drawing reads it, nothing else keeps state of its own. */
export interface Model {
  state: StateView | undefined;
  /** The WebSocket is open. */
  online: boolean;
  channelId: string | undefined;
  readonly messages: Map<string, readonly MessageJson[]>;
  readonly unread: Set<string>;
  /** How many of the newest messages are drawn. */
  drawn: number;
  /** Buttons and selects whose answer has not come, as `messageId/customId`. */
  readonly pressed: Set<string>;
  /** What went wrong with a press, by message. */
  readonly faults: Map<string, string>;
  /** What the composer has to say, e.g. that the bot did not respond. */
  notice: string | undefined;
  form: OpenForm | undefined;
  /** The list of channels is open, on a narrow screen. */
  drawer: boolean;
  /** The sandbox's clock less the browser's. */
  clockAheadMs: number;
}

export interface OpenForm {
  readonly formId: string;
  readonly form: ModalJson;
  /** Where the focus was when it came, in case what opened it has gone or is closed by then. */
  readonly from: Place;
  fault: string | undefined;
  sending: boolean;
}

/** Messages drawn at first, and added when the reader scrolls up to the oldest. */
export const page = 60;

export function newModel(): Model {
  return {
    state: undefined,
    online: false,
    channelId: undefined,
    messages: new Map(),
    unread: new Set(),
    drawn: page,
    pressed: new Set(),
    faults: new Map(),
    notice: undefined,
    form: undefined,
    drawer: false,
    clockAheadMs: 0,
  };
}

export function nowMs(model: Pick<Model, 'clockAheadMs'>): number {
  return Date.now() + model.clockAheadMs;
}

export function me({ state }: Model): PersonView | undefined {
  return state?.people.find(({ id }) => id === state.me);
}

export function nameOf(state: StateView | undefined, userId: string): string {
  return state?.people.find(({ id }) => id === userId)?.name ?? 'unknown user';
}

export function pressKey(
  message: Pick<MessageJson, 'id'>,
  { custom_id }: Pick<ComponentJson, 'custom_id'>,
): string {
  return `${message.id}/${custom_id}`;
}

/** Applies one change of a message to those of its channel, if these are known. */
export function changeMessage(
  model: Model,
  how: 'created' | 'edited' | 'deleted',
  message: MessageJson,
): void {
  const known = model.messages.get(message.channel_id);
  if (!known) return;
  const at = known.findLastIndex(({ id }) => id === message.id);
  const others = at < 0 ? known : known.toSpliced(at, 1);
  if (how === 'deleted') model.messages.set(message.channel_id, others);
  else if (at >= 0) model.messages.set(message.channel_id, known.with(at, message));
  else model.messages.set(message.channel_id, [...known, message]);
}
