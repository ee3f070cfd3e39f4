import type { Bank } from '../../src/bank/bank.js';
import { kinds, levels } from '../../src/bank/question.js';

type Row = readonly (string | number)[];

/** Topics with how many questions they have in all, of each level and of each kind; totals last. */
function rowsOf({ topics, all }: Bank, nameOf: (topic: Bank['topics'][number]) => string): Row[] {
  const keys = [...levels, ...kinds];
  return [
    ...topics.map((topic) => [
      nameOf(topic),
      topic.questions,
      ...levels.map((level) => topic.levels[level]),
      ...kinds.map((kind) => topic.kinds[kind]),
    ]),
    [
      'all',
      all.length,
      ...keys.map((key) => all.filter(({ level, kind }) => level === key || kind === key).length),
    ],
  ];
}

const heads = ['all', ...levels, ...kinds.map((kind) => kind.replace('-', ' '))];

/** For a terminal. */
export function plainTable(bank: Bank): string {
  const rows: Row[] = [
    ['topic', ...heads.map((each) => each.replace(' choice', ''))],
    ...rowsOf(bank, ({ pack, id }) => `${pack}/${id}`),
  ];
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length))) ?? [];
  const cell = (value: string | number, column: number): string =>
    column === 0 ? String(value).padEnd(widths[0] ?? 0) : String(value).padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ')).join('\n');
}

const [start, end] = ['<!-- bank:start -->', '<!-- bank:end -->'];

/** A Markdown text with the table of the bank between its two marks, or undefined when it lacks them. */
export function withTable(text: string, bank: Bank): string | undefined {
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before < 0 || after < before) return undefined;
  return `${text.slice(0, before + start.length)}\n${markdownTable(bank)}\n${text.slice(after)}`;
}

function markdownTable(bank: Bank): string {
  const line = (row: Row): string => `| ${row.map((value) => value || '').join(' | ')} |`;
  return [
    line(['topic', ...heads]),
    `|---|${heads.map(() => '--:|').join('')}`,
    ...rowsOf(bank, ({ title, id }) => `${title} (\`${id}\`)`).map(line),
  ].join('\n');
}
