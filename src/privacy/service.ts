import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Route } from '../discord/route.js';
import type { Hidden } from '../people/hidden.js';
import type { Keeper } from '../people/keeper.js';
import { type PrivacyAsker, type PrivacyRoom, privacyRoutes } from './buttons.js';
import { exportCard, type NamedPlace, pendingCard, privacyFeature, showCard } from './cards.js';
import { Erasing, type ErasingParts } from './erasing.js';
import { collect, exportFile, linesOf, type PlaceData } from './export.js';
import type { OwnShards } from './lists.js';
import { direct, type ErasureRequest, type Place } from './records.js';
import * as words from './words.js';

export interface PrivacyParts extends ErasingParts {
  /** Everything that stores something of members. */
  readonly keepers: () => readonly Keeper[];
  readonly hidden: Hidden;
  /** A server's name, where it is known. */
  nameOf(guildId: string): string | undefined;
}

/** Shows members what is stored about them, hides them, and erases it. */
export class Privacy implements Keeper, PrivacyRoom {
  readonly name = privacyFeature;
  readonly routes: Readonly<Record<string, Route>>;
  readonly #parts: PrivacyParts;
  readonly #erasing: Erasing;

  constructor(parts: PrivacyParts) {
    this.#parts = parts;
    this.#erasing = new Erasing(parts);
    this.routes = privacyRoutes(this);
  }

  /** Takes up what members wished to have erased. Never rejects; nothing has to wait for it. */
  takeUp(shards: OwnShards): Promise<void> {
    return this.#erasing.start(shards);
  }

  stop(): Promise<void> {
    return this.#erasing.stop();
  }

  idle(): Promise<void> {
    return this.#erasing.idle();
  }

  /** Kinds and counts, in words. @param only one place instead of all of them, in direct messages */
  async show(asker: PrivacyAsker, only?: Place): Promise<Outgoing> {
    const choices = await this.places(asker);
    const found = await this.#collect(asker.member, choices, only);
    const keepers = this.#parts.keepers();
    return showCard({
      places: found.map(({ place, data }) => ({
        place,
        name: this.#nameOf(place),
        lines: linesOf(keepers, data),
      })),
      isEverywhere: asker.guildId === null,
      choices: asker.guildId === null ? choices : [],
      pending: await this.#pending(asker.member),
    });
  }

  /** All of it, as a file. @param only one place instead of all of them, in direct messages */
  async export(asker: PrivacyAsker, only?: Place): Promise<Outgoing> {
    const choices = await this.places(asker);
    const found = await this.#collect(asker.member, choices, only);
    const wishes = await this.#erasing.pending(asker.member);
    const file = exportFile(asker.member, found, wishes, this.#parts.clock.now());
    return exportCard(Buffer.from(file), found.length, asker.guildId === null ? choices : []);
  }

  /** Takes a member off what everybody sees, or brings them back: in a server, or in all of theirs. */
  async hide({ member, guildId }: PrivacyAsker, isHidden: boolean): Promise<Outgoing> {
    const { hidden, presence } = this.#parts;
    if (guildId !== null) {
      if (isHidden) await presence.note(guildId, member);
      await hidden.set(guildId, member, isHidden);
      return plain(isHidden ? words.hiddenWords.here : words.hiddenWords.shown);
    }
    const servers = await this.#serversOf(member);
    if (servers.length === 0) throw new UserError(words.hiddenWords.nowhere);
    for (const server of servers) await hidden.set(server, member, isHidden);
    return plain(words.hiddenWords[isHidden ? 'everywhere' : 'shownEverywhere'](servers.length));
  }

  /** Those wishes of a member that cover a place already; undefined where there is none. */
  async pendingFor(member: string, place: Place | undefined): Promise<Outgoing | undefined> {
    const pending = await this.#pending(member);
    const covering = pending.filter((one) => one.place === undefined || one.place === place);
    return covering.length > 0 ? pendingCard(covering) : undefined;
  }

  /** @param place absent: everywhere */
  async erase(id: string, member: string, place: Place | undefined, atMs: number): Promise<Outgoing> {
    const request = await this.#erasing.ask(id, member, place, atMs);
    return pendingCard([this.#named(request)]);
  }

  /** @throws {UserError} when there is nothing to call off */
  async keep(id: string, member: string, atMs: number): Promise<Outgoing> {
    if (!(await this.#erasing.keep(id, member, atMs))) throw new UserError(words.nothingToKeep);
    return plain(words.keptWords);
  }

  /** Where something of them may be, as far as they can ask for it from where they are. */
  async places({ member, guildId }: PrivacyAsker): Promise<NamedPlace[]> {
    const places = guildId !== null ? [guildId] : [direct, ...(await this.#serversOf(member))];
    return places.map((place) => ({ place, name: this.#nameOf(place) }));
  }

  async #serversOf(member: string): Promise<string[]> {
    const { presence, servers, stock } = this.#parts;
    const all = await servers();
    await stock.of(all);
    return presence.serversOf(member, all);
  }

  async #collect(member: string, choices: readonly NamedPlace[], only?: Place): Promise<PlaceData[]> {
    const found: PlaceData[] = [];
    for (const { place } of choices.filter((one) => only === undefined || one.place === only)) {
      const data = await collect(this.#parts.keepers(), member, place);
      if (Object.keys(data).length === 0) continue;
      const name = place === direct ? undefined : this.#parts.nameOf(place);
      found.push({ place, ...(name !== undefined && { name }), data });
    }
    return found;
  }

  async #pending(member: string) {
    return (await this.#erasing.pending(member)).map((request) => this.#named(request));
  }

  #named(request: ErasureRequest) {
    const { place } = request;
    return { ...request, ...(place !== undefined && { name: this.#nameOf(place) }) };
  }

  #nameOf(place: Place): string {
    return place === direct ? words.directName : (this.#parts.nameOf(place) ?? words.unknownServer(place));
  }
}
