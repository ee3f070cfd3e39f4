/** From here on, to announce everybody's answer would take as long as to give it. */
const many = 1_000;
/** Answers are being given as long as there was one in so much time. */
const movingMs = 250;

/** Whether so many interactions are under way that their answers come later only because there are so many. */
export class Rush {
  #underWay = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;

  began(): void {
    this.#underWay += 1;
  }

  /** One was dealt with at `now` (ms). */
  ended(now: number): void {
    this.#underWay -= 1;
    this.#answeredAt = now;
  }

  /** False also for many of which none gets on, as when the database stands still: those wait for something else. */
  isOn(now: number): boolean {
    return this.#underWay > many && now - this.#answeredAt <= movingMs;
  }
}
