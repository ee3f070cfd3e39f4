import type { Logger } from 'pino';
import { UserError } from '../discord/errors.js';
import { rankedPoints } from '../quiz/awards.js';
import type { Quizzes } from '../quiz/service.js';
import type { Clock } from '../time/clock.js';
import type { NightBook } from './book.js';
import { startOf } from './plan.js';
import type { CurrentNight, Night } from './records.js';
import { failed, lobbyOpened, withCurrent } from './rules.js';
import { remedies, wasAway } from './words.js';

export interface StartingParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly book: NightBook;
  readonly quizzes: Quizzes;
}

/** Opens the quizzes of nights, and takes in how they went. */
export class Starting {
  readonly #parts: StartingParts;

  constructor(parts: StartingParts) {
    this.#parts = parts;
  }

  /** Opens the lobby, in the change that says so. @returns false while something stands in the way */
  async open(guildId: string, { id, startsAtMs, channelId, name }: CurrentNight): Promise<boolean> {
    const { book, quizzes, clock, log } = this.#parts;
    try {
      await book.nights.use(guildId, (slot, change) => {
        const next = slot.value && lobbyOpened(slot.value, id);
        if (!next || next === slot.value) return;
        const startsAt = startOf(startsAtMs, clock.now());
        quizzes.stageNight(change, { id, guildId, channelId }, { name, startsAt }, next.settings);
        slot.set(next);
      });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      log.info({ guildId, reason: error.message }, 'A quiz night cannot begin yet');
      await book.step(guildId, (night) => withCurrent(night, id, { hindrance: error.message }));
      return false;
    }
    await book.step(guildId, (night) => night);
    await quizzes.takeUp(id);
    return true;
  }

  /** @returns whether the quiz is over, and what it brought is stored */
  async watch(guildId: string, { id, date }: CurrentNight): Promise<boolean> {
    const { book, quizzes } = this.#parts;
    const found = await quizzes.look(id, (state) => ({
      phase: state.game.phase,
      points: rankedPoints(state),
    }));
    if (!found) {
      await book.finish(guildId, id, { kind: 'told' }, new Map());
      return true;
    }
    const { phase, points } = found;
    if (phase.name !== 'over' || !phase.told) {
      await quizzes.takeUp(id);
      return false;
    }
    if (phase.ending === 'unreachable') await this.#reportUnreachable(guildId, date, phase.reason ?? '');
    const kind = phase.ending === 'empty' ? 'nobody' : points.size > 0 ? 'season' : 'told';
    await book.finish(guildId, id, { kind }, points);
    return true;
  }

  /** The hour within which it could have begun is over. */
  async miss(guildId: string, { name }: Night, { id, date, hindrance }: CurrentNight): Promise<void> {
    const { book, log } = this.#parts;
    const reason = hindrance ?? wasAway;
    log.warn({ guildId, name, date, reason }, 'A quiz night did not take place');
    if (hindrance !== undefined)
      await book.step(guildId, (night) => failed(night, { date, reason, remedy: remedies.question }));
    await book.finish(guildId, id, { kind: 'missed', reason }, new Map());
  }

  async #reportUnreachable(guildId: string, date: string, reason: string): Promise<void> {
    await this.#parts.book.step(guildId, (night) =>
      failed(night, { date, reason, remedy: remedies.channel }),
    );
  }
}
