/** Spans of time in milliseconds. A local day may be longer or shorter: see `calendar.ts`. */
export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Minutes of a day whose clocks do not change. */
export const dayMinutes = dayMs / minuteMs;
