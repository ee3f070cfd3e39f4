import type { Logger } from 'pino';
import type { Outgoing } from './outgoing.js';

/** The message as it should be now; undefined when there is nothing to change any more. */
export type Render = () => Outgoing | undefined | Promise<Outgoing | undefined>;

/** A card foretells its times before it stands, so they may differ a little; whoever moves one by more edits the card. */
const timeless = ({ components }: Outgoing): string =>
  JSON.stringify(components).replaceAll(/<t:\d+/g, '<t:');

/** Whether a message that was sent is another one by now. @param sent undefined where it is not known what it shows */
export async function isStale(sent: Outgoing | undefined, render: Render, log: Logger): Promise<boolean> {
  if (!sent) return true;
  try {
    const now = await render();
    return now !== undefined && timeless(now) !== timeless(sent);
  } catch (error) {
    log.debug({ err: error }, 'Whether a message is up to date is not known: it is edited');
    return true;
  }
}
