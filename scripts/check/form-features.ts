import { likeness, likenessByPlace } from './likeness.js';
import { contentWords } from './word-vectors.js';

/** One option as somebody sees it who knows nothing of the subject: its form, beside the others'. */
export const featureNames = [
  'longer than the others',
  'longest',
  'shortest',
  'first in the file',
  'last in the file',
  'echoes the stem',
  'hedges',
  'absolute words',
  'offers an exception',
  'says that it works',
  'says that nothing happens',
  'has code',
  'is nothing but code',
  'has a number',
  'has a comma, colon or parenthesis',
  'gives a reason',
  'begins as others do',
  'begins alone',
  'fits the article of the stem',
  'shares words with the others',
  'speaks of security or an attack',
  'odd in punctuation',
  'contrasts with another option',
  'most like the others',
  'like the others in letters',
  'like the others word by word',
] as const;

const patterns = {
  hedge:
    /\b(?:can|may|might|usually|often|sometimes|some|mostly|unless|depends|at least|where needed|possibly)\b/i,
  absolute: /\b(?:always|never|only|all|every|any|none|must|cannot|impossible|completely|at all)\b/i,
  exception:
    /\b\w*(?:Error|Exception|DoesNotExist|Denied|Warning)\b|\braises?\b|\bfails?\b|\bcrash|\b(?:an|the) error\b/,
  works: /\b(?:works?|runs|fine|is right|correct|as before|no error|passes|succeeds)\b/i,
  nothing: /\b(?:nothing|no effect|ignored|unchanged|silently|no difference)\b/i,
  reason: /\b(?:because|since|as|so|for|therefore)\b/i,
  threat: /\b(?:attack\w*|leak\w*|steal\w*|inject\w*|secur\w*|forg\w*|trust\w*)\b/i,
} as const;

/** The features of each option, in the order of {@link featureNames}; what differs in size is relative. */
export function formFeatures(stem: string, options: readonly string[]): number[][] {
  const lengths = options.map(({ length }) => length);
  const mean = average(lengths);
  const spread = Math.max(8, Math.sqrt(average(lengths.map((length) => (length - mean) ** 2))));
  const asked = new Set(contentWords(stem));
  const words = options.map((option) => new Set(contentWords(option)));
  const echoes = words.map((own) => shared(own, asked));
  const firsts = options.map((option) => firstWord(option));
  const flags = (pattern: RegExp): number[] =>
    options.map((option) => Number(pattern.test(withoutCode(option))));
  const alike = likeness(options);
  const placed = likenessByPlace(options);
  const article = /\b(an?)\s*[.?:…]*\s*$/i.exec(stem.replaceAll('`', ''))?.[1]?.toLowerCase();
  return options.map((option, at) => {
    const others = (values: readonly number[]): number => (values[at] ?? 0) - average(values);
    const rest = words.filter((_, index) => index !== at);
    const same = firsts.filter((first) => first === firsts[at]).length - 1;
    return [
      ((lengths[at] ?? 0) - mean) / spread,
      only(lengths, at, Math.max(...lengths)),
      only(lengths, at, Math.min(...lengths)),
      Number(at === 0),
      Number(at === options.length - 1),
      others(echoes),
      others(flags(patterns.hedge)),
      others(flags(patterns.absolute)),
      others(options.map((each) => Number(patterns.exception.test(each)))),
      others(flags(patterns.works)),
      others(flags(patterns.nothing)),
      others(options.map((each) => Number(each.includes('`')))),
      others(options.map((each) => Number(/^`[^`]+`$/.test(each)))),
      others(options.map((each) => Number(/\d/.test(each)))),
      others(options.map((each) => Number(/[,:;(]/.test(withoutCode(each))))),
      others(flags(patterns.reason)),
      same / options.length,
      Number(same === 0 && new Set(firsts).size < firsts.length),
      article === undefined ? 0 : Number((article === 'an') === /^[`"]?[aeiou]/i.test(option)),
      average(rest.map((other) => shared(words[at] ?? new Set(), other))),
      others(flags(patterns.threat)),
      Number(options.filter((each) => /[.!?]$/.test(each) === /[.!?]$/.test(option)).length === 1),
      Number(options.some((each, index) => index !== at && differInOneWord(each, option))),
      only(alike, at, Math.max(...alike)),
      others(alike) * 5,
      others(placed),
    ];
  });
}

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const only = (values: readonly number[], at: number, extreme: number): number =>
  Number(values[at] === extreme && values.filter((value) => value === extreme).length === 1);

function shared(own: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return own.size === 0 ? 0 : [...own].filter((word) => others.has(word)).length / own.size;
}

const firstWord = (option: string): string =>
  /[\w']+/.exec(option.replaceAll('`', ''))?.[0]?.toLowerCase() ?? '';
const withoutCode = (text: string): string => text.replaceAll(/`[^`]*`/g, '`');

function differInOneWord(one: string, two: string): boolean {
  const [a, b] = [one.split(/\s+/), two.split(/\s+/)];
  return a.length === b.length && a.length > 2 && a.filter((word, at) => word !== b[at]).length === 1;
}
