import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import type { Repliable } from '../discord/respond.js';
import type { SessionStarter } from '../session/wanted.js';
import { whoseIs } from '../session/whose.js';
import { when } from '../session/words.js';
import type { DueCards } from './due.js';
import type { DeckReader } from './reader.js';
import * as words from './words.js';

export interface ReviewParts {
  readonly bank: Bank;
  readonly reader: DeckReader;
  readonly sessions: SessionStarter;
}

export const reviewCounts = { least: 1, most: 50, usual: 10 } as const;

/** What `/review` does. */
export class Reviews {
  readonly #parts: ReviewParts;

  constructor(parts: ReviewParts) {
    this.#parts = parts;
  }

  /**
   * Starts a session of what is due.
   * @param wanted.topic a topic's id, or a pack's
   * @throws {UserError} when nothing is
   */
  async start(
    interaction: Repliable,
    wanted: { readonly count: number; readonly topic?: string | undefined },
  ): Promise<void> {
    const { reader, sessions, bank } = this.#parts;
    const { scope, member } = whoseIs(interaction);
    await reader.prune(scope, member);
    const due = await reader.due(scope, member);
    const { topic } = wanted;
    const ids = topic === undefined ? due.today : due.today.filter((id) => isOf(bank, id, topic));
    if (ids.length === 0) throw new UserError(nothingDue(due, scope, topic && bank.titleOf(topic)));
    await sessions.start(interaction, {
      kind: 'review',
      title: words.reviewTitle,
      pick: { ids },
      count: wanted.count,
    });
  }

  /** Topics with something due today for what somebody has typed so far, with how much. */
  async suggestTopics(
    at: Parameters<typeof whoseIs>[0],
    typed: string,
  ): Promise<{ name: string; value: string }[]> {
    const { reader, bank } = this.#parts;
    const { scope, member } = whoseIs(at);
    const { today } = await reader.due(scope, member);
    const counts = new Map<string, number>();
    for (const id of today) {
      const topic = bank.get(id)?.topic;
      if (topic) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
    const wanted = typed.trim().toLowerCase();
    return [...counts]
      .map(([value, due]) => ({ name: words.topicDue(bank.topic(value)?.title ?? value, due), value }))
      .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.includes(wanted));
  }
}

const isOf = (bank: Bank, id: string, topic: string): boolean => {
  const question = bank.get(id);
  return question?.topic === topic || question?.pack === topic;
};

function nothingDue(due: DueCards, scope: string, topicTitle: string | undefined): string {
  if (due.cards === 0) return scope.startsWith('dm-') ? words.emptyDeckDirect : words.emptyDeck;
  if (topicTitle !== undefined && due.today.length > 0) return words.noneDueOf(topicTitle);
  if (due.waiting > 0) return words.shareDone(due.waiting);
  const next = due.week.findIndex((cards, offset) => offset > 0 && cards > 0);
  return words.noneDue(next > 0 ? when(next) : undefined);
}
