import { move } from './upkeep/move.js';
import { Progress } from './upkeep/progress.js';
import { endings, runTool, say } from './upkeep/tool.js';

/** Copies one database into another, e.g. from SQLite to PostgreSQL, with the bot stopped; run it again to go on. */
await runTool({
  usage: 'npm run move -- FROM_URL TO_URL',
  options: {},
  takes: 2,
  async run({ args: [from = '', to = ''] }) {
    const progress = new Progress('records');
    try {
      const rows = await move(from, to, (step) => progress.show(step.doing, step.rows, step.of));
      progress.end();
      say(`${rows} records are copied and compared. Set DATABASE_URL to the new one and start the bot.`);
      return endings.done;
    } finally {
      progress.end();
    }
  },
});
