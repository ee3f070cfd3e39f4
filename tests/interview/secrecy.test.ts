import type { Member } from 'local-discord';
import { expect, it } from 'vitest';
import { begun, cardWith, handIn, interviewScene, rolesIn, roomOf, tick } from './scene.js';
import { expectSecret, secrets } from './secrecy.js';

it('key points and model answer reach nobody but the interviewer before their time, whatever is pressed', async () => {
  const scene = await interviewScene({ people: 4 });
  const { clock, members, drills } = scene;
  await begun(scene, 'questions:1');
  const room = roomOf(scene);
  const { candidate, interviewer } = rolesIn(scene);
  const others = members.filter((member) => member !== interviewer);
  const id = cardWith(room, 'Ask').button('Ask').customId?.split(':')[2];
  const forged = [
    'sheet',
    'page',
    'ask',
    'hint',
    'follow',
    'away',
    'up',
    'answer',
    'feedback',
    'rate',
    'mark',
    'mine',
    'keep',
    'next',
  ];
  const tryAll = async (except: readonly string[] = []) => {
    for (const member of others)
      for (const action of forged.filter((one) => !except.includes(one)))
        for (const rest of ['0', '0:1', '0:0', '0:5', '1'])
          await member.pressId(cardWith(room, 'Sheet'), `interview:${action}:${id}:${rest}`);
    for (const command of ['/interview status', '/interview history', '/stats'])
      for (const member of others)
        await member.slash(command, { channel: command === '/stats' ? drills : room });
  };
  const hidden = [
    ...secrets,
    'What would you look at first',
    'What does each of them read',
    'What is most urgent',
  ];

  const sheet = await interviewer.press(cardWith(room, 'Sheet'), 'Sheet');
  for (let page = 0; page < 6; page++) await interviewer.press(sheet, '▶');
  await tryAll(['up']);
  expectSecret(scene, hidden, [interviewer]);
  await interviewer.press(cardWith(room, 'Ask'), 'Ask');
  await clock.settle();
  // The host may end the time.
  await tryAll(['up']);
  await clock.settle();
  expectSecret(scene, hidden, [interviewer]);
  await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
  await clock.settle();
  expectSecret(scene, secrets, [interviewer]);
  for (const member of members.slice(0, 3))
    await handIn(member, room, { points: ['0'], strength: 'STRENGTH', next: 'NEXTSTEP', mark: 4 });
  await tick(members[3] as Member, room, { strength: 'STRENGTH' });
  for (const command of ['/interview status', '/interview history'])
    for (const member of members) await member.slash(command, { channel: room });
  await clock.settle();
  expectSecret(scene, ['MODELANSWER', 'EXPLANATION', 'REDFLAG'], [interviewer]);
  const mine = await candidate.pressId(cardWith(room, 'Feedback'), `interview:mine:${id}:0`);
  expect(mine.text).toContain('Not yet');
  // What somebody typed stands in their own form again, and nowhere else.
  expectSecret(scene, ['STRENGTH', 'NEXTSTEP'], []);
  await clock.advanceBy(5 * 60_000);
  expect(cardWith(room, 'My feedback').text).toContain('MODELANSWER');
  for (const member of members.filter((one) => one !== candidate))
    expect((await member.press(cardWith(room, 'My feedback'), 'My feedback')).text).not.toContain('STRENGTH');
  expectSecret(scene, ['STRENGTH', 'NEXTSTEP'], []);
  expect((await candidate.press(cardWith(room, 'My feedback'), 'My feedback')).text).toContain('`STRENGTH`');
  expectSecret(scene, ['STRENGTH', 'NEXTSTEP'], [candidate]);
});

it('an open question of an interview is not asked elsewhere until it is shown', async () => {
  const scene = await interviewScene({ people: 2 });
  const [ada] = scene.members as [Member];
  await begun(scene, 'questions:1');
  const lounge = scene.server.channel('lounge');
  const room = roomOf(scene);
  const { interviewer } = rolesIn(scene);
  await interviewer.press(cardWith(room, 'Ask'), 'Ask');
  await scene.clock.settle();
  const prompt = cardWith(room, 'Hint').text.split('\n')[1] ?? '';
  for (let nth = 0; nth < 3; nth++) {
    await scene.clock.advance('4s');
    const card = await ada.slash('/question any topic:talks private:true', { channel: lounge });
    expect(card.text).not.toContain(prompt);
  }
});
