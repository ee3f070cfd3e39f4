import type { Clock } from '../time/clock.js';

/** Of the three seconds that an interaction waits for its answer. */
const patienceMs = 1_000;
const lookEveryMs = 100;

/** Waits a moment until it is sure again whose the servers are. @returns false where it is not by then */
export function surely({ clock, isSure }: { readonly clock: Clock; isSure(): boolean }): Promise<boolean> {
  const untilMs = clock.now() + patienceMs;
  return new Promise((resolve) => {
    const look = (): void => {
      if (isSure()) resolve(true);
      else if (clock.now() >= untilMs) resolve(false);
      else clock.at(clock.now() + lookEveryMs, look);
    };
    look();
  });
}
