import type { PostingEvent, PostingState } from './events.js';
import type { Post, Schedule } from './records.js';

/** Closed cards that wait for their edit; older ones are let go. */
const mostToReveal = 5;

/** What becomes of a schedule and its posts. What an event has nothing to say to comes back as it was. */
export function stepPosting(state: PostingState, event: PostingEvent): PostingState {
  const { schedule } = state;
  switch (event.kind) {
    case 'begun':
      return begun(state, event);
    case 'refused':
      return refused(state, event);
    case 'made':
      return made(state, event);
    case 'ended':
      return ended(state, event.atMs);
    case 'dropped':
      return schedule.posting?.date === event.date ? withSchedule(state, { posting: undefined }) : state;
    case 'done':
      return withSchedule(state, { lastDate: event.date, posting: undefined });
    case 'shown':
      return withSchedule(state, { toReveal: schedule.toReveal.filter((date) => date !== event.date) });
    case 'found':
      return found(state, event.messageId);
    case 'failed':
      return failed(state, event);
    case 'told':
      return withSchedule(state, { toTell: undefined });
    case 'role gone':
      return schedule.roleId === event.roleId ? withSchedule(state, { roleId: undefined }) : state;
    default:
      return event satisfies never;
  }
}

const withSchedule = (state: PostingState, change: Partial<Schedule>): PostingState => ({
  ...state,
  schedule: { ...state.schedule, ...change },
});

type Of<K extends PostingEvent['kind']> = Extract<PostingEvent, { kind: K }>;

function begun(
  state: PostingState,
  { date, asked, previous, week, counts, atMs }: Of<'begun'>,
): PostingState {
  const { schedule } = state;
  const { channelId, roleId, posting } = schedule;
  const post: Post = {
    date,
    number: schedule.posts + 1,
    asked,
    channelId,
    roleId,
    state: 'intent',
    previous,
    ...(week && { week }),
    ...(counts && { counts }),
  };
  const barred = posting?.date === date ? posting.barred : undefined;
  return { ...withSchedule(state, { posting: { date, maybeSent: true, atMs, barred } }), post };
}

function refused(state: PostingState, { date, reason, barred }: Of<'refused'>): PostingState {
  const { posting } = state.schedule;
  if (posting?.date !== date) return state;
  const questionId = state.post?.asked.questionId;
  const added = barred && questionId ? [questionId] : [];
  return withSchedule(state, {
    posting: { ...posting, maybeSent: false, reason, barred: [...(posting.barred ?? []), ...added] },
  });
}

function made(state: PostingState, { date, messageId, openedAtMs }: Of<'made'>): PostingState {
  const { schedule, post, before } = state;
  if (schedule.posting?.date !== date || !post) return state;
  const closing = before?.state === 'closed' ? undefined : before;
  // Turned off while it was sent: no next one closes it.
  const isOver = !schedule.on;
  const closed = [...(closing ? [closing.date] : []), ...(isOver ? [date] : [])];
  const next = withSchedule(state, {
    posts: post.number,
    lastDate: date,
    openDate: date,
    posting: undefined,
    reported: undefined,
    toTell: undefined,
    toReveal: revealing(schedule, closed),
  });
  return {
    ...next,
    post: {
      ...post,
      state: isOver ? 'closed' : 'open',
      messageId,
      openedAtMs,
      ...(isOver && { closedAtMs: openedAtMs }),
    },
    before: closing ? { ...closing, state: 'closed', closedAtMs: openedAtMs } : before,
  };
}

function ended(state: PostingState, atMs: number): PostingState {
  const { post, schedule } = state;
  if (post?.state !== 'open') return state;
  const next = withSchedule(state, { toReveal: revealing(schedule, [post.date]) });
  return { ...next, post: { ...post, state: 'closed', closedAtMs: atMs } };
}

const revealing = ({ toReveal }: Schedule, closed: readonly string[]): string[] =>
  [...toReveal, ...closed].slice(-mostToReveal);

function failed(state: PostingState, { date, reason, remedy, retryAtMs }: Of<'failed'>): PostingState {
  if (state.schedule.reported) return state;
  return withSchedule(state, {
    reported: { date, reason },
    toTell: { reason, remedy, ...(retryAtMs !== undefined && { retryAtMs }) },
  });
}

function found(state: PostingState, messageId: string): PostingState {
  const { post, schedule } = state;
  if (!post || post.messageId !== undefined) return state;
  const next = { ...state, post: { ...post, messageId } };
  if (post.state !== 'closed' || schedule.toReveal.includes(post.date)) return next;
  return withSchedule(next, { toReveal: [...schedule.toReveal, post.date] });
}
