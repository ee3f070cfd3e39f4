import { fileURLToPath } from 'node:url';

/**
 * The folder of the running program: the project's own for the sources, `dist` for what was compiled, `dist/bundle`
 * for the bundle. Files that are looked for at run time are found from here; a bundle keeps this file, whatever it is
 * merged with, one folder below.
 */
export const programDir = fileURLToPath(new URL('..', import.meta.url));
