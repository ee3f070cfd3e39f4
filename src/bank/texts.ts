/** What is wrong with a text, and how to mend it. */
export interface TextFault {
  readonly message: string;
  readonly remedy: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const mention = /@(?:everyone|here)\b|<(?:@[!&]?|#)\d+>/;

/** Words without markup, in one line: short answers, synonyms, titles. */
export function plainFault(text: string): TextFault | undefined {
  return hiddenFault(text) ?? lineFault(text);
}

/** Markdown that will be shown among other people's texts: it must not ping, and must close what it opens. */
export function proseFault(text: string, { lines }: { lines: boolean }): TextFault | undefined {
  return hiddenFault(text) ?? (lines ? undefined : lineFault(text)) ?? markupFault(text, lines);
}

/** Code is put into a fence by the program. */
export function codeFault(code: string, mostLines: number, mostColumns: number): TextFault | undefined {
  const hidden = hiddenFault(code);
  if (hidden) return hidden;
  if (code.includes('```')) {
    return { message: 'the code contains a code fence', remedy: 'leave out the ```, they are added' };
  }
  const lines = code.split('\n');
  if (lines.length > mostLines) {
    return {
      message: `the code has ${lines.length} lines, at most ${mostLines} fit a phone`,
      remedy: 'cut what the question does not need',
    };
  }
  const long = lines.findIndex((line) => line.length > mostColumns);
  if (long >= 0) {
    return {
      message: `line ${long + 1} of the code has ${lines[long]?.length} columns, at most ${mostColumns} fit a phone`,
      remedy: 'break the line or shorten names',
    };
  }
  return undefined;
}

function hiddenFault(text: string): TextFault | undefined {
  const found = control.exec(text)?.[0];
  if (found !== undefined) {
    const code = found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return found === '\t'
      ? { message: 'there is a tab in the text', remedy: 'use spaces' }
      : { message: `there is an invisible character (U+${code}) in the text`, remedy: 'type it anew' };
  }
  const ping = mention.exec(text)?.[0];
  return ping === undefined
    ? undefined
    : { message: `the text mentions ${ping}`, remedy: 'name nobody: a question must not ping people' };
}

function lineFault(text: string): TextFault | undefined {
  return text.includes('\n')
    ? {
        message: 'the text has more than one line',
        remedy: 'keep it to one line (`>-` folds lines into one)',
      }
    : undefined;
}

function markupFault(text: string, fences: boolean): TextFault | undefined {
  const rest = outsideCode(text);
  if (rest === undefined) {
    return { message: 'backticks are not closed', remedy: 'put one backtick before and one after the code' };
  }
  if (!fences && text.includes('```')) {
    return { message: 'a code fence in a text of one line', remedy: 'use single backticks' };
  }
  const name = /\w*__\w*/.exec(rest)?.[0];
  if (name !== undefined) {
    return { message: `Discord underlines after \`__\` in ${name}`, remedy: 'put the name into backticks' };
  }
  const open = ['**', '||', '~~'].find((mark) => rest.split(mark).length % 2 === 0);
  return open === undefined
    ? undefined
    : { message: `\`${open}\` is not closed`, remedy: 'close it, or put the code into backticks' };
}

/** The text without its code spans and fences, or undefined when one of them is not closed. */
function outsideCode(text: string): string | undefined {
  let rest = '';
  let from = 0;
  for (const opening of text.matchAll(/`+/g)) {
    if (opening.index < from) continue;
    const closing = [...text.slice(opening.index + opening[0].length).matchAll(/`+/g)].find(
      ([run]) => run === opening[0],
    );
    if (!closing) return undefined;
    rest += `${text.slice(from, opening.index)} `;
    from = opening.index + 2 * opening[0].length + closing.index;
  }
  return rest + text.slice(from);
}
