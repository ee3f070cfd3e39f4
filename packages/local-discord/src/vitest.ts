/** `import 'local-discord/vitest'` gives vitest's `expect` the matchers, with their types. */
import { expect } from 'vitest';
import { matchers, type Matchers as Ours } from './matchers.js';

expect.extend(matchers);

declare module 'vitest' {
  // The type parameter is vitest's: declarations of one interface have the same.
  interface Matchers<T> extends Ours<T> {}
}
