import { count } from '../discord/components.js';

export const reviewTitle = 'Review';
export const oneTitle = 'One of your hardest';
export const fromQuizTitle = 'What you missed in the quiz';

export const emptyDeck =
  'Nothing to review yet. What you get wrong in a quiz, a daily question or on a card of `/question any` comes back here when it is due.';
export const emptyDeckDirect =
  'Nothing to review yet. What you get wrong here, in direct messages, comes back here when it is due; what you missed in a server comes back in that server.';
export const noneDueOf = (title: string): string => `Nothing of ${title} is due today.`;
/** @param next the next day with something due, e.g. `tomorrow` */
export const noneDue = (next: string | undefined): string =>
  `Nothing is due today.${next ? ` The next cards come ${next}.` : ''}`;
export const shareDone = (waiting: number): string =>
  `You have done today’s share. ${count(waiting, 'more card', 'more cards')} wait${waiting === 1 ? 's' : ''} for the days to come.`;
export const nothingMissed = 'You missed nothing in this quiz.';
export const cardGone = 'This card is no longer in your deck.';
export const topicDue = (title: string, due: number): string => `${title} (${due} due)`;
