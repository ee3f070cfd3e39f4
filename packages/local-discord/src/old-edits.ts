import { errors } from './errors.js';

const limit = 3;
const perMs = 6_000;

/**
 * Edits of messages that are older than an hour: three in six seconds for each channel.
 * https://docs.discord.food/resources/message#edit-message
 */
export class OldEdits {
  readonly #windows = new Map<string, { used: number; endsAt: number }>();

  readonly enforced: boolean;
  readonly now: () => number;

  constructor(enforced: boolean, now: () => number) {
    this.enforced = enforced;
    this.now = now;
  }

  /** @throws ApiError 30046 when the channel's edits are used up */
  take(channelId: string): void {
    if (!this.enforced) return;
    const now = this.now();
    const window = this.#windows.get(channelId);
    if (!window || window.endsAt <= now) {
      this.#windows.set(channelId, { used: 1, endsAt: now + perMs });
      return;
    }
    if (window.used >= limit) throw errors.tooManyOldEdits(window.endsAt - now);
    window.used += 1;
  }
}
