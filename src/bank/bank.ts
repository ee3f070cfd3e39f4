import type { Filter, Question, Topic } from './question.js';

/** The questions that were loaded; it never changes. */
export class Bank {
  readonly all: readonly Question[];
  readonly topics: readonly Topic[];
  readonly #byId: ReadonlyMap<string, Question>;

  constructor(topics: readonly Topic[], questions: readonly Question[]) {
    this.topics = topics;
    this.all = questions;
    this.#byId = new Map(questions.map((question) => [question.id, question]));
  }

  get(id: string): Question | undefined {
    return this.#byId.get(id);
  }

  pool(filter: Filter): readonly Question[] {
    return this.all.filter(
      ({ level, topic, kind }) =>
        (filter.level === undefined || filter.level === level) &&
        (filter.topic === undefined || filter.topic === topic) &&
        (filter.kinds === undefined || filter.kinds.includes(kind)),
    );
  }
}
