import { nearest } from './nearest.js';
import { type Filter, type Kind, kinds, type Level, levels, type Question, type Topic } from './question.js';

/** A topic with the number of its questions. */
export interface CountedTopic extends Topic {
  readonly questions: number;
  readonly levels: Readonly<Record<Level, number>>;
  readonly kinds: Readonly<Record<Kind, number>>;
}

/** A choice of Discord's autocomplete: at most 100 characters each. */
export interface TopicChoice {
  readonly name: string;
  readonly value: string;
}

const mostChoices = 25;
const longestChoice = 100;

interface Pool {
  readonly questions: readonly Question[];
  readonly positions: Uint32Array;
}

const emptyPool: Pool = { questions: [], positions: new Uint32Array() };

/** The questions that were loaded; it never changes. */
export class Bank {
  readonly all: readonly Question[];
  readonly topics: readonly CountedTopic[];
  readonly #positions: ReadonlyMap<string, number>;
  readonly #ofTopic: ReadonlyMap<string, readonly number[]>;
  /** By filter; there are only as many as levels, topics and sets of kinds make. */
  readonly #pools = new Map<string, Pool>();

  constructor(topics: readonly Topic[], questions: readonly Question[]) {
    this.all = questions;
    this.#positions = new Map(questions.map(({ id }, position) => [id, position]));
    const ofTopic = new Map<string, number[]>(topics.map(({ id }) => [id, []]));
    questions.forEach(({ topic }, position) => {
      ofTopic.get(topic)?.push(position);
    });
    this.#ofTopic = ofTopic;
    this.topics = topics.map((topic) => counted(topic, this.pool({ topic: topic.id })));
  }

  get(id: string): Question | undefined {
    return this.all[this.#positions.get(id) ?? -1];
  }

  topic(id: string): CountedTopic | undefined {
    return this.topics.find((topic) => topic.id === id);
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
    const among = topic === undefined ? [...this.all.keys()] : this.#ofTopic.get(topic);
    // A topic that is not there is somebody's typing, of which there is no end.
    if (among === undefined) return emptyPool;
    const admits = (question: Question | undefined): question is Question =>
      question !== undefined &&
      (level === undefined || question.level === level) &&
      (wanted === undefined || wanted.includes(question.kind)) &&
      !(short && 'form' in question && question.form !== undefined);
    const positions = Uint32Array.from(among.filter((position) => admits(this.all[position])));
    const pool = {
      positions,
      questions: [...positions].map((position) => this.all[position]).filter(admits),
    };
    this.#pools.set(key, pool);
    return pool;
  }

  /** Topics for what somebody has typed so far: those that start so first, then those that contain it. */
  suggestTopics(text: string): TopicChoice[] {
    return this.#matching(text)
      .slice(0, mostChoices)
      .map(({ id, title, description }) => ({ name: clip(`${title}: ${description}`), value: id }));
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
    const typed = text.trim().toLowerCase();
    return this.topics
      .map((topic) => ({ topic, rank: rankOf(topic, typed) }))
      .filter(({ rank }) => rank < 3)
      .sort((a, b) => a.rank - b.rank)
      .map(({ topic }) => topic);
  }
}

/** 0: starts with what was typed; 1: a word in it does; 2: contains it; 3: does not. */
function rankOf({ id, title }: Topic, typed: string): number {
  const names = [id, title.toLowerCase()];
  if (names.some((name) => name.startsWith(typed))) return 0;
  if (names.some((name) => name.split(/[^\p{L}\p{N}_]+/u).some((word) => word.startsWith(typed)))) return 1;
  return names.some((name) => name.includes(typed)) ? 2 : 3;
}

const clip = (text: string): string =>
  text.length <= longestChoice ? text : `${text.slice(0, longestChoice - 1).trimEnd()}…`;

function counted(topic: Topic, questions: readonly Question[]): CountedTopic {
  return {
    ...topic,
    questions: questions.length,
    levels: tally(levels, questions, ({ level }) => level),
    kinds: tally(kinds, questions, ({ kind }) => kind),
  };
}

function tally<K extends string>(
  keys: readonly K[],
  questions: readonly Question[],
  keyOf: (question: Question) => K,
): Record<K, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const question of questions) counts[keyOf(question)] += 1;
  return counts;
}
