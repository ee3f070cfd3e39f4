import { mention } from './words.js';

export const heading = (number: number, page: number, pages: number): string =>
  `### Your sheet for question ${number} · page ${page} of ${pages}\n-# Only you see this.`;
export const guide = (candidate: string): string =>
  `Read the pages, then press **Ask** on the card above: everybody sees the question, and the time of ${mention(candidate)} starts. Listen first. If they are stuck, **Hint**; if they are done early, **Follow-up**.`;
export const pages = {
  points: 'Key points a strong answer names',
  hints: 'Hints, from gentle to nearly telling',
  followUps: 'Follow-ups, from the basics to an incident',
  flags: 'Red flags',
  model: 'Model answer',
} as const;
export const pointLine = (point: string, weight: number): string =>
  weight > 1 ? `${point} (weighs ${weight})` : point;
export const noFlags = 'None are written down for this question.';
export const shownMark = ' ✓';
export const awayLabel = 'Candidate is away';
export const notForYou = (interviewer: string): string =>
  `The sheet is for the interviewer ${mention(interviewer)} alone.`;
export const askedWords = {
  done: 'Asked. The time starts when the question stands in the channel.',
  already: 'It has been asked already.',
  notYours: (interviewer: string): string => `Only the interviewer ${mention(interviewer)} asks.`,
} as const;
export const helpWords = {
  hint: 'Shown to all.',
  followUp: 'Asked.',
  hintThere: 'Everybody sees this hint already. **Hint** shows the next one.',
  followUpThere: 'This follow-up has been asked already. **Follow-up** asks the next one.',
  noHint: 'There are no more hints.',
  noFollowUp: 'There are no more follow-ups.',
} as const;
export const awayWords = 'Noted. The roles turn, with a new question.';
export const timeUpWords = {
  timeUp: 'The time is up. Now the feedback.',
  ratingsUp: 'The time is up. Here are the results.',
} as const;
export const nextWords = 'On we go.';
