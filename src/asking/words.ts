/** The same everywhere. */
export const rightWord = '✅ **Right.**';
export const wrongWord = '❌ **Not this time.**';

export const choiceSoFar = '**Your choice so far**';
export const orderSoFar = '**Your order so far:** press the letters in the right order.';
export const submitLabel = 'Submit';
export const chooseLabel = 'Choose…';
export const orderLabel = 'Put in order…';
export const chooseFirst = 'Choose at least one option first.';
export const orderFirst = 'Put all of them in order first.';
export const noSuchOption = 'That is not one of the options of this question.';
export const notForThis = 'That does not answer this question. Press one of the buttons on its card.';
export const blankForm =
  'The form was blank, so nothing was recorded. Press **Answer** again and type your answer.';

export const formTitle = 'Your answer';
export const formLabels = {
  open: 'Answer in a few sentences',
  'short-answer': 'A word, a name or a number',
} as const;

export const noTopic = (typed: string, near: readonly string[]): string =>
  `There is no topic “${typed.slice(0, 60).replaceAll('`', '')}”. ${
    near.length > 0
      ? `Did you mean ${near.map((id) => `\`${id}\``).join(', ')}?`
      : 'Choose one of the suggestions while typing.'
  }`;
