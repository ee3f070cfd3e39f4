import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { TraceSpan } from '../../src/app/traces.js';
import { stage } from '../helpers/stage.js';
import { tempDir } from '../helpers/store.js';

const name = 'interview-drills:span';

it('what is dealt with, written and sent is told to whoever has subscribed', async () => {
  const spans: TraceSpan[] = [];
  const listen = (span: unknown): void => void spans.push(span as TraceSpan);
  subscribe(name, listen);
  try {
    const { ada, bot } = await stage();
    await ada.slash('/question basic');
    await ada.slash('/quiz stop');
    await bot.app.idle();
    const told = spans.map(({ kind, name, attributes }) => `${kind} ${name} ${JSON.stringify(attributes)}`);
    expect(told).toContain('interaction /question basic {"outcome":"ok"}');
    expect(told).toContain('interaction /quiz stop {"outcome":"refused"}');
    expect(told).toContain('commit write {}');
    expect(told).toContainEqual(
      expect.stringMatching(/^request POST \/interactions\/:id\/:token\/callback .*"status":20/),
    );
    for (const { durationMs, endedAt } of spans) {
      expect(durationMs).toBeGreaterThanOrEqual(0);
      expect(endedAt - durationMs).toBeLessThanOrEqual(performance.timeOrigin + performance.now());
    }
  } finally {
    unsubscribe(name, listen);
  }
});

it('the example of docs/operating.md prints them', async () => {
  const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');
  const [, example = ''] = /```js\n(import \{ subscribe \}[\s\S]*?)```/.exec(page) ?? [];
  const file = join(await tempDir(), 'traces.mjs');
  writeFileSync(file, example);
  const span: TraceSpan = {
    kind: 'commit',
    name: 'write',
    endedAt: Date.parse('2026-03-04T12:00:00.250Z'),
    durationMs: 250,
    attributes: {},
  };
  const publish = `require('node:diagnostics_channel').channel('${name}').publish(${JSON.stringify(span)})`;
  // In a process of its own, as the page starts it: what it subscribes to stays subscribed.
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', file, '-e', publish], {
    env: {},
  });
  expect(stderr).toBe('2026-03-04T12:00:00.000Z 250.0 ms commit write {}\n');
});
