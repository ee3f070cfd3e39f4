import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { oldestNode, requireNode } from '../../src/app/node-version.js';

it('the oldest Node.js is that of package.json', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(engines.node).toBe(`>=${oldestNode}`);
});

it.each(['20.19.0', '20.20.2', '22.0.0', '24.11.1', '100.0.0'])('%s will do', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

it.each(['20.18.3', '18.20.8', '9.99.0'])('%s will not', (version) => {
  expect(() => requireNode(version)).toThrow(`or newer, and runs on ${version}.`);
});
