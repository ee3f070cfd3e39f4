import { type Client, Events } from 'discord.js';

export interface GatewayEvent {
  readonly t: string;
  // biome-ignore lint/suspicious/noExplicitAny: events have many shapes, and each test knows the one it looks at.
  readonly d: any;
}

/** Every event that the bot gets from now on, as it comes over the gateway. */
export function eventsOf(client: Client): {
  readonly all: GatewayEvent[];
  /** The next one of this name that fits: under a seed, one that was caused before may still come. */
  next(t: string, fits?: (event: GatewayEvent) => boolean): Promise<GatewayEvent>;
} {
  const all: GatewayEvent[] = [];
  const waiting = new Set<(event: GatewayEvent) => void>();
  client.on(Events.Raw, (raw: GatewayEvent) => {
    // The library changes what it is given.
    const event = structuredClone(raw);
    all.push(event);
    for (const wake of [...waiting]) wake(event);
  });
  return {
    all,
    next: (t, fits = () => true) =>
      new Promise((resolve) => {
        const wake = (event: GatewayEvent): void => {
          if (event.t !== t || !fits(event)) return;
          waiting.delete(wake);
          resolve(event);
        };
        waiting.add(wake);
      }),
  };
}
