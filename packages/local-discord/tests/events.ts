import { type Client, Events } from 'discord.js';

export interface GatewayEvent {
  readonly t: string;
  // biome-ignore lint/suspicious/noExplicitAny: events have many shapes, and each test knows the one it looks at.
  readonly d: any;
}

/** Every event that the bot gets from now on, as it comes over the gateway. */
export function eventsOf(client: Client): {
  readonly all: GatewayEvent[];
  next(t: string): Promise<GatewayEvent>;
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
    next: (t) =>
      new Promise((resolve) => {
        const wake = (event: GatewayEvent): void => {
          if (event.t !== t) return;
          waiting.delete(wake);
          resolve(event);
        };
        waiting.add(wake);
      }),
  };
}
