import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import type { Span } from '../../src/app/traces.js';
import { stage } from '../helpers/stage.js';

const name = 'interview-drills:span';

it('what is dealt with, written and sent is told to whoever has subscribed', async () => {
  const spans: Span[] = [];
  const listen = (span: unknown): void => void spans.push(span as Span);
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
      expect(endedAt - durationMs).toBeLessThanOrEqual(Date.now());
    }
  } finally {
    unsubscribe(name, listen);
  }
});

it('the example of docs/operating.md prints them', async () => {
  const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');
  const [, example = ''] = /```js\n(import \{ subscribe \}[\s\S]*?)```/.exec(page) ?? [];
  const printed: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void printed.push(line));
  await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(example)}`);
  const span: Span = {
    kind: 'commit',
    name: 'write',
    endedAt: Date.parse('2026-03-04T12:00:00.250Z'),
    durationMs: 250,
    attributes: {},
  };
  channel(name).publish(span);
  expect(printed).toEqual(['2026-03-04T12:00:00.000Z 250.0 ms commit write {}']);
});
