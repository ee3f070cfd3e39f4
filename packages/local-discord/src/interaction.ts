import type { ComponentJson } from './json.js';
import type { ChannelState, MessageState, UserState } from './state.js';

export interface ModalJson {
  custom_id: string;
  title: string;
  components: ComponentJson[];
}

export interface ChoiceJson {
  name: string;
  value: string | number;
}

/** What the person who caused an interaction comes to see. */
export type Outcome =
  | { readonly kind: 'message'; readonly message: MessageState }
  | { readonly kind: 'deferred'; readonly message: MessageState }
  | { readonly kind: 'update'; readonly message: MessageState }
  | { readonly kind: 'deferredUpdate'; readonly message: MessageState }
  | { readonly kind: 'choices'; readonly choices: readonly ChoiceJson[] }
  | { readonly kind: 'modal'; readonly modal: ModalJson }
  | { readonly kind: 'failed'; readonly words: string };

/** Somebody, or a message, whose menu a command was chosen from. */
export interface Target {
  readonly user?: UserState;
  readonly message?: MessageState;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: UserState;
  readonly channel: ChannelState;
  /** When it was sent by the person's client, whatever time its id bears. */
  readonly sentAt: number;
  readonly startedMs: number;
  /** Real milliseconds from sending to the first answer. */
  tookMs: number | undefined;
  /** The message whose component was used, also for the form that this opened. */
  readonly source: MessageState | undefined;
  /** Name of the command, to be shown above the reply. */
  readonly command: string | undefined;
  /** 1: typed, 2: from the menu on somebody, 3: on a message. */
  readonly commandType: number;
  /** What a command of a menu was used on. */
  readonly target: Target | undefined;
  /** Of a form: what opened it. */
  readonly opener: Interaction | undefined;
  outcome: Outcome | undefined;
  deadline: { cancel(): void } | undefined;
  /** The message that `@original` means. */
  original: MessageState | undefined;
  readonly followUps: MessageState[];
  /** Called when there is an outcome, and when a deferred reply gets its content or a follow-up comes. */
  onChange: () => void;
}

/** What somebody does that becomes an interaction. */
export interface NewInteraction {
  readonly type: number;
  readonly user: UserState;
  readonly channel: ChannelState;
  /** The `data` of the payload. */
  readonly data: unknown;
  readonly source?: MessageState | undefined;
  readonly command?: string | undefined;
  readonly commandType?: number | undefined;
  readonly target?: Target | undefined;
  readonly opener?: Interaction | undefined;
  /** The time that its id bears (default: now). */
  readonly createdAt?: number | undefined;
}
