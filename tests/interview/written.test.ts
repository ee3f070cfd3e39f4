import type { Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { troubles } from '../helpers/bot.js';
import { begun, cardWith, type InterviewScene, interviewScene, roomOf, tick } from './scene.js';
import { expectSecret, secrets } from './secrecy.js';

async function write(scene: InterviewScene, member: Member, answer: string) {
  const form = await member.press(cardWith(roomOf(scene), 'Answer'), 'Answer');
  return member.submit(form, { answer });
}

describe('a written interview', () => {
  it.each([2, 3, 5, 8])('of %i: blind answers, then ratings, then the model answer', async (people) => {
    const scene = await interviewScene({ people });
    const { clock, members, drills } = scene;
    await begun(scene, 'format:written questions:1 minutes:10');
    const room = roomOf(scene);
    for (const [index, member] of members.entries()) {
      await write(scene, member, `my words ${index} <@&1> \`\`\` **x**`);
      await clock.settle();
      if (index < members.length - 1) expectSecret(scene, ['my words', ...secrets], []);
    }
    expect(room.messages.filter(({ text }) => text.includes('my words'))).toHaveLength(people);
    expect(room.messages.filter(({ text }) => text.includes('my words') && text.includes('<@1'))).toEqual([]);
    for (const member of members)
      for (let nth = 0; nth < Math.min(people, 3); nth++) {
        expectSecret(scene, ['MODELANSWER'], []);
        const rated = await tick(member, room, { points: ['0'], strength: `good ${nth}` }, 'Rate');
        expect(rated.text).toContain(nth === Math.min(people, 3) - 1 ? 'last one' : 'more: press **Rate**');
      }
    await clock.settle();
    const results = cardWith(room, 'My feedback');
    expect(results.text).toContain('MODELANSWER');
    for (const member of members) expect(results.text).toContain(`${member.mention}: 1\u00a0of`);
    const own = await (members[0] as Member).press(results, 'My feedback');
    expect(own.text).toContain('`good 1`');
    await clock.advance('181s');
    expect(drills.last.text).toContain('recap');
    expect(troubles(scene.bot)).toEqual([]);
  });

  it('over two days: who comes late joins by answering, and nothing ends before its time', async () => {
    const scene = await interviewScene({ people: 3 });
    const { clock, members } = scene;
    const [ada, ben, cyd] = members as [Member, Member, Member];
    await begun(scene, 'format:written questions:1 minutes:2880', 1);
    const room = roomOf(scene);
    await write(scene, ada, 'first');
    await clock.advanceBy(20 * 3_600_000);
    await ben.press(cardWith(scene.drills, 'Join'), 'Join');
    await clock.settle();
    await write(scene, ben, 'second');
    await scene.restart();
    await clock.advanceBy(20 * 3_600_000);
    expect(room.messages.some(({ text }) => text.includes('Rating'))).toBe(false);
    await cyd.press(cardWith(scene.drills, 'Join'), 'Join');
    await clock.settle();
    await write(scene, cyd, 'third');
    expect((await write(scene, cyd, 'third, better')).text).toContain('in place of the one before');
    await clock.advanceBy(8 * 3_600_000 + 1_000);
    expect(room.messages.map(({ text }) => text).join()).toContain('third, better');
    await tick(ada, room, { points: ['0', '1'] }, 'Rate');
    await clock.advanceBy(2 * 24 * 3_600_000);
    expect(cardWith(room, 'My feedback').text).toContain(`${ada.mention}: 2\u00a0of`);
  });

  it('of which nobody answers ends and says so', async () => {
    const scene = await interviewScene({ people: 2 });
    await begun(scene, 'format:written questions:2 minutes:3');
    await scene.clock.advance('181s');
    expect(scene.drills.last.text).toContain('Nobody went on.');
    expectSecret(scene, secrets);
  });
});
