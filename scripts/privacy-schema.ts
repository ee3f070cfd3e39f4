import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../src/app/compose.js';
import { readConfig } from '../src/app/config.js';
import { loadBank } from '../src/bank/load.js';
import { systemClock } from '../src/time/clock.js';

const dir = await mkdtemp(join(tmpdir(), 'drills-schema-'));
try {
  // What is exported is said by the features, so it takes all of them; none is started.
  const config = readConfig({ DATABASE_URL: `sqlite://${join(dir, 'empty.sqlite')}` }, false);
  const app = await createApp({
    config,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    bank: loadBank(config.questionsDir),
    refused: () => {},
  });
  await writeFile('docs/export.schema.json', `${JSON.stringify(app.exportSchema(), undefined, 2)}\n`);
  await app.stop();
} finally {
  await rm(dir, { recursive: true, force: true });
}
