import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openRows } from '../src/store/open-rows.js';
import { exportText } from './upkeep/export.js';
import { writing } from './upkeep/files.js';
import { endings, runTool, say, ToolError } from './upkeep/tool.js';

/** All that is stored of one server, as JSON, while the bot may run; on standard output, or in a new file. */
await runTool({
  usage: 'npm run --silent export -- --guild ID [--to FILE]',
  options: { guild: { type: 'string' }, to: { type: 'string' } },
  takes: 0,
  async run({ values: { guild, to }, config }) {
    if (typeof guild !== 'string' || !/^\d{1,19}$/.test(guild))
      throw new ToolError('Which server? --guild takes its id (in Discord: developer mode, Copy Server ID).');
    const file = typeof to === 'string' ? to : undefined;
    const rows = await openRows(config.databaseUrl, 'look');
    const told = { records: 0 };
    const text = Readable.from(exportText(rows, guild, new Date(), told));
    try {
      if (file)
        await writing(file, () => pipeline(text, createWriteStream(file, { mode: 0o600, flags: 'wx' })));
      else await pipeline(text, process.stdout, { end: false });
    } finally {
      await rows.close();
    }
    if (told.records === 0) process.stderr.write(`Nothing is stored of a server ${guild}.\n`);
    else if (file)
      say(`${told.records} records are in ${file}. They name people: keep it as you keep the database.`);
    return told.records === 0 ? endings.faults : endings.done;
  },
});
