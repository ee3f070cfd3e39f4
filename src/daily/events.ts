import type { Post, Schedule } from './records.js';

/** A schedule with the post of one day and the one before it. */
export interface PostingState {
  readonly schedule: Schedule;
  readonly post: Post | undefined;
  readonly before: Post | undefined;
}

export type PostingEvent =
  /** The post is about to be sent. */
  | {
      readonly kind: 'begun';
      readonly date: string;
      readonly asked: Post['asked'];
      /** Date of the last post that people could see. */
      readonly previous: string | undefined;
      readonly week?: Post['week'];
      readonly counts?: Post['counts'];
      readonly atMs: number;
    }
  /** Discord has answered, and not made the message; `barred` is set when AutoMod blocked the question. */
  | { readonly kind: 'refused'; readonly date: string; readonly reason: string; readonly barred?: boolean }
  /** The message is there, or counts as being there. */
  | {
      readonly kind: 'made';
      readonly date: string;
      readonly messageId: string | undefined;
      readonly openedAtMs: number;
    }
  /** The daily question was turned off: no next post closes the open one. */
  | { readonly kind: 'ended'; readonly atMs: number }
  /** The day is over, and the message was not made. */
  | { readonly kind: 'dropped'; readonly date: string }
  /** A day is done that was posted under another clock. */
  | { readonly kind: 'done'; readonly date: string }
  /** The closed card of that day shows its answer, or never will. */
  | { readonly kind: 'shown'; readonly date: string }
  /** A press told where the post is, whose message id was lost. */
  | { readonly kind: 'found'; readonly messageId: string }
  /** The admin is to be told of a failure, once for a streak of failures. */
  | {
      readonly kind: 'failed';
      readonly date: string;
      readonly reason: string;
      readonly remedy: string;
      readonly retryAtMs: number | undefined;
    }
  /** The admin was told, or takes no messages. */
  | { readonly kind: 'told' }
  /** The role to be mentioned is no longer there. */
  | { readonly kind: 'role gone'; readonly roleId: string };
