import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config.js';
import { programOf } from '../helpers/databases.js';
import { tempDir } from '../helpers/store.js';
import { playedDatabase } from '../upkeep/played.js';
import { readDeploy, root } from './files.js';

const run = promisify(execFile);
const services = ['interview-drills.service', 'interview-drills-backup.service'];
const units = [...services, 'interview-drills-backup.timer'];

/** The values of a setting, in their order. */
function settings(unit: string, name: string): string[] {
  return [...readDeploy(unit).matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);
}

const environmentOf = (unit: string): Record<string, string> =>
  Object.fromEntries(
    settings(unit, 'Environment').flatMap((line) => line.split(' ').map((pair) => pair.split(/=(.*)/s, 2))),
  );

describe('the systemd units', () => {
  it.each(units)('%s has nothing but comments, sections and settings', (unit) => {
    for (const line of readDeploy(unit).split('\n')) expect(line).toMatch(/^(#.*|\[\w+\]|\w+=.*|)$/);
  });

  it('set nothing that the bot would refuse, and agree where the database is', () => {
    const [bot, backup] = services.map((unit) => readConfig(environmentOf(unit), false));
    expect(bot?.databaseUrl).toBe('sqlite:///var/lib/interview-drills/drills.sqlite');
    expect(backup?.databaseUrl).toBe(bot?.databaseUrl);
  });

  it('run what `npm start` runs', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(settings('interview-drills.service', 'ExecStart')).toEqual([`/usr/bin/${scripts.start}`]);
  });

  it('do not try again what cannot start as it is set up', () => {
    expect(settings('interview-drills.service', 'RestartPreventExitStatus')).toEqual(['2']);
    expect(Number(settings('interview-drills.service', 'TimeoutStopSec')[0])).toBeGreaterThan(5);
  });

  it('make a backup by a line that works', async () => {
    const { url } = await playedDatabase();
    const dir = await tempDir();
    const [line = ''] = settings('interview-drills-backup.service', 'ExecStart');
    const [node, ...args] = line.replaceAll('/var/lib/interview-drills', dir).split(' ');
    expect(node).toBe('/usr/bin/node');
    const { stdout } = await run(process.execPath, args, { cwd: root, env: { DATABASE_URL: url } });
    expect(stdout).toContain('found sound');
  });

  const analyze = programOf('systemd-analyze');
  if (analyze === undefined) it.todo('are found faultless by systemd itself: needs systemd-analyze');
  else
    it('are found faultless, and well locked up, by systemd itself', async () => {
      const dir = await tempDir();
      const node = join(dir, 'node');
      await writeFile(node, '');
      await chmod(node, 0o755);
      for (const unit of units)
        await writeFile(
          join(dir, unit),
          readDeploy(unit).replaceAll('/usr/bin/node', node).replaceAll('/opt/interview-drills', dir),
        );
      const paths = units.map((unit) => join(dir, unit));
      expect(await run(analyze, ['verify', '--man=no', ...paths])).toEqual({ stdout: '', stderr: '' });
      // From 0 to 100; what an ordinary unit has is 96.
      for (const unit of services)
        await run(analyze, ['security', '--offline=true', '--threshold=15', join(dir, unit)]);
    });
});
