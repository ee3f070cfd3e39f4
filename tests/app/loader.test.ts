import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadCommands } from '../../src/app/loader.js';

async function folder(files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'commands-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, 'package.json'), '{"type":"module"}');
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return dir;
}

const command = (name: string): string =>
  `export default { data: { name: '${name}', description: 'Does something' }, execute: async () => {} };`;

it('makes every file of the folder a command', async () => {
  const dir = await folder({ 'one.js': command('one'), 'two.js': command('two'), 'two.js.map': '{}' });
  expect([...(await loadCommands(dir)).keys()]).toEqual(['one', 'two']);
});

it('finds the commands of this project', async () => {
  expect([...(await loadCommands()).keys()].sort()).toEqual([
    'daily',
    'help',
    'interview',
    'leaderboard',
    'night',
    'plan',
    'privacy',
    'question',
    'quiz',
    'review',
    'stats',
  ]);
});

it('says of every command of this project where it belongs: to servers that have the bot', async () => {
  for (const [name, { data }] of await loadCommands()) {
    const { integration_types: types, contexts } = JSON.parse(JSON.stringify(data));
    expect([name, types], name).toEqual([name, [0]]);
    expect(contexts, name).toContain(0);
    expect(contexts, name).not.toContain(2);
  }
});

it.each([
  ['has no default export', 'export const x = 1;', 'the default export'],
  ['has no execute', "export default { data: { name: 'a', description: 'b' } };", '`execute`'],
  ['has a name that Discord refuses', command('Big Name'), '`data.name`'],
  ['does not parse', 'export default {', 'could not be loaded'],
  ['imports what is not there', "import './nowhere.js';", 'could not be loaded'],
])('a file that %s stops the start and is named', async (_, text, words) => {
  const dir = await folder({ 'fine.js': command('fine'), 'broken.js': text });
  await expect(loadCommands(dir)).rejects.toThrow(join(dir, 'broken.js'));
  await expect(loadCommands(dir)).rejects.toThrow(words);
});

it('names both files of a command that is there twice', async () => {
  const dir = await folder({ 'a.js': command('same'), 'b.js': command('same') });
  await expect(loadCommands(dir)).rejects.toThrow(
    `${join(dir, 'b.js')}: the command /same is already made by ${join(dir, 'a.js')}`,
  );
});

it('does not start without any command', async () => {
  await expect(loadCommands(await folder({}))).rejects.toThrow('no command files');
});
