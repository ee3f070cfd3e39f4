import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine } from './command-line.js';

/**
 * Writes a list of the pages of a documentation and the anchors in them, for the check of links:
 * `node dist/scripts/known-pages.js <folder of HTML> https://docs.djangoproject.com/en/5.2/ <file>`.
 * The folders come with Debian's packages python-django-doc, python-djangorestframework-doc, postgresql-doc-15 and
 * python3.11-doc; the latter two keep `.html` in their addresses, so add `html` as a fourth argument.
 */
const { args } = commandLine({
  usage: 'node dist/scripts/known-pages.js FOLDER ROOT_URL FILE [html]',
  takes: [3, 4],
});
const [folder = '', root = '', file = '', keeps = ''] = args;

/** Those of sections, settings, commands, tags, filters and the API; numbers change from release to release. */
const isLasting = (id: string): boolean =>
  !/^(?:s-|id\d+$|id-[\d.]+$|index-\d+$|grammar-token|_)|[\s:]/i.test(id) && !layout.has(id);
const layout = new Set(
  'bd custom-doc doc3 docContent documentation_options footer ft global-nav hd menuToggler searchbox searchlabel sidebar sidebarbutton yui-main'.split(
    ' ',
  ),
);

const names = (await readdir(folder, { recursive: true })).filter(
  (name) =>
    name.endsWith('.html') &&
    !/^(?:_|ref\/contrib\/gis|genindex|search|py-modindex|contents|404|c-api|whatsnew|distutils|bookindex|release-)/.test(
      name,
    ) &&
    // Of release notes, those of supported series.
    !/^releases\/(?![56]\.\d\.html|index)/.test(name),
);
const lines = await Promise.all(
  names.map(async (name) => {
    const html = await readFile(join(folder, name), 'utf8');
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id).filter(isLasting);
    const short = name.replace(/(?:^|\/)index\.html$|\.html$/, '/').replace(/^\//, '');
    const path = keeps === 'html' ? name : short;
    return [path === '' ? '.' : path, ...new Set(ids)].join(' ');
  }),
);
await writeFile(file, `${[root, ...lines.sort()].join('\n')}\n`);
