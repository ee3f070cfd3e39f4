import { autoModReason, noQuestionReason } from './words.js';

/** No question fits the schedule's level and topic: trying again today does not help. */
export class NoQuestionError extends Error {
  override readonly name = 'NoQuestionError';

  constructor() {
    super(noQuestionReason);
  }
}

/** All questions that fit are open elsewhere in the server just now. */
export class AllOpenError extends Error {
  override readonly name = 'AllOpenError';

  constructor() {
    super('Every question that fits is open in this server');
  }
}

/** AutoMod blocks one question after the other. */
export class AutoModError extends Error {
  override readonly name = 'AutoModError';

  constructor() {
    super(autoModReason);
  }
}
