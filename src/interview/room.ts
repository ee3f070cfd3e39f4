import { isPassing } from '../discord/api-errors.js';
import { cut } from '../discord/text.js';
import { archiveAfter, isThreadRefused, longestThreadName, type ThreadWish } from '../discord/threads.js';
import { localDay } from '../time/local-day.js';
import type { InterviewEvent } from './events.js';
import type { InterviewParts } from './parts.js';
import type { InterviewSession } from './session.js';
import * as words from './words.js';

/** Above this, days may pass between two messages. */
const togetherMinutes = 60;

/**
 * A thread that only its people see; where the bot may not make one, a thread for all; else the channel itself. One
 * that was made before the process ended is found again. Rejects while Discord is away.
 */
export async function makeRoom(parts: InterviewParts, session: InterviewSession): Promise<InterviewEvent> {
  const { threads, log } = parts;
  const wish = await wishFor(parts, session);
  const there = await threads.find(session.guildId, wish, session.createdAt).catch((error: unknown) => {
    if (isPassing(error)) throw error;
    return undefined;
  });
  if (there !== undefined) return { kind: 'roomed', threadId: there };
  for (const secret of [true, false]) {
    try {
      return { kind: 'roomed', threadId: await threads.open({ ...wish, secret }) };
    } catch (error) {
      if (!isThreadRefused(error)) throw error;
      log.debug({ err: error, interview: session.id, secret }, 'There can be no such thread');
    }
  }
  return { kind: 'roomed' };
}

async function wishFor(
  { bank, zoneOf }: InterviewParts,
  { guildId, channelId, createdAt, settings }: InterviewSession,
): Promise<Omit<ThreadWish, 'secret'>> {
  const { topic, minutes, format } = settings;
  const subject = topic === undefined ? words.formatNames[format] : bank.titleOf(topic);
  const date = localDay(await zoneOf(guildId), createdAt);
  return {
    channelId,
    name: cut(words.threadTitle(subject, date), longestThreadName),
    archiveAfterMinutes: minutes > togetherMinutes ? archiveAfter.week : archiveAfter.day,
  };
}
