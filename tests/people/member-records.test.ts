import { expect, it } from 'vitest';
import { z } from 'zod';
import { MemberRecords } from '../../src/people/member-records.js';
import { Memory } from '../../src/store/held.js';
import { logType } from '../../src/store/log-segments.js';
import { recordType } from '../../src/store/store.js';
import { FlakyDatabase } from '../helpers/flaky-store.js';
import { listeningLog, tempStore } from '../helpers/store.js';
import { mentionsOf, recordsIn } from '../retention/records.js';

type Own = string;
const type = recordType<Own>('own', z.string());
const list = logType('owners', z.string());

const recordsOn = (memory: Memory) => new MemberRecords<Own>(memory, type, list);

/** As whoever keeps something does it: a member is listed with the first thing that they have. */
const set = (own: MemberRecords<Own>, scope: string, member: string, value: string) =>
  own.use(scope, member, (slot, change) => {
    if (slot.value === undefined) own.list(change, scope, [member]);
    slot.set(value);
  });

async function open() {
  const temp = await tempStore();
  const own = recordsOn(new Memory(temp.store));
  const stored = async () => {
    await temp.store.close();
    const found = await recordsIn(temp.url);
    return found.filter(({ value }) => !value.includes('"v":0'));
  };
  return { temp, own, stored };
}

const membersOf = async (own: MemberRecords<Own>, scope: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const member of own.membersOf(scope)) found.push(member);
  return found;
};

it('a member who is forgotten stands nowhere any more; others keep theirs', async () => {
  const { own, stored } = await open();
  for (const member of ['111', '222']) await set(own, '9', member, 'kept');
  expect(await own.forgetMember('9', '111')).toBe(true);
  expect(await own.get('9', '222')).toBe('kept');
  expect(await membersOf(own, '9')).toEqual(['222']);
  const left = await stored();
  expect(mentionsOf(left, '111')).toEqual([]);
  expect(mentionsOf(left, '222')).not.toEqual([]);
});

it('a removal that was cut short leaves no key of its member when it is done once more', async () => {
  const database = new FlakyDatabase();
  const start = () => recordsOn(new Memory(database.open(listeningLog().log)));
  const own = start();
  await set(own, '9', '111', 'kept');
  database.failsTidying = () => true;
  await own.forgetMember('9', '111');
  expect([...database.rows.keys()].filter((key) => key.includes('111'))).toHaveLength(1);
  database.failsTidying = () => false;
  expect(await start().forgetMember('9', '111')).toBe(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect([...database.rows.keys()].filter((key) => key.includes('111'))).toEqual([]);
});

it('what a member begins anew while they are being forgotten is found again', async () => {
  const { own } = await open();
  await set(own, '9', '111', 'old');
  const forgetting = own.forgetMember('9', '111');
  await set(own, '9', '111', 'new');
  await forgetting;
  expect(await own.get('9', '111')).toBe('new');
  expect(await membersOf(own, '9')).toContain('111');
});

it('a scope that is forgotten loses all records, those made anew after they were removed too', async () => {
  const { own, stored } = await open();
  for (const member of ['111', '222', '333']) await set(own, '9', member, 'kept');
  await own.forgetMember('9', '111');
  await set(own, '9', '111', 'new');
  await set(own, '8', '111', 'elsewhere');
  await own.forgetScope('9');
  expect(await own.get('8', '111')).toBe('elsewhere');
  expect(await own.scopesWithMembers(['8', '9'])).toEqual(['8']);
  expect(mentionsOf(await stored(), '9:')).toEqual([]);
});

it('a change sees the record that there is', async () => {
  const { own, temp } = await open();
  await set(own, '9', '111', 'kept');
  const again = recordsOn(new Memory(temp.store));
  expect(await again.use('9', '111', ({ value }) => value)).toBe('kept');
});
