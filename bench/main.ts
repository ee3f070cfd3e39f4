/**
 * Runs every measurement, each in a process of its own, and judges the lines that say what they may be at most.
 * `npm run bench -- answers start` runs only those. A measurement is a program that prints lines of the form
 * `name: … 0.68 (at most 1)`; the last number before the parenthesis is what counts.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const measurements = [
  'answers',
  'crowd',
  'joins',
  'start',
  'leaderboard',
  'schedules',
  'bank',
  'rush',
  'growth',
  'local',
];

interface Judged {
  readonly name: string;
  readonly words: string;
  readonly value: number;
  readonly atMost: number;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(measurement: string): Promise<Judged[]> {
  print(`\n# ${measurement}`);
  const file = fileURLToPath(new URL(`${measurement}.js`, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const judged: Judged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    print(line);
    const found = /^(.+?): (.*?([\d.]+)[^\d]*) \(at most ([\d.]+)\)$/.exec(line);
    if (!found) continue;
    const [, name = '', words = '', value, atMost] = found;
    judged.push({ name, words, value: Number(value), atMost: Number(atMost) });
  }
  const [code] = await ended;
  if (code === 0) return judged;
  return [...judged, { name: measurement, words: `ended with ${code}`, value: Number.NaN, atMost: 0 }];
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !measurements.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such measurement: ${unknown.join(', ')}. There are: ${measurements.join(', ')}.\n`,
  );
  process.exit(2);
}
const results: Judged[] = [];
for (const measurement of measurements) {
  if (wanted.length === 0 || wanted.includes(measurement)) results.push(...(await run(measurement)));
}
print('\n| line | measured | at most | |\n|---|---|---|---|');
for (const { name, words, value, atMost } of results) {
  print(`| ${name} | ${words} | ${atMost} | ${value <= atMost ? 'ok' : 'OVER'} |`);
}
process.exitCode = results.every(({ value, atMost }) => value <= atMost) ? 0 : 1;
