import { openRows } from '../src/store/open-rows.js';
import { parseStoreUrl } from '../src/store/url.js';
import { auditAll } from './upkeep/audit/audit.js';
import { Progress } from './upkeep/progress.js';
import { endings, runTool, say } from './upkeep/tool.js';

/**
 * Checks that everything stored agrees, while the bot may run (on Redis, which cannot show one moment, it must not).
 * Ends with 1 when something does not.
 */
await runTool({
  usage: 'npm run audit',
  options: {},
  takes: 0,
  async run({ config: { databaseUrl } }) {
    const isOneMoment = parseStoreUrl(databaseUrl).backend !== 'redis';
    const rows = await openRows(databaseUrl, isOneMoment ? 'look' : 'alone');
    const progress = new Progress('servers');
    try {
      const found = await auditAll(rows, (done, of) => progress.show('auditing', done, of));
      progress.end();
      for (const { scope, fault } of found.findings) say(`${scope}: ${fault}`);
      const { scopes, points, findings } = found;
      say(
        `${scopes} servers and direct messages, ${found.rows} rows, ${points} points, ${findings.length} faults.`,
      );
      return findings.length === 0 ? endings.done : endings.faults;
    } finally {
      progress.end();
      await rows.close();
    }
  },
});
