import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDeploy, root } from './files.js';

const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const found = (pattern: RegExp): string[] => [
  ...new Set([...page.matchAll(pattern)].map(([, name = '']) => name)),
];

describe('the page for operators', () => {
  it('names only scripts that there are, and all of the tools', () => {
    const named = found(/npm run (?:--silent )?([a-z]+)/g);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    for (const tool of ['backup', 'restore', 'audit', 'export', 'move']) expect(named).toContain(tool);
  });

  it.each(found(/\b((?:deploy|docs)\/[\w.-]+\.\w+)/g).concat(found(/\]\(\.\.\/([\w./]+)\)/g)))(
    '%s is there',
    (path) => {
      expect(existsSync(join(root, path))).toBe(true);
    },
  );

  it('says what to do about every alert', () => {
    const alerts = [...readDeploy('prometheus-alerts.yaml').matchAll(/- alert: (\w+)/g)].map(
      ([, name]) => name,
    );
    expect(alerts.length).toBeGreaterThan(5);
    const incidents = page.slice(page.indexOf('## Incidents'));
    expect(alerts.filter((name) => !incidents.includes(`\`${name}\``))).toEqual([]);
  });

  it('copies to its place what the unit runs there', () => {
    const unit = readDeploy('interview-drills.service');
    const [, copied = ''] = /cp -r (.*) \/opt\/interview-drills\//.exec(page) ?? [];
    expect(copied.split(' ')).toEqual(
      expect.arrayContaining(['dist', 'node_modules', 'package.json', 'questions']),
    );
    expect(unit).toContain('WorkingDirectory=/opt/interview-drills');
    expect(page).toContain('/etc/interview-drills.env');
    expect(unit).toContain('EnvironmentFile=/etc/interview-drills.env');
  });
});
