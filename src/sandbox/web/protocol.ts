import type { ChoiceJson, CommandJson, MessageJson, ModalJson } from 'local-discord/client';
import { z } from 'zod';

/** What the page and its server say to each other over the WebSocket: JSON, one of these a message. */

export interface PersonView {
  readonly id: string;
  readonly name: string;
  /** Who can be chosen to act as, a simulated classmate, the bot, or somebody who only exists. */
  readonly kind: 'player' | 'classmate' | 'bot' | 'other';
  /** May manage the server. */
  readonly admin: boolean;
}

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly direct: boolean;
  readonly mayWrite: boolean;
  /** Of a thread: whether it is archived. */
  readonly thread?: 'open' | 'closed';
}

/** Everything about the place that one member's client shows, but the messages. */
export interface StateView {
  readonly me: string;
  readonly server: { readonly id: string; readonly name: string };
  readonly people: readonly PersonView[];
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly ChannelView[];
  /** The commands that the member may use in the server, and in the direct message with the bot. */
  readonly commands: { readonly server: readonly CommandJson[]; readonly direct: readonly CommandJson[] };
  readonly botThere: boolean;
  readonly classmates: boolean;
  /** The sandbox's clock less the machine's, in milliseconds. */
  readonly aheadMs: number;
  /** It can be begun anew from the page. */
  readonly mayReset: boolean;
  /** A day is passing just now. */
  readonly dayPassing: boolean;
}

/** What came of something that the member did. */
export type Result =
  | { readonly kind: 'done' }
  /** The bot did not answer in time; Discord's words for it. */
  | { readonly kind: 'failed'; readonly words: string }
  /** A client would not have sent it; why. */
  | { readonly kind: 'refused'; readonly words: string }
  /** It is done when it is asked for again with `anyway`; why not at once. */
  | { readonly kind: 'doubt'; readonly words: string }
  | { readonly kind: 'choices'; readonly choices: readonly ChoiceJson[] }
  | { readonly kind: 'form'; readonly formId: string; readonly form: ModalJson };

export type FromServer =
  | { readonly type: 'state'; readonly state: StateView; readonly now: number }
  /** The messages of a channel that the member sees, oldest first. */
  | { readonly type: 'history'; readonly channelId: string; readonly messages: readonly MessageJson[] }
  | {
      readonly type: 'message';
      readonly how: 'created' | 'edited' | 'deleted';
      readonly message: MessageJson;
    }
  | { readonly type: 'result'; readonly id: number; readonly result: Result };

const id = z.number().int();
const snowflake = z.string().regex(/^\d{1,20}$/);
const customId = z.string().max(100);
const text = z.string().max(6_000);

export const fromPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), channelId: snowflake }),
  z.object({ type: z.literal('say'), id, channelId: snowflake, text: z.string().min(1).max(2_000) }),
  z.object({ type: z.literal('slash'), id, channelId: snowflake, text }),
  z.object({ type: z.literal('complete'), id, channelId: snowflake, text }),
  z.object({ type: z.literal('press'), id, channelId: snowflake, messageId: snowflake, customId }),
  z.object({
    type: z.literal('select'),
    id,
    channelId: snowflake,
    messageId: snowflake,
    customId,
    values: z.array(z.string().max(100)).max(25),
  }),
  z.object({
    type: z.literal('submit'),
    id,
    formId: z.string().max(40),
    values: z.record(customId, z.union([z.string().max(4_000), z.boolean(), z.array(z.string().max(100))])),
  }),
  z.object({ type: z.literal('dismiss'), channelId: snowflake, messageId: snowflake }),
  z.object({ type: z.literal('day'), id, anyway: z.boolean() }),
  z.object({ type: z.literal('reset'), id }),
  z.object({ type: z.literal('classmates'), id, here: z.boolean() }),
]);

export type FromPage = z.infer<typeof fromPage>;
