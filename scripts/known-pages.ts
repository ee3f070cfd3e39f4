import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a list of the pages of a documentation and the anchors in them, for the check of links:
 * `node dist/scripts/known-pages.js <folder of HTML> https://docs.djangoproject.com/en/5.2/ <file>`.
 * The folders come with Debian's packages python-django-doc and python-djangorestframework-doc.
 */
const [folder = '', root = '', file = ''] = process.argv.slice(2);

/** Those of sections, settings, commands, tags, filters and the API; numbers change from release to release. */
const isLasting = (id: string): boolean => !/^(?:s-|id\d+$|term-|_)|[\s:]/.test(id) && !layout.has(id);
const layout = new Set(
  'bd custom-doc doc3 footer ft global-nav hd searchbox searchlabel sidebar yui-main'.split(' '),
);

const names = (await readdir(folder, { recursive: true })).filter(
  (name) =>
    name.endsWith('.html') &&
    !/^(?:_|ref\/contrib\/gis|genindex|search|py-modindex|contents|404)/.test(name) &&
    // Of release notes, those of supported series.
    !/^releases\/(?![56]\.\d\.html|index)/.test(name),
);
const lines = await Promise.all(
  names.map(async (name) => {
    const html = await readFile(join(folder, name), 'utf8');
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id).filter(isLasting);
    const path = name.replace(/(?:^|\/)index\.html$|\.html$/, '/').replace(/^\//, '');
    return [path === '' ? '.' : path, ...new Set(ids)].join(' ');
  }),
);
await writeFile(file, `${[root, ...lines.sort()].join('\n')}\n`);
