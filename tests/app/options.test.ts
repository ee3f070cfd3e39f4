import { expect, it } from 'vitest';
import { OptionError, wantsFresh } from '../../src/app/options.js';

it.each([
  [[], {}, false],
  [['--fresh'], {}, true],
  [[], { npm_config_fresh: 'true' }, true],
  [[], { npm_config_fresh: '' }, false],
])('%j with %j begins anew: %s', (args: string[], env, fresh) => {
  expect(wantsFresh(args, env)).toBe(fresh);
});

it.each([['--fersh'], ['fresh'], ['--fresh', '--port=3001'], ['-f']])('%s is not understood', (...args) => {
  expect(() => wantsFresh(args, {})).toThrow(OptionError);
});
