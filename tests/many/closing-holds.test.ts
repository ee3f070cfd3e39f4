import { expect, it } from 'vitest';
import { PostgresHolds } from '../../src/store/postgres-holds.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { listeningLog } from '../helpers/store.js';
import { ownPostgres } from './databases.js';

const postgres = await ownPostgres();

it.skipIf(!postgres)('who asks behind the end of the connections is refused, and nothing else', async () => {
  const holds = await PostgresHolds.open(parseStoreUrl((await postgres?.fresh()) ?? ''), listeningLog().log);
  await holds.close();
  await expect(holds.view()).rejects.toThrow();
  await holds.close();
});
