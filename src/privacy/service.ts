import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Messenger, Outgoing } from '../discord/outgoing.js';
import type { Route } from '../discord/route.js';
import type { Shards } from '../discord/shards.js';
import type { Hidden } from '../people/hidden.js';
import type { Keeper } from '../people/keeper.js';
import { type PrivacyAsker, type PrivacyRoom, privacyRoutes } from './buttons.js';
import {
  exportCard,
  type NamedPlace,
  type NamedWish,
  pendingCard,
  privacyFeature,
  showCard,
} from './cards.js';
import { collect, exportFile, linesOf, packed } from './export.js';
import { direct, type PlaceData, type Wish, type WishPlace } from './records.js';
import { TellingErased } from './telling.js';
import { Wishes, type WishesParts } from './wishes.js';
import * as words from './words.js';

export interface PrivacyParts extends Omit<WishesParts, 'tell' | 'hide' | 'tellErased'> {
  readonly messenger: Pick<Messenger, 'sendDirect'>;
  /** Everything that stores something of members. */
  readonly keepers: () => readonly Keeper[];
  readonly hidden: Hidden;
  /** The servers of all processes. */
  allServers(): Promise<readonly string[]>;
  /** A server's name, where it is known. */
  nameOf(guildId: string): string | undefined;
}

interface Found {
  readonly data: readonly PlaceData[];
  readonly isWhole: boolean;
}

/** Shows members what is stored about them, hides them, and erases it. */
export class Privacy implements Keeper, PrivacyRoom {
  readonly name = privacyFeature;
  readonly routes: Readonly<Record<string, Route>>;
  readonly #parts: PrivacyParts;
  readonly #wishes: Wishes;
  /** Members for whom something is being gathered, which can mean to read much. */
  readonly #gathering = new Set<string>();

