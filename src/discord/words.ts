export const notMine = 'This button is of no use here. Use the one on its own card.';
export const notYours = 'This belongs to somebody else. Ask for one of your own.';
