import { nobody } from '../asking/nobody.js';
import type { NightBook } from './book.js';
import type { NightPart } from './member-data.js';
import { seasonId } from './records.js';

/** Removes servers and members from quiz nights; and tells what is stored of a member. */
export class NightForgetting {
  readonly #book: NightBook;

  constructor(book: NightBook) {
    this.#book = book;
  }

  /** The night of a server, with its seasons and reminders. */
  async server(guildId: string): Promise<void> {
    const { nights, reminders, results } = this.#book;
    await nights.use(guildId, (slot, change) => {
      const ids = (slot.value?.seasons ?? []).map((season) => seasonId(guildId, season));
      for (const log of change.all(results, ids)) log.remove();
      change.at(reminders, guildId).remove();
      slot.remove();
    });
  }

  /** A member's results and reminder; a night that they set goes on, and nobody is told of its failures then. */
  async member(guildId: string, member: string): Promise<void> {
    const { results, reminders } = this.#book;
    const isOther = (one: string): boolean => one !== member;
    await reminders.use(guildId, (slot) => {
      const { members, sending } = slot.value ?? { members: [] };
      if (![...members, ...(sending?.members ?? [])].includes(member)) return;
      slot.set({
        members: members.filter(isOther),
        ...(sending && { sending: { ...sending, members: sending.members.filter(isOther) } }),
      });
    });
    const night = await this.#book.step(guildId, (old) =>
      old.setBy === member ? { ...old, setBy: nobody } : old,
    );
    for (const season of night?.seasons ?? [])
      await results.drop(seasonId(guildId, season), (row) => row.member === member);
  }

  /** A member's results by date, whether they asked for a reminder, and whether they set the night. */
  async export(guildId: string, member: string): Promise<NightPart | undefined> {
    const { nights, results, reminders } = this.#book;
    const night = await nights.get(guildId);
    const played: NightPart['nights'] = [];
    for (const season of night?.seasons ?? [])
      for await (const { date, member: who, points } of results.rows(seasonId(guildId, season)))
        if (who === member) played.push({ date, points });
    const { members = [], sending } = (await reminders.get(guildId)) ?? {};
    const isReminded = members.includes(member) || sending?.members.includes(member) === true;
    const setNight = night?.setBy === member;
    return played.length > 0 || isReminded || setNight ? { nights: played, isReminded, setNight } : undefined;
  }
}
