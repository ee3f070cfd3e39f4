import { backUp } from './upkeep/backup.js';
import { countOf, endings, runTool, say } from './upkeep/tool.js';

/** A copy of the SQLite database that DATABASE_URL names, while the bot may run; older copies are kept beside it. */
const usualKeep = 7;

await runTool({
  usage: 'npm run backup -- FILE [--keep 7]',
  options: { keep: { type: 'string' } },
  takes: 1,
  async run({ args: [target = ''], values, config }) {
    const keep = countOf('keep', values['keep'], usualKeep);
    const { records } = await backUp(config.databaseUrl, target, keep);
    say(`${target}: ${records} records, opened and found sound.`);
    return endings.done;
  },
});
