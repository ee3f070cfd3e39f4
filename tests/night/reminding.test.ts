import { expect, it } from 'vitest';
import { NightBook } from '../../src/night/book.js';
import { NightForgetting } from '../../src/night/forgetting.js';
import type { CurrentNight } from '../../src/night/records.js';
import { Reminding } from '../../src/night/reminding.js';
import { Hidden } from '../../src/people/hidden.js';
import { Memory } from '../../src/store/held.js';
import { ManualClock } from '../helpers/clock.js';
import { FlakyDatabase } from '../helpers/flaky-store.js';
import { listeningLog } from '../helpers/store.js';

const [ada, ben, cyd] = ['400000000000000001', '400000000000000002', '400000000000000003'] as const;
const guild = '500000000000000000';

it('whoever has their data removed while Discord is away is not put back on the list of reminders', async () => {
  const { log } = listeningLog();
  const clock = new ManualClock('2026-03-05T19:55:00Z');
  const database = new FlakyDatabase();
  const memory = new Memory(database.open(log));
  const book = new NightBook({ memory, hidden: new Hidden(memory) }, () => {});
  const forgetting = new NightForgetting(book);
  const away = Object.assign(new Error('away'), { code: 'ECONNRESET' });
  const tried: string[] = [];
  const messenger = {
    send: async () => '1',
    edit: async () => {},
    async sendDirect(member: string) {
      tried.push(member);
      if (tried.length === 1) await forgetting.member(guild, ada);
      if (member !== cyd) throw away;
    },
  };
  const reminding = new Reminding({ book, messenger, clock, log });
  for (const member of [ada, ben, cyd]) await reminding.ask(guild, member);
  const startsAtMs = clock.now();
  const current = { id: '600000000000000000', name: 'Night', startsAtMs, channelId: '1' } as CurrentNight;
  await expect(reminding.send(guild, current)).rejects.toThrow('away');
  expect(tried).toEqual([ada, ben, cyd]);
  expect((await book.reminders.get(guild))?.sending?.members).toEqual([ben]);
  expect(JSON.stringify([...database.rows])).not.toContain(ada);
});
