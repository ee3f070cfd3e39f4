import { type CountedTopic, counted, packsOf, positionsIn } from './counted.js';
import { nearest } from './nearest.js';
import { type Filter, kinds, type Pack, type Question, type Topic } from './question.js';
import { choicesOf, namedLike, type TopicChoice } from './search.js';

interface Pool {
  readonly questions: readonly Question[];
  readonly positions: Uint32Array;
}

const emptyPool: Pool = { questions: [], positions: new Uint32Array() };

/** The questions that were loaded. They change only when others are {@link replaceBy put in their place}, all at once. */
export class Bank {
  #all: readonly Question[];
  #topics: readonly CountedTopic[];
  #packs: readonly Pack[];
  #positions: ReadonlyMap<string, number>;
  /** By topic, and by pack. */
  #ofTopic: ReadonlyMap<string, readonly number[]>;
  #byDefault: readonly number[];
  /** By filter; there are only as many as levels, topics and sets of kinds make. */
  #pools = new Map<string, Pool>();
  /** By id and revision: what was replaced, for cards on which it is open. */
  readonly #retired = new Map<string, Question>();

  /** @param packs those that are left out are asked by default, under their own id */
  constructor(topics: readonly Topic[], questions: readonly Question[], packs: readonly Pack[] = []) {
    this.#all = questions;
    this.#packs = packsOf(topics, packs);
    this.#positions = new Map(questions.map(({ id }, position) => [id, position]));
    const ofTopic = new Map<string, number[]>(topics.map(({ id }) => [id, []]));
    questions.forEach(({ topic }, position) => {
      ofTopic.get(topic)?.push(position);
    });
    for (const { id } of this.#packs) ofTopic.set(id, positionsIn(questions, new Set([id])));
    this.#ofTopic = ofTopic;
    this.#byDefault = positionsIn(
      questions,
      new Set(this.#packs.filter((pack) => pack.askedByDefault).map(({ id }) => id)),
    );
    this.#topics = topics.map((topic) => counted(topic, this.pool({ topic: topic.id })));
  }

  get all(): readonly Question[] {
    return this.#all;
  }

  get topics(): readonly CountedTopic[] {
    return this.#topics;
  }

  get packs(): readonly Pack[] {
    return this.#packs;
  }

  /** @param rev where it was asked before: that revision, if this process has ever had it, so that it can be finished */
  get(id: string, rev?: string): Question | undefined {
    const current = this.all[this.#positions.get(id) ?? -1];
    if (rev === undefined || current?.rev === rev) return current;
    return this.#retired.get(`${id} ${rev}`) ?? current;
  }

  /** Takes the place of all questions, topics and packs by those of another bank, which is not used any more then. */
  replaceBy(other: Bank): void {
    for (const question of this.#all) {
      const next = other.get(question.id);
      if (next?.rev !== question.rev) this.#retired.set(`${question.id} ${question.rev}`, question);
    }
    this.#all = other.#all;
    this.#topics = other.#topics;
    this.#packs = other.#packs;
    this.#positions = other.#positions;
    this.#ofTopic = other.#ofTopic;
    this.#byDefault = other.#byDefault;
    this.#pools = other.#pools;
  }

  topic(id: string): CountedTopic | undefined {
    return this.topics.find((topic) => topic.id === id);
  }

  /** What a topic or a pack is called where there is little room. */
  shortOf(id: string): string {
    return this.topic(id)?.short ?? this.titleOf(id);
  }

  /** The title of a topic or a pack, as a filter names it; its id where it has left the bank. */
  titleOf(id: string): string {
    return this.topic(id)?.title ?? this.packs.find((pack) => pack.id === id)?.title ?? id;
  }

  /** The id of a topic or a pack, given by its id or title in any letters; undefined where there is none. */
  named(text: string): string | undefined {
    const wanted = text.trim().toLowerCase();
    return [...this.topics, ...this.packs].find(({ id, title }) => [id, title.toLowerCase()].includes(wanted))
      ?.id;
  }

  /** Where a question stands in `all`. */
  position(id: string): number | undefined {
    return this.#positions.get(id);
  }

  /** The questions that a filter admits, in the bank's order. */
  pool(filter: Filter): readonly Question[] {
    return this.#pool(filter).questions;
  }

  /** The same as positions in `all`. */
  positions(filter: Filter): Uint32Array {
    return this.#pool(filter).positions;
  }

  #pool({ level, topic, kinds: some, short = false }: Filter): Pool {
    const wanted = some === undefined ? undefined : kinds.filter((kind) => some.includes(kind));
    const key = `${level ?? ''}/${topic ?? ''}/${wanted?.join() ?? ''}${wanted ? '/' : ''}${short ? 's' : ''}`;
    const known = this.#pools.get(key);
    if (known) return known;
    const among = topic === undefined ? this.#byDefault : this.#ofTopic.get(topic);
    // A topic that is not there is somebody's typing, of which there is no end.
    if (among === undefined) return emptyPool;
    const admits = admittedBy({ level, kinds: wanted, short });
    const positions = Uint32Array.from(among.filter((position) => admits(this.all[position])));
    const pool = {
      positions,
      questions: [...positions].map((position) => this.all[position]).filter(admits),
    };
    this.#pools.set(key, pool);
    return pool;
  }

  /**
   * Topics and packs for what somebody has typed so far: those that start so first, then those that contain it.
   * @param asked what else is asked for: what has no such question is left out
   */
  suggestTopics(
    text: string,
    asked?: Omit<Filter, 'topic'>,
    { withPacks = true }: { readonly withPacks?: boolean } = {},
  ): TopicChoice[] {
    const packs = withPacks && this.packs.length > 1 ? this.packs : [];
    const named = packs.map((pack) => ({ ...pack, title: `All of ${pack.title}` }));
    const admits = asked && admittedBy(asked);
    const some = [...named, ...this.topics].filter(
      ({ id }) => !admits || this.#ofTopic.get(id)?.some((position) => admits(this.all[position])),
    );
    return choicesOf(namedLike(some, text));
  }

  /** At most three topics that may have been meant, the likeliest first. */
  closestTopics(text: string): CountedTopic[] {
    const found = text.trim() === '' ? [] : this.#matching(text);
    if (found.length > 0) return found.slice(0, 3);
    const names = this.topics.flatMap(({ id, title }) => [id, title]);
    const near = nearest(text.trim(), names, 1 + text.length / 3);
    return this.topics.filter(({ id, title }) => id === near || title === near);
  }

  #matching(text: string): CountedTopic[] {
    return namedLike(this.topics, text);
  }
}

const admittedBy =
  ({ level, kinds: some, short = false }: Omit<Filter, 'topic'>) =>
  (question: Question | undefined): question is Question =>
    question !== undefined &&
    (level === undefined || question.level === level) &&
    (some === undefined || some.includes(question.kind)) &&
    !(short && 'form' in question && question.form !== undefined);
