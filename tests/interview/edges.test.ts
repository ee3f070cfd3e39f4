import type { Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import type { openStore } from '../../src/store/open.js';
import { Disk } from '../quiz/flaky-sqlite.js';
import {
  begun,
  cardWith,
  handIn,
  type InterviewScene,
  interviewScene,
  rolesIn,
  roomOf,
  tick,
} from './scene.js';

const minuteMs = 60_000;
const textIn = (scene: InterviewScene): string =>
  roomOf(scene)
    .messages.map(({ text }) => text)
    .join('\n');

/** Up to the question, for so many people. */
async function asked(people: number, options = 'questions:2') {
  const scene = await interviewScene({ people });
  await begun(scene, options);
  const room = roomOf(scene);
  const roles = rolesIn(scene);
  await roles.interviewer.press(cardWith(room, 'Ask'), 'Ask');
  await scene.clock.settle();
  return { ...roles, scene, room, members: scene.members, clock: scene.clock };
}

describe('the lobby', () => {
  it('takes eight, tells the ninth so, and lets people leave', async () => {
    const scene = await interviewScene({ people: 9 });
    const [ada, ...others] = scene.members as [Member, ...Member[]];
    const lobby = (await ada.slash('/interview start')).message;
    for (const member of others.slice(0, 7)) await member.press(lobby, 'Join');
    const ninth = others[7] as Member;
    expect((await ninth.press(lobby, 'Join')).text).toContain('Eight people');
    expect((await (others[0] as Member).press(lobby, 'Leave')).text).toContain('You have left');
    expect((await ninth.press(lobby, 'Join')).text).toContain('You are in');
    expect((await ninth.press(lobby, 'Join')).text).toContain('already');
    expect((await ninth.press(lobby, 'Start now')).text).toContain('Only the host');
    await scene.clock.advance('2s');
    expect(lobby.text).toContain('(8 of 8)');
  });

  it('needs two who do more than observe; the wishes count', async () => {
    const scene = await interviewScene({ people: 3 });
    const [ada, ben, cyd] = scene.members as [Member, Member, Member];
    const lobby = (await ada.slash('/interview start questions:1')).message;
    expect((await ben.press(lobby, 'Observe')).text).toContain('only observe');
    expect((await ada.press(lobby, 'Start now')).text).toContain('It takes two people');
    await cyd.press(lobby, 'Candidate first');
    await ada.press(lobby, 'Start now');
    await scene.clock.settle();
    expect(rolesIn(scene)).toEqual({ candidate: cyd, interviewer: ada });
  });

  it('that Discord refuses while the disk does, too, keeps no place for longer than that lasts', async () => {
    const disk = new Disk();
    const open: typeof openStore = (url, log) => disk.open(url.slice('sqlite://'.length), log);
    const scene = await interviewScene({ people: 1, open });
    const [ada] = scene.members as [Member];
    scene.discord.faults.next(
      ({ path }) => {
        if (!path.endsWith('/callback')) return false;
        disk.fails = (keys) => keys.some((key) => key.startsWith('interview'));
        return true;
      },
      { status: 400 },
    );
    await ada.slash('/interview start', { wait: false });
    await scene.clock.settle();
    await scene.clock.advance('10s');
    disk.fails = () => false;
    await scene.clock.advance('3s');
    expect((await ada.slash('/interview start')).text).toContain('Mock interview');
  });

  it('without enough people ends by itself, and the channel is free again', async () => {
    const scene = await interviewScene({ people: 1 });
    const [ada] = scene.members as [Member];
    const lobby = (await ada.slash('/interview start')).message;
    expect((await ada.slash('/interview start')).text).toContain('already on here');
    expect((await ada.slash('/interview start', { channel: scene.server.channel('lounge') })).text).toContain(
      'has not started yet',
    );
    await scene.clock.advanceBy(10 * minuteMs);
    expect(lobby.text).toContain('over');
    expect(lobby.buttons).toEqual([]);
    expect((await ada.slash('/interview start')).text).toContain('Mock interview');
  });

  it('says what cannot be', async () => {
    const {
      members: [ada],
    } = await interviewScene({ people: 1 });
    expect((await ada?.slash('/interview start minutes:31'))?.text).toContain('3 to 30 minutes');
    expect((await ada?.slash('/interview start topic:queries'))?.text).toContain('no open question');
    expect((await ada?.slash('/interview status'))?.text).toContain('No interview is on');
    expect((await ada?.slash('/interview stop'))?.text).toContain('No interview is on');
    expect((await ada?.slash('/interview history'))?.text).toContain('No feedback yet');
  });
});

describe('the room', () => {
  it.each([
    { rights: 'secret', type: 12 },
    { rights: 'public', type: 11 },
  ] as const)('is a thread as the bot may make one: $rights', async ({ rights, type }) => {
    const scene = await interviewScene({ rights });
    await begun(scene, 'topic:talks');
    const room = roomOf(scene);
    expect([room.state.type, room.name]).toEqual([type, 'Mock interview: Talks, 2026-03-04']);
    for (const member of scene.members) expect(room.state.thread?.members.has(member.id)).toBe(true);
    scene.discord.refusals.length = 0;
  });

  it('is the channel where there can be none, and everything works there', async () => {
    const scene = await interviewScene({ rights: 'none', people: 2 });
    await begun(scene, 'questions:1');
    expect(roomOf(scene)).toBe(scene.drills);
    const { interviewer } = rolesIn(scene);
    await interviewer.press(cardWith(scene.drills, 'Ask'), 'Ask');
    await scene.clock.settle();
    await interviewer.press(cardWith(scene.drills, 'Time is up'), 'Time is up');
    await scene.clock.settle();
    for (const member of scene.members) await handIn(member, scene.drills, { points: ['0', '1'] });
    await scene.clock.settle();
    await scene.clock.advanceBy(3 * minuteMs);
    expect(scene.drills.last.text).toContain('covered 2\u00a0of');
    scene.discord.refusals.length = 0;
  });

  it('is the thread in which it was opened: no thread is made in a thread', async () => {
    const scene = await interviewScene({ people: 2 });
    const thread = scene.server.thread(scene.drills, 'corner');
    const [ada, ben] = scene.members as [Member, Member];
    const lobby = (await ada.slash('/interview start questions:1', { channel: thread })).message;
    await ben.press(lobby, 'Join');
    await ada.press(lobby, 'Start now');
    await scene.clock.settle();
    expect(cardWith(thread, 'Ask').text).toContain('Question 1 of 1');
    await ada.slash('/interview stop', { channel: thread });
    await scene.clock.settle();
    expect(thread.last.text).toContain('recap');
    expect(thread.state.thread?.archived).toBe(false);
    scene.discord.refusals.length = 0;
  });

  it('that is deleted ends the interview; the recap stands in the channel', async () => {
    const { scene, room, clock } = await asked(2);
    scene.discord.faults.deleteChannel(room);
    await clock.advanceBy(10 * minuteMs);
    expect(scene.drills.last.text).toContain('I lost access to its thread.');
    expect((await (scene.members[0] as Member).slash('/interview status')).text).toContain(
      'No interview is on',
    );
    scene.discord.refusals.length = 0;
  });

  it('whose channel is gone too ends it, and tells the host', async () => {
    const { scene, room, clock } = await asked(2);
    scene.discord.faults.deleteChannel(room);
    scene.discord.faults.deleteChannel(scene.drills);
    await clock.advanceBy(10 * minuteMs);
    expect((scene.members[0] as Member).dm.last.text).toContain('I cannot post there');
    scene.discord.refusals.length = 0;
  });
});

describe('roles pass on', () => {
  it('a silent interviewer is replaced after three minutes, and can come back', async () => {
    const scene = await interviewScene({ people: 3 });
    await begun(scene, 'questions:2');
    const { candidate, interviewer } = rolesIn(scene);
    const third = scene.members.find((one) => one !== candidate && one !== interviewer) as Member;
    await scene.clock.advanceBy(2 * minuteMs);
    await interviewer.press(cardWith(roomOf(scene), 'Sheet'), 'Sheet');
    await scene.clock.advanceBy(2 * minuteMs);
    expect(textIn(scene)).not.toContain('did nothing for three minutes');
    await scene.clock.advanceBy(minuteMs + 2_000);
    expect(textIn(scene)).toContain(`so ${third.mention} interviews now`);
    expect(rolesIn(scene)).toEqual({ candidate, interviewer: third });
    expect((await interviewer.press(cardWith(roomOf(scene), 'Ask'), 'Ask')).text).toContain(
      'for the interviewer',
    );
    expect((await interviewer.press(cardWith(scene.drills, 'Join'), 'Join')).text).toContain('You are in');
    await third.press(cardWith(roomOf(scene), 'Ask'), 'Ask');
    await scene.clock.settle();
    expect(cardWith(roomOf(scene), 'Hint').text).toContain(interviewer.mention);
  });

  it('with nobody to take over, two get three minutes more, then it ends', async () => {
    const scene = await interviewScene({ people: 2 });
    await begun(scene);
    await scene.clock.advanceBy(3 * minuteMs);
    expect(textIn(scene)).toContain('In three more minutes the interview ends');
    await scene.clock.advanceBy(3 * minuteMs);
    expect(scene.drills.last.text).toContain('Nobody went on.');
  });

  it('a candidate who leaves is followed by the next one, with another question', async () => {
    const { scene, candidate, room } = await asked(3);
    const before = cardWith(room, 'Hint').text.split('\n')[1] ?? '';
    await candidate.press(cardWith(scene.drills, 'Leave'), 'Leave');
    await scene.clock.settle();
    expect(rolesIn(scene).candidate).not.toBe(candidate);
    await rolesIn(scene).interviewer.press(cardWith(room, 'Ask'), 'Ask');
    await scene.clock.settle();
    const card = cardWith(room, 'Hint');
    expect(card.text).toContain('Question 1 of 2');
    expect(card.text).not.toContain(before);
  });

  it('an interviewer who says that the candidate is away turns the roles', async () => {
    const scene = await interviewScene({ people: 3 });
    await begun(scene);
    const { candidate, interviewer } = rolesIn(scene);
    const sheet = await interviewer.press(cardWith(roomOf(scene), 'Sheet'), 'Sheet');
    expect((await interviewer.press(sheet, 'Candidate is away')).text).toContain('The roles turn');
    await scene.clock.settle();
    expect(textIn(scene)).toContain(`${candidate.mention} is away`);
    expect(rolesIn(scene).candidate).not.toBe(candidate);
  });

  it('an interviewer who leaves in the middle is replaced, and the answer goes on', async () => {
    const { scene, candidate, interviewer, room, members } = await asked(3);
    await interviewer.press(cardWith(scene.drills, 'Leave'), 'Leave');
    await scene.clock.settle();
    const third = members.find((one) => one !== candidate && one !== interviewer) as Member;
    expect((await third.press(cardWith(room, 'Hint'), 'Hint')).text).toContain('Shown to all');
    await third.press(cardWith(room, 'Time is up'), 'Time is up');
    await scene.clock.settle();
    for (const member of [candidate, third]) await handIn(member, room);
    await scene.clock.settle();
    expect(cardWith(room, 'My feedback').text).toContain('MODELANSWER');
  });

  it('a host who leaves is followed by the next one, who can stop it', async () => {
    const { scene, room } = await asked(3);
    const [ada, ben] = scene.members as [Member, Member];
    await ada.press(cardWith(scene.drills, 'Leave'), 'Leave');
    await scene.clock.settle();
    expect(textIn(scene)).toContain(`${ben.mention} is the host now`);
    expect((await ada.slash('/interview stop', { channel: room })).text).toContain('Only the host');
    expect((await ben.slash('/interview stop', { channel: room })).text).toContain('is stopped');
    await scene.clock.settle();
    expect(scene.drills.last.text).toContain('It was stopped.');
  });

  it('when only one is left it ends', async () => {
    const { scene, interviewer } = await asked(2);
    await interviewer.press(cardWith(scene.drills, 'Leave'), 'Leave');
    await scene.clock.settle();
    expect(scene.drills.last.text).toContain('Fewer than two');
  });
});

describe('feedback', () => {
  it('handed in twice counts once, as it was last', async () => {
    const { candidate, interviewer, room, clock } = await asked(3, 'questions:1');
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    await handIn(interviewer, room, { points: ['0'], strength: 'first' });
    const again = await interviewer.press(cardWith(room, 'Feedback'), 'Feedback');
    expect(again.modal.fields.find(({ customId }) => customId === 'strength')?.value).toBe('first');
    await handIn(interviewer, room, { points: ['1', '2'], strength: 'second' });
    await clock.advance('2s');
    expect(cardWith(room, 'Feedback').text).toContain('**1 of 3** handed in');
    await clock.advanceBy(5 * minuteMs);
    const own = await candidate.press(cardWith(room, 'My feedback'), 'My feedback');
    expect(own.text).toContain('You covered **2 of');
    expect(own.text).toContain('`second`');
    expect(own.text).not.toContain('first');
  });

  it('each opening of a form has an id of its own', async () => {
    const { interviewer, room, clock } = await asked(2);
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    const open = async () => (await interviewer.press(cardWith(room, 'Feedback'), 'Feedback')).modal.customId;
    expect(await open()).not.toBe(await open());
  });

  it('after five minutes is shown without those who handed in nothing, who are named to the host alone', async () => {
    const { interviewer, room, clock, members } = await asked(3, 'questions:1');
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    await handIn(interviewer, room, { points: ['0'] });
    const [ada, ben] = members as [Member, Member];
    const missing = members.filter((one) => one !== interviewer);
    const told = (await ada.slash('/interview status', { channel: room })).text;
    for (const member of missing) expect(told.split('still missing')[1]).toContain(member.mention);
    expect((await ben.slash('/interview status', { channel: room })).text).not.toContain('missing');
    await clock.advanceBy(5 * minuteMs);
    const results = cardWith(room, 'My feedback');
    expect(results.text).not.toContain('no feedback');
    expect((await ada.press(results, 'My feedback')).text).toContain('no feedback came from');
    expect((await ben.press(results, 'My feedback')).text).not.toContain('no feedback came from');
  });

  it('too late, of strangers, and the second page first are refused in plain words', async () => {
    const { scene, interviewer, room, clock } = await asked(2, 'questions:1');
    const stranger = scene.discord.member('Zed', { server: scene.server });
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    const card = cardWith(room, 'Feedback');
    const id = card.button('Feedback').customId?.split(':')[2];
    expect((await stranger.pressId(card, card.button('Feedback').customId ?? '')).text).toContain(
      'nothing for you to rate',
    );
    expect((await interviewer.pressId(card, `interview:mark:${id}:0:0`)).text).toContain(
      'First the key points',
    );
    const form = await interviewer.press(card, 'Feedback');
    await clock.advanceBy(5 * minuteMs);
    const late = await interviewer.submit(form, { points: ['0'], strength: '', next: '' });
    expect(late.text).toContain('is over');
  });

  it('a first page without the second counts when the time is over', async () => {
    const { candidate, interviewer, room, clock } = await asked(2, 'questions:1');
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    await tick(interviewer, room, { points: ['0', '1'], strength: 'kept' });
    await clock.advanceBy(5 * minuteMs);
    const own = await candidate.press(cardWith(room, 'My feedback'), 'My feedback');
    expect(own.text).toContain('`kept`');
    expect(own.text).toContain('You covered **2 of');
  });

  it('can be kept as a direct message', async () => {
    const { candidate, interviewer, room, clock, members } = await asked(2, 'questions:1');
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    for (const member of members) await handIn(member, room, { strength: 'calm' });
    await clock.settle();
    const own = await candidate.press(cardWith(room, 'My feedback'), 'My feedback');
    expect((await candidate.press(own, 'Send me this')).text).toContain('Sent');
    expect(candidate.dm.last.text).toContain('`calm`');
  });

  it('does not name in the recap who is hidden', async () => {
    const { scene, candidate, interviewer, room, clock, members } = await asked(2, 'questions:1');
    await candidate.slash('/privacy hide on:true');
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    for (const member of members) await handIn(member, room, { points: ['0'] });
    await clock.settle();
    await candidate.press(cardWith(room, 'Next'), 'Next');
    await clock.settle();
    const recap = scene.drills.last.text;
    expect(recap).toContain('somebody covered 1\u00a0of');
    expect(recap).toContain(`asked by ${interviewer.mention}`);
  });

  it('is stopped in the middle: what was handed in is shown', async () => {
    const { scene, candidate, interviewer, room, clock } = await asked(3);
    await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
    await clock.settle();
    await handIn(interviewer, room, { strength: 'kept' });
    await (scene.members[0] as Member).slash('/interview stop', { channel: room });
    await clock.settle();
    expect((await candidate.press(cardWith(room, 'My feedback'), 'My feedback')).text).toContain('`kept`');
  });
});
