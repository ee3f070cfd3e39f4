import { expect, it } from 'vitest';
import { InterviewStorage } from '../../src/interview/storage.js';
import { Memory } from '../../src/store/held.js';
import { FlakyDatabase } from '../helpers/flaky-store.js';
import { listeningLog } from '../helpers/store.js';
import { Bench, member } from './rules.js';

it('a server that is removed once more after a kill leaves no key of a member', async () => {
  const database = new FlakyDatabase();
  const start = () => new InterviewStorage(new Memory(database.open(listeningLog().log)));
  const { session } = new Bench();
  const { id, guildId } = session;
  const storage = start();
  await storage.sessions.use(id, (slot, change) => {
    slot.set(session);
    change.at(storage.all, guildId).append([id]);
    storage.file(change, session);
  });
  const keys = (): string[] => [...database.rows.keys()];
  const named = (): string[] => keys().filter((key) => key.includes(member(1)));
  expect(named()).toHaveLength(1);

  // From the first removal on, the process is dead.
  database.failsTidying = () => {
    database.failsWrite = () => true;
    return true;
  };
  await storage.forgetScope(guildId).catch(() => {});
  expect(named()).toHaveLength(1);
  database.failsTidying = () => false;
  database.failsWrite = () => false;
  await start().forgetScope(guildId);
  await new Promise((resolve) => setImmediate(resolve));
  expect(named()).toEqual([]);
  expect(keys().filter((key) => key.includes(id))).toEqual([]);
});

it.each([
  ['goes, where nobody has come', 1, false],
  ['stays, where somebody has come', 2, true],
] as const)('an interview whose lobby could not be shown %s', async (_, people, goesOn) => {
  const database = new FlakyDatabase();
  const storage = new InterviewStorage(new Memory(database.open(listeningLog().log)));
  const session = { ...new Bench({}, people).session, posts: {} };
  await storage.memory.use((change) => storage.add(change, session));
  expect(await storage.callOff(session)).toBe(goesOn);
  expect((await storage.sessions.get(session.id)) !== undefined).toBe(goesOn);
});
