/** With or without the mark that it is shown as a picture. */
const bySets: string = 'v';
const emojiAlone = new RegExp('^\\p{RGI_Emoji}$', bySets);

/** Whether a text is one emoji of Unicode. Servers and applications here have no emoji of their own. */
export function isEmoji(text: string): boolean {
  return emojiAlone.test(text) || emojiAlone.test(`${text}\u{fe0f}`);
}
