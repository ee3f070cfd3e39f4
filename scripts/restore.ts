import { restore } from './upkeep/restore.js';
import { endings, runTool, say } from './upkeep/tool.js';

/** Puts a backup in the place of the SQLite database that DATABASE_URL names; the bot must be stopped. */
await runTool({
  usage: 'npm run restore -- FILE',
  options: {},
  takes: 1,
  async run({ args: [source = ''], config }) {
    const stamp = new Date().toISOString().replace(/:|\.\d+/g, '');
    const { records, old } = await restore(config.databaseUrl, source, stamp);
    say(`${records} records are in place, opened and found sound.`);
    if (old) say(`What was there before is now ${old}; delete it when all is well.`);
    return endings.done;
  },
});
