import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from './faults.js';
import { nearest } from './nearest.js';
import type { TopicSource } from './topic-source.js';

/**
 * What the project asks of its own questions, beyond what any bank must hold: official sources, and an answer
 * to everything on the list of what must be covered.
 */

/** Where documentation is official. */
export const officialHosts: readonly string[] = [
  'docs.djangoproject.com',
  'www.djangoproject.com',
  'www.django-rest-framework.org',
  'docs.python.org',
  'peps.python.org',
  'docs.celeryq.dev',
  'channels.readthedocs.io',
  'django-filter.readthedocs.io',
  'docs.pytest.org',
  'jinja.palletsprojects.com',
  'flask.palletsprojects.com',
  'www.postgresql.org',
  'www.sqlite.org',
  'redis.io',
  'nginx.org',
  'docs.gunicorn.org',
  'asgi.readthedocs.io',
  'developer.mozilla.org',
  'owasp.org',
  'cheatsheetseries.owasp.org',
  'datatracker.ietf.org',
  'www.rfc-editor.org',
];

const coverageSchema = z.strictObject({
  sections: z.record(z.string(), z.string()),
  items: z.array(
    z.strictObject({
      id: z.string(),
      section: z.string(),
      title: z.string(),
      /** Another item that asks for the same. */
      sameAs: z.string().optional(),
      /** Advice to candidates carries none and needs no question. */
      facts: z.boolean(),
      /** At least one question must name it. */
      required: z.boolean(),
    }),
  ),
});
export type Coverage = z.infer<typeof coverageSchema>;

export const coverageFile = 'coverage.json';

/** The list of what must be covered, or undefined for a bank that has none. */
export async function readCoverage(dir: string): Promise<Coverage | undefined> {
  try {
    return coverageSchema.parse(JSON.parse(await readFile(join(dir, coverageFile), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Faults of sound files, in their order; last, what no question covers. */
export async function review(
  dir: string,
  topics: readonly TopicSource[],
  coverage: Coverage,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const known = new Set(coverage.items.map(({ id }) => id));
  for (const topic of topics) {
    for (const [index, { sources, covers = [] }] of topic.content.questions.entries()) {
      const at = async (field: string, entry: number, message: string, remedy: string): Promise<void> => {
        const line = await topic.lineOf(['questions', index, field, entry]);
        faults.push({ file: topic.file, line, message, remedy });
      };
      for (const [entry, source] of sources.entries()) {
        const { host } = new URL(source);
        if (officialHosts.includes(host)) continue;
        await at(
          'sources',
          entry,
          `${host} is no official documentation`,
          'link the page of the project itself',
        );
      }
      for (const [entry, id] of covers.entries()) {
        if (known.has(id)) continue;
        const near = nearest(id, known);
        const remedy = near ? `write ${near}, or remove it` : `remove it, or use an id of ${coverageFile}`;
        await at('covers', entry, `${coverageFile} has no ${id}`, remedy);
      }
    }
  }
  return [...faults, ...(await gaps(dir, topics, coverage))];
}

async function gaps(dir: string, topics: readonly TopicSource[], coverage: Coverage): Promise<Fault[]> {
  const covered = new Set(
    topics.flatMap(({ content }) => content.questions.flatMap(({ covers = [] }) => covers)),
  );
  const missing = coverage.items.filter(({ id, required }) => required && !covered.has(id));
  if (missing.length === 0) return [];
  const file = join(dir, coverageFile);
  const lines = (await readFile(file, 'utf8')).split('\n');
  return missing.map(({ id, title, sameAs }) => ({
    file,
    line: 1 + lines.findIndex((line) => line.includes(`"id": "${id}"`)),
    message: `no question covers ${id} (${title})`,
    remedy: `write one, or add ${id} to \`covers\` of the one that does${sameAs ? ` (see those of ${sameAs})` : ''}`,
  }));
}
