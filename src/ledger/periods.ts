export const periods = ['all', 'month', 'week'] as const;
export type Period = (typeof periods)[number];

/** A stretch of time, in milliseconds since the epoch; the end is not part of it. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

export const always: Span = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

export const within = ({ startMs, endMs }: Span, atMs: number): boolean => startMs <= atMs && atMs < endMs;
