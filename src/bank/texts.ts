/** What is wrong with a text, said of it ("has a tab"), and how to mend it. */
export interface TextFault {
  readonly message: string;
  readonly remedy: string;
}

/** Words without markup, in one line: short answers, synonyms, titles. */
export function plainFault(text: string, most: number): TextFault | undefined {
  return lengthFault(text, most) ?? hiddenFault(text) ?? lineFault(text);
}

/** What is never shown: no markup matters. */
export function hiddenTextFault(text: string, most: number): TextFault | undefined {
  return lengthFault(text, most) ?? hiddenFault(text);
}

/** Markdown that is shown among other people's texts: it must not ping, and must close what it opens. */
export function proseFault(text: string, most: number): TextFault | undefined {
  return lengthFault(text, most) ?? hiddenFault(text) ?? markupFault(text);
}

/** The same in one line. */
export function lineOfProseFault(text: string, most: number): TextFault | undefined {
  return proseFault(text, most) ?? lineFault(text);
}

/** Code is put into a fence by the program. */
export function codeFault(code: string, mostLines: number, mostColumns: number): TextFault | undefined {
  if (code === '') return empty;
  if (code.includes('```')) return { message: 'has a code fence', remedy: 'leave out the ```, it is added' };
  const lines = code.split('\n');
  if (lines.length > mostLines) {
    return {
      message: `has ${lines.length} lines, which do not fit a phone`,
      remedy: `cut what the question does not need: at most ${mostLines} lines`,
    };
  }
  const long = lines.findIndex((line) => line.length > mostColumns);
  if (long >= 0) {
    return {
      message: `has ${lines[long]?.length} columns in its line ${long + 1}, which do not fit a phone`,
      remedy: `break the line or shorten names: at most ${mostColumns} columns`,
    };
  }
  return hiddenFault(code);
}

const empty: TextFault = { message: 'is empty', remedy: 'write something, or remove the key' };

function lengthFault(text: string, most: number): TextFault | undefined {
  if (text === '') return empty;
  return text.length > most
    ? { message: `has ${text.length} characters`, remedy: `shorten it to at most ${most}` }
    : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const invisible = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const mention = /@(?:everyone|here)\b|<(?:@[!&]?|#)\d+>/;

function hiddenFault(text: string): TextFault | undefined {
  const found = invisible.exec(text)?.[0];
  if (found === '\t') return { message: 'has a tab', remedy: 'use spaces' };
  if (found !== undefined) {
    const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return { message: `has the invisible character U+${code}`, remedy: 'remove it' };
  }
  const ping = mention.exec(text)?.[0];
  return ping === undefined
    ? undefined
    : { message: `mentions ${ping}`, remedy: 'name nobody: a question must not ping people' };
}

function lineFault(text: string): TextFault | undefined {
  return text.includes('\n')
    ? { message: 'has more than one line', remedy: 'keep it to one (`>-` folds lines into one)' }
    : undefined;
}

function markupFault(text: string): TextFault | undefined {
  if (!/[`_*|~]/.test(text)) return undefined;
  const rest = outsideCode(text);
  if (rest === undefined) {
    return { message: 'has backticks that are not closed', remedy: 'put one before and one after the code' };
  }
  const name = /\S*__\S*/.exec(rest)?.[0];
  if (name !== undefined) {
    return {
      message: `has ${name}, whose __ Discord takes for underlining`,
      remedy: 'put it into backticks',
    };
  }
  const open = ['**', '||', '~~'].find((mark) => rest.split(mark).length % 2 === 0);
  return open === undefined
    ? undefined
    : { message: `has a ${open} that is not closed`, remedy: 'close it, or put the code into backticks' };
}

/** The text without its code spans and fences, or undefined when one of them is not closed. */
function outsideCode(text: string): string | undefined {
  const parts = text.split(/(`+)/);
  let rest = '';
  for (let at = 0; at < parts.length; at += 2) {
    rest += parts[at];
    const opening = parts[at + 1];
    if (opening === undefined) return rest;
    const closing = parts.findIndex((part, later) => later > at + 1 && later % 2 === 1 && part === opening);
    if (closing < 0) return undefined;
    rest += ' ';
    at = closing - 1;
  }
  return rest;
}
