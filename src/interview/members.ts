import { mentionsMember } from './forgetting.js';
import { historyFrom, type InterviewHistory } from './history.js';
import { interviewLine } from './line.js';
import type { InterviewPart } from './member-data.js';
import type { InterviewSession } from './session.js';
import type { InterviewStorage } from './storage.js';

/** What interviews keep of a member. */
export class InterviewMembers {
  readonly #storage: InterviewStorage;
  readonly #scrub: (id: string, member: string) => Promise<void>;

  /** @param scrub takes a member out of an interview, running or over */
  constructor(storage: InterviewStorage, scrub: (id: string, member: string) => Promise<void>) {
    this.#storage = storage;
    this.#scrub = scrub;
  }

  /** What somebody has practised so far in a server. */
  async history(guildId: string, member: string): Promise<InterviewHistory> {
    return historyFrom(await this.#storage.historyOf(guildId, member), member);
  }

  /** The line beside their readiness; undefined for somebody without feedback. */
  async line(guildId: string, member: string): Promise<string | undefined> {
    return interviewLine(await this.history(guildId, member));
  }

  /** Removes a member from all interviews of a server. After a failure: once more. */
  async forget(guildId: string, member: string): Promise<void> {
    for await (const ids of this.#storage.all.segments(guildId)) {
      for (const [id, session] of await this.#storage.sessions.getMany(ids))
        if (mentionsMember(session, member)) await this.#scrub(id, member);
    }
    await this.#storage.forgetHistory(guildId, member);
  }

  /** Their part in each interview of a server; undefined when they were in none. What is still secret is left out. */
  async export(guildId: string, member: string): Promise<unknown> {
    const found: unknown[] = [];
    for await (const ids of this.#storage.all.segments(guildId)) {
      const sessions = await this.#storage.sessions.getMany(ids);
      for (const session of sessions.values())
        if (mentionsMember(session, member)) found.push(partOf(session, member));
    }
    return found.length > 0 ? found : undefined;
  }
}

function partOf(session: InterviewSession, member: string): InterviewPart {
  const person = session.people[member];
  return {
    interview: session.id,
    startedAt: session.createdAt,
    format: session.settings.format,
    isHost: session.hostId === member,
    ...(person?.wish && { wish: person.wish }),
    questions: session.turns.filter(isKnown).map((turn) => {
      const isOver = turn.ended === 'shown' || session.phase.name === 'over';
      return {
        question: turn.asked.questionId,
        role: roleIn(turn, member),
        answers: turn.answers
          .filter((answer) => answer.member === member)
          .map(({ text, at }) => ({ text, at })),
        given: turn.sheets
          .filter(({ by }) => by === member)
          .map(({ by: _, of, ...sheet }) => ({ ...sheet, isOwn: of === member })),
        received: isOver
          ? turn.sheets
              .filter(({ by, of }) => of === member && by !== member)
              .map(({ by: _, of: __, ...sheet }) => sheet)
          : [],
      };
    }),
  };
}

/** What has not been put yet is known to the interviewer alone. */
const isKnown = ({ openedAt }: InterviewSession['turns'][number]): boolean => openedAt !== undefined;

function roleIn(
  { candidate, interviewer }: InterviewSession['turns'][number],
  member: string,
): InterviewPart['questions'][number]['role'] {
  if (candidate === member) return 'candidate';
  return interviewer === member ? 'interviewer' : undefined;
}
