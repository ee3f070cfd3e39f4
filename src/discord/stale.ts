import type { Logger } from 'pino';
import type { Outgoing } from './outgoing.js';

/** The message as it should be now; undefined when there is nothing to change any more. */
export type Render = () => Outgoing | undefined | Promise<Outgoing | undefined>;

/** A card foretells its times before it stands; so much later than foretold is not worth an edit. */
const slackSeconds = 2;

/** What it says beside its times, and these, in seconds. */
function read({ components }: Outgoing): { readonly text: string; readonly times: readonly number[] } {
  const json = JSON.stringify(components);
  const times = [...json.matchAll(/<t:(\d+)/g)].map(([, seconds]) => Number(seconds));
  return { text: json.replaceAll(/<t:\d+/g, '<t:'), times };
}

/** Whether a message that was sent is another one by now. */
export async function isStale(sent: Outgoing, render: Render, log: Logger): Promise<boolean> {
  try {
    const now = await render();
    if (!now) return false;
    const [before, after] = [read(sent), read(now)];
    const isOff = (seconds: number, at: number): boolean =>
      Math.abs(seconds - (after.times[at] ?? 0)) > slackSeconds;
    return before.text !== after.text || before.times.some(isOff);
  } catch (error) {
    log.debug({ err: error }, 'Whether a message is up to date is not known: it is edited');
    return true;
  }
}
