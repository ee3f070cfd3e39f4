import { minuteMs, secondMs } from '../time/spans.js';

/** Servers at once whose schedules are looked after. Discord takes about 50 messages a second of a bot. */
export const serversAtOnce = 25;
/** A timer may fire a moment before its time. */
export const earlyMs = secondMs;
/** Waits before what could not be posted is tried again. */
export const postDelaysMs = [1, 5, 15, 60].map((minutes) => minutes * minuteMs);
/** Waits before a card that stands is brought up to date again. */
export const showDelaysMs = [3, 10, 30, 60, 300, 900, 3_600].map((seconds) => seconds * secondMs);
export const storeDelaysMs = [3 * secondMs];
/** Failures in a row before who set the schedule is told: some minutes for what they can mend, longer for outages. */
export const reportAfter = { unreachable: 3, other: 5 } as const;
