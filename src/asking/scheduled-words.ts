import { clip } from '../discord/components.js';

export const needsZone =
  'In which time zone? Give `timezone` the first time, for example `Europe/Berlin`; it is remembered.';
export const failedWhere = (link: string, reason: string): string =>
  `Channel: ${link}\nReason: ${clip(reason, 300)}`;
export const zoneReason = (zone: string): string =>
  `The machine that runs this bot no longer knows the time zone ${zone}`;
/** What helps where nobody in the server can do anything. */
export const waitingRemedies = {
  ours: 'The fault is on our side; please tell the bot’s operator.',
  passing: 'This may pass by itself.',
} as const;