  constructor(parts: PrivacyParts) {
    this.#parts = parts;
    const { hidden } = parts;
    const telling = new TellingErased(parts);
    this.#wishes = new Wishes({
      ...parts,
      tellErased: (wish) => telling.of(wish),
      tell: (member, places) => this.#tell(member, places),
      async hide(member, guildIds, isHidden) {
        for (const guildId of guildIds) await hidden.set(guildId, member, isHidden);
      },
    });
    this.routes = privacyRoutes(this);
  }

  /** Takes up what members wished to have done. Never rejects; nothing has to wait for it. */
  takeUp(shards: Shards): Promise<void> {
    return this.#wishes.start(shards);
  }

  stop(): Promise<void> {
    return this.#wishes.stop();
  }

  idle(): Promise<void> {
    return this.#wishes.idle();
  }

  /** Kinds and counts, in words. @param only one place instead of all of them, in direct messages */
  async show(asker: PrivacyAsker, only?: WishPlace): Promise<Outgoing> {
    const { data, isWhole } = await this.#found(asker);
    const keepers = this.#parts.keepers();
    const shown = data.filter(({ place }) => only === undefined || place === only);
    const isEverywhere = asker.guildId === null;
    return showCard({
      places: shown.map((one) => ({ ...this.#namedPlace(one), lines: linesOf(keepers, one.data) })),
      isEverywhere,
      choices: isEverywhere ? data.map((one) => this.#namedPlace(one)) : [],
      pending: await this.#pending(asker.member),
      isWhole,
    });
  }

  /** All of it, as a file. @param only one place instead of all of them, in direct messages */
  async export(asker: PrivacyAsker, only?: WishPlace): Promise<Outgoing> {
    const { data, isWhole } = await this.#found(asker);
    const places = data.filter(({ place }) => only === undefined || place === only);
    const erasures = await this.#wishes.pending(asker.member);
    const file = exportFile(asker.member, places, erasures, this.#parts.clock.now());
    const choices = asker.guildId === null ? data.map((one) => this.#namedPlace(one)) : [];
    return exportCard(packed(file), places.length, choices, isWhole);
  }

  /** Takes a member off what everybody sees, or brings them back: in a server, or in all of theirs. */
  async hide({ id, member, guildId, atMs }: PrivacyAsker, isHidden: boolean): Promise<Outgoing> {
    const { hidden, presence } = this.#parts;
    if (guildId !== null) {
      if (isHidden) await presence.note(guildId, member);
      await hidden.set(guildId, member, isHidden);
      return plain(isHidden ? words.hiddenWords.here : words.hiddenWords.shown);
    }
    const servers = await this.#serversOf(member);
    if (servers.length === 0) throw new UserError(words.hiddenWords.nowhere);
    if (this.#wishes.isAlone) for (const server of servers) await hidden.set(server, member, isHidden);
    else await this.#wishes.ask({ id, member, kind: isHidden ? 'hide' : 'unhide', askedAt: atMs });
    return plain(words.hiddenWords[isHidden ? 'everywhere' : 'shownEverywhere'](servers.length));
  }

  /** Those erasures of a member that cover a place already; undefined where there is none. */
  async pendingFor(member: string, place: WishPlace | undefined): Promise<Outgoing | undefined> {
    const pending = await this.#pending(member);
    const covering = pending.filter((one) => one.place === undefined || one.place === place);
    return covering.length > 0 ? pendingCard(covering) : undefined;
  }

  /** @param place absent: everywhere */
  async erase({ id, member, atMs }: PrivacyAsker, place: WishPlace | undefined): Promise<Outgoing> {
    const asked = { id, member, ...(place !== undefined && { place }), askedAt: atMs };
    return pendingCard([this.#named(await this.#wishes.ask({ ...asked, kind: 'erase' }))]);
  }

  /** @throws {UserError} when there is nothing to call off */
  async keep(wish: string, { member, atMs }: PrivacyAsker): Promise<Outgoing> {
    if (!(await this.#wishes.keep(wish, member, atMs))) throw new UserError(words.nothingToKeep);
    return plain(words.keptWords);
  }

  /** Where something of them may be, as far as they can ask for it from where they are. */
  async places({ member, guildId }: PrivacyAsker): Promise<NamedPlace[]> {
    const places = guildId !== null ? [guildId] : [direct, ...(await this.#serversOf(member))];
    return places.map((place) => this.#namedPlace({ place }));
  }

  async #serversOf(member: string): Promise<string[]> {
    const { presence, allServers, servers, stock } = this.#parts;
    await stock.of(await servers());
    return presence.serversOf(member, await allServers());
  }

  /** @throws {UserError} while that is being gathered for them already */
  async #found(asker: PrivacyAsker): Promise<Found> {
    const { member } = asker;
    if (this.#gathering.has(member)) throw new UserError(words.oneMoment);
    this.#gathering.add(member);
    try {
      return await this.#gather(asker);
    } finally {
      this.#gathering.delete(member);
    }
  }

  /** What is stored in the server where it is asked, or everywhere, which other processes may have to be asked for. */
  async #gather({ id, member, guildId, atMs }: PrivacyAsker): Promise<Found> {
    if (guildId !== null) return { data: await this.#tell(member, [guildId]), isWhole: true };
    if (this.#wishes.isAlone) {
      const places = [direct, ...(await this.#serversOf(member))];
      return { data: await this.#tell(member, places), isWhole: true };
    }
    return this.#wishes.answers(await this.#wishes.ask({ id, member, kind: 'tell', askedAt: atMs }));
  }

  async #tell(member: string, places: readonly WishPlace[]): Promise<PlaceData[]> {
    const told: PlaceData[] = [];
    for (const place of places) {
      const data = await collect(this.#parts.keepers(), member, place);
      if (Object.keys(data).length === 0) continue;
      const name = place === direct ? undefined : this.#parts.nameOf(place);
      told.push({ place, ...(name !== undefined && { name }), data });
    }
    return told;
  }

  async #pending(member: string): Promise<NamedWish[]> {
    return (await this.#wishes.pending(member)).map((wish) => this.#named(wish));
  }

  #named(wish: Wish): NamedWish {
    const { place } = wish;
    return place === undefined ? wish : { ...wish, name: this.#namedPlace({ place }).name };
  }

  #namedPlace({ place, name = this.#parts.nameOf(place) }: Pick<PlaceData, 'place' | 'name'>): NamedPlace {
    return { place, name: place === direct ? words.directName : (name ?? words.unknownServer(place)) };
  }
}
