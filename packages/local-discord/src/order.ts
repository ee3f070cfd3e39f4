import type { Gateway } from './gateway.js';
import type { HttpOptions } from './http.js';
import { seeded } from './random.js';

/** Long enough for an answer to be read before the events that it caused. */
const eventsLaterMs = 2;

/** Draws whether a request's answer comes before or after the events that it causes; without a seed they come first. */
export function orderOf(gateway: Gateway, seed: number | undefined): HttpOptions['inOrder'] {
  if (seed === undefined) return async (handle) => handle();
  const draw = seeded(seed);
  return async (handle, answer) => {
    if (draw() < 0.5) return handle();
    const release = gateway.delivery.hold();
    try {
      answer(await handle());
    } finally {
      setTimeout(release, eventsLaterMs);
    }
    return undefined;
  };
}
