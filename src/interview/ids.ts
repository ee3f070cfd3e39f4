import { customId } from '../discord/custom-id.js';

/** First part of the custom ids. */
export const interviewFeature = 'interview';

export const interviewId = (action: string, ...args: readonly (string | number)[]): string =>
  customId(interviewFeature, action, ...args);
