const most = 10_000;
const perMs = 10 * 60_000;

/** https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans */
export class InvalidRequests {
  #times: number[] = [];

  readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Those of the last ten minutes. */
  get count(): number {
    const since = this.now() - perMs;
    if ((this.#times[0] ?? since) < since) this.#times = this.#times.filter((at) => at >= since);
    return this.#times.length;
  }

  /** Whether the address is barred: every request is refused then, whatever it asks. */
  get barred(): boolean {
    return this.count >= most;
  }

  /** Notes an answer. @param scope of a 429; limits that a bot shares with others do not count */
  note(status: number, scope: string | undefined): void {
    if (status === 401 || status === 403 || (status === 429 && scope !== 'shared'))
      this.#times.push(this.now());
  }
}
