import { nobody } from '../asking/nobody.js';
import type { Memory } from '../store/held.js';
import type { DailyBook } from './book.js';
import type { DailyPart } from './member-data.js';
import { postId, type Week, weekWithout } from './records.js';

/** Removes servers and members from daily questions; and tells what is stored of a member. */
export class DailyForgetting {
  readonly #memory: Memory;
  readonly #book: DailyBook;

  constructor(memory: Memory, book: DailyBook) {
    this.#memory = memory;
    this.#book = book;
  }

  /** The schedule of a server, its posts and their answers. */
  async server(guildId: string): Promise<void> {
    const { list, posts, given, schedules } = this.#book;
    for await (const dates of list.segments(guildId)) {
      const ids = dates.map((date) => postId(guildId, date));
      await this.#memory.use((change) => {
        for (const post of change.all(posts, ids)) post.remove();
        for (const log of change.all(given, ids)) log.remove();
      });
    }
    await schedules.use(guildId, (slot, change) => {
      slot.remove();
      change.at(list, guildId).remove();
    });
  }

  /** A member's answers; a schedule that they set runs on, and nobody is told of its failures then. */
  async member(guildId: string, member: string): Promise<void> {
    const { list, given, posts } = this.#book;
    await this.#book.setSchedule(guildId, (old) =>
      old?.setBy === member ? { ...old, setBy: nobody } : undefined,
    );
    for await (const date of list.rows(guildId)) {
      const id = postId(guildId, date);
      await posts.use(id, (slot) => {
        const week = slot.value?.week;
        if (slot.value && week && isNamed(week, member))
          slot.set({ ...slot.value, week: weekWithout(week, new Set([member])) });
      });
      if (await given.use(id, ({ index }) => index.has(member)))
        await given.drop(id, (row) => row.member === member);
    }
  }

  /** A member's answers, by date, and whether they set the schedule; undefined where there is nothing. */
  async export(guildId: string, member: string): Promise<DailyPart | undefined> {
    const { list, given, schedules } = this.#book;
    const answers: DailyPart['answers'] = [];
    for await (const date of list.rows(guildId)) {
      const row = await given.use(postId(guildId, date), ({ index }) => index.get(member));
      if (row) {
        const { member: _, ...answer } = row;
        answers.push({ date, ...answer });
      }
    }
    const setSchedule = (await schedules.get(guildId))?.setBy === member;
    return answers.length > 0 || setSchedule ? { answers, setSchedule } : undefined;
  }

  /** Who set the schedule, and who has answered. */
  async *people(guildId: string): AsyncGenerator<string> {
    const { list, given, schedules } = this.#book;
    const schedule = await schedules.get(guildId);
    if (schedule) yield schedule.setBy;
    for await (const date of list.rows(guildId))
      yield* await given.use(postId(guildId, date), ({ index }) => [...index.keys()]);
  }
}

const isNamed = ({ winners, improved }: Week, member: string): boolean =>
  winners.includes(member) || improved?.member === member;
