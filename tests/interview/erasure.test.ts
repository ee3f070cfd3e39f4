import type { Member } from 'local-discord';
import { Snowflakes } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { Draws } from '../../src/bank/draws.js';
import { loadBank } from '../../src/bank/load.js';
import { CoalescedEdits } from '../../src/discord/edits.js';
import type { Whereabouts } from '../../src/discord/sent.js';
import { Interviews } from '../../src/interview/service.js';
import { Hidden } from '../../src/people/hidden.js';
import { Memory } from '../../src/store/held.js';
import { openStore } from '../../src/store/open.js';
import { listeningLog } from '../helpers/store.js';
import { mentionsOf, recordsIn } from '../retention/records.js';
import {
  begun,
  cardWith,
  handIn,
  type InterviewScene,
  interviewScene,
  rolesIn,
  roomOf,
  talks,
} from './scene.js';

/** Two questions of three people, all with feedback; then one in writing that is running, with an answer of Ben. */
async function played() {
  const scene = await interviewScene({ people: 3 });
  const { clock, members, server } = scene;
  await begun(scene, 'questions:2');
  for (let turn = 0; turn < 2; turn++) {
    const room = roomOf(scene);
    const { candidate, interviewer } = rolesIn(scene);
    await interviewer.press(cardWith(room, 'Ask'), 'Ask');
    await clock.settle();
    const form = await candidate.press(cardWith(room, 'Answer'), 'Answer');
    await candidate.submit(form, { answer: `words of ${candidate.name}` });
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    for (const [index, member] of members.entries())
      await handIn(member, room, { points: ['0'], strength: `by ${member.name}`, mark: index + 2 });
    await clock.settle();
    await candidate.press(cardWith(room, 'Next'), 'Next');
    await clock.settle();
  }
  const [, ben, cyd] = members as [Member, Member, Member];
  const lounge = server.channel('lounge');
  const lobby = (await ben.slash('/interview start format:written', { channel: lounge })).message;
  await cyd.press(lobby, 'Join');
  await ben.press(lobby, 'Start now');
  await clock.settle();
  const form = await ben.press(cardWith(roomOf(scene), 'Answer'), 'Answer');
  await ben.submit(form, { answer: 'late words of Ben' });
  await clock.settle();
  return scene;
}

/** The room alone, on the data of a bot that was stopped. */
async function reopened({ bot, clock }: InterviewScene, where: Whereabouts = 'unknown') {
  await bot.stop();
  const { log } = listeningLog();
  const store = await openStore(bot.databaseUrl, log);
  const memory = new Memory(store);
  const bank = await loadBank(talks);
  const ids = new Snowflakes(() => clock.now());
  const messenger = { send: async () => ids.next(), edit: async () => {}, sendDirect: async () => {} };
  const draws = new Draws({ bank, memory, random: Math.random });
  const interviews = new Interviews({
    memory,
    clock,
    log,
    bank,
    draws,
    messenger,
    random: Math.random,
    edits: new CoalescedEdits({ clock, log, messenger }),
    hidden: new Hidden(memory),
    sent: { find: async () => where },
    zoneOf: async () => 'UTC',
    threads: {
      open: async () => ids.next(),
      find: async () => undefined,
      invite: async () => {},
      archive: async () => {},
    },
  });
  clock.settleWith(() => interviews.idle());
  return {
    interviews,
    close: async () => {
      await interviews.stop();
      await store.close();
    },
  };
}

/** Lists of servers, and who is in which: other rooms keep these. */
const elsewhere = /^(servers|shard-counts|here|people|stock-taken):/;
const stored = async (scene: InterviewScene) =>
  (await recordsIn(scene.bot.databaseUrl)).filter(({ key }) => !elsewhere.test(key));

describe('a lobby whose card Discord did not confirm', () => {
  const unconfirmed = async (where: Whereabouts) => {
    const scene = await interviewScene({ people: 1 });
    const { interviews, close } = await reopened(scene, where);
    const place = { id: '1478723685580800001', guildId: scene.server.id, channelId: scene.drills.id };
    const opening = interviews.open({ ...place, hostId: scene.members[0]?.id ?? '', chosen: {} }, () =>
      Promise.reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })),
    );
    return { interviews, close, opening, id: place.id };
  };

  it('goes on with the card that stands in the channel', async () => {
    const { interviews, close, opening, id } = await unconfirmed({ messageId: '1478723685580800002' });
    await opening;
    expect(await interviews.settled(id)).toMatchObject({
      posts: { l: '1478723685580800002' },
      phase: { name: 'lobby' },
    });
    await close();
  });

  it.each(['absent', 'unknown'] as const)(
    'is called off where the card is %s, and a press says so',
    async (where) => {
      const { interviews, close, opening, id } = await unconfirmed(where);
      await expect(opening).rejects.toThrow('socket hang up');
      await expect(interviews.act(id, { kind: 'join', member: '7' })).rejects.toThrow('called off');
      await close();
    },
  );
});

describe('history and data', () => {
  it('a member sees points by topic, the spread of marks, strengths; exports their own; and is erased', async () => {
    const scene = await played();
    const [ada, ben] = scene.members as [Member, Member];
    const history = (await ada.slash('/interview history')).text;
    expect(history).toContain('1 interview');
    expect(history).toContain('Talks');
    expect(history).toContain('Knowledge **3 to 4** · mean 3.5');
    expect(history).toContain('`by Ben`');
    expect(history).not.toContain('`by Ada`');
    const { interviews, close } = await reopened(scene);
    expect(await interviews.members.line(scene.server.id, ada.id)).toContain(
      'Mock interviews: 1 · key points covered',
    );
    const exported = JSON.stringify(await interviews.members.export(scene.server.id, ben.id));
    for (const own of ['words of Ben', 'by Ben', 'late words of Ben', 'by Ada'])
      expect(exported).toContain(own);
    expect(exported).not.toContain('words of Ada');
    expect(exported).not.toContain(ada.id);

    expect(mentionsOf(await stored(scene), ben.id).length).toBeGreaterThan(2);
    await interviews.serversReady([scene.server.id]);
    await interviews.members.forget(scene.server.id, ben.id);
    await interviews.members.forget(scene.server.id, ben.id);
    await scene.clock.advanceBy(30 * 60_000);
    expect((await interviews.members.history(scene.server.id, ben.id)).answers).toEqual([]);
    expect((await interviews.members.history(scene.server.id, ada.id)).answers).toHaveLength(1);
    expect(await interviews.members.export(scene.server.id, ben.id)).toBeUndefined();
    await close();
    expect(mentionsOf(await stored(scene), ben.id)).toEqual([]);
    expect(JSON.stringify(await stored(scene))).not.toMatch(/words of Ben|by Ben/);
  });

  it('a server is removed without a trace, and nothing that was running writes itself back', async () => {
    const scene = await played();
    const { interviews, close } = await reopened(scene);
    await interviews.serversReady([scene.server.id]);
    await interviews.forgetScope(scene.server.id);
    await scene.clock.advanceBy(60 * 60_000);
    await close();
    const left = (await stored(scene)).filter(({ key }) => key.startsWith('interview'));
    expect(left).toEqual([]);
  });
});
