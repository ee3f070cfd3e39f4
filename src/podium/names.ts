import { characters } from './fonts.js';

/** For people whose name shows nothing. */
export const nameless = 'Somebody';

/**
 * A name as it can be drawn and read aloud: without line breaks, changes of direction, what draws nothing (joiners
 * within emojis are kept) and towers of accents. Empty where nothing is left.
 */
export function tidyName(name: string): string {
  const visible = name
    .normalize('NFC')
    .replace(/(?!\u200c|\u200d|\ufe0f)\p{Default_Ignorable_Code_Point}|[\p{Cc}\p{Cs}\p{Co}\u2800]/gu, ' ');
  const tidy = characters(visible)
    .map((character) => character.replace(/(\p{M}{3})\p{M}+/gu, '$1'))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  return /[^\s\p{Default_Ignorable_Code_Point}]/u.test(tidy) ? tidy : '';
}

/** The same for a description in words, in which it must not look like a mention. */
export const spokenName = (name: string): string => tidyName(name).replaceAll('@', '＠') || nameless;
