import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { Progress } from '../../scripts/upkeep/progress.js';

/** What a terminal, or a file, was told. */
function output(isTTY: boolean) {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream, text: () => text };
}

it('is one line on a terminal, which is finished before anything else is said', () => {
  const { stream, text } = output(true);
  const progress = new Progress('records', stream);
  progress.show('copying', 0, 200);
  for (let n = 1; n < 200; n++) progress.show('copying', n, 200);
  progress.show('copying', 200, 200);
  progress.end();
  progress.end();
  expect(text().split('\r').at(-1)).toBe('copying: 200 of 200 records (100 %)\u001b[K\n');
  expect(text().match(/\n/g)).toHaveLength(1);
  expect(text().split('\r').length).toBeLessThan(20);
});

it('is a line now and then elsewhere, the first and the last among them', () => {
  const { stream, text } = output(false);
  const progress = new Progress('records', stream);
  for (let n = 0; n <= 50; n++) progress.show('verifying', n, 50);
  progress.end();
  expect(text()).toBe('verifying: 0 of 50 records (0 %)\nverifying: 50 of 50 records (100 %)\n');
});
