import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const module = fileURLToPath(new URL('../../dist/src/app/tidy-memory.js', import.meta.url));

/** Makes garbage as a start does, then says how many bytes V8 holds before and after it is asked to give back. */
const program = `
  import { getHeapStatistics } from 'node:v8';
  import { giveMemoryBack } from ${JSON.stringify(module)};
  const held = () => getHeapStatistics().total_heap_size;
  let made = Array.from({ length: 200_000 }, (_, index) => ({ id: 'number ' + index }));
  made = made.slice(0, 1_000);
  const before = held();
  await giveMemoryBack();
  console.log(JSON.stringify({ before, after: held(), left: made.length }));
`;

it('gives the room back that a start took, without ending what is in use', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  const { before, after, left } = JSON.parse(stdout);
  expect(left).toBe(1_000);
  expect(after).toBeLessThan(before / 2);
});
