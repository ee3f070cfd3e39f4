import { type Card, type Channel, LocalDiscord, type Member } from 'local-discord';
import { expect, onTestFinished, test } from 'vitest';
import { Classmates } from '../../src/sandbox/web/classmates.js';
import { startTheBot } from '../helpers/bot.js';
import { talks } from '../interview/scene.js';

/** A server with one person and three classmates, who are twenty times as quick as people, and the whole bot. */
async function classroom() {
  const discord = await LocalDiscord.start();
  onTestFinished(() => discord.close());
  const server = discord.server('Study group', {
    channels: ['drills'],
    botPermissions: [
      'ViewChannel',
      'SendMessages',
      'SendMessagesInThreads',
      'CreatePrivateThreads',
      'ReadMessageHistory',
    ],
  });
  const ada = discord.member('Ada', { server });
  const mates = ['Barbara', 'Dennis', 'Radia'].map((name, at) => ({
    member: discord.member(name, { server }),
    skill: 0.9 - at * 0.3,
    slowness: 1,
  }));
  const bot = await startTheBot(discord, { env: { QUESTIONS_DIR: talks } });
  const faults: unknown[] = [];
  const company = new Classmates({
    discord,
    all: mates,
    helps: (customId) => bot.app.helpFor(customId),
    pace: 0.02,
    onFault: (error) => faults.push(error),
  });
  onTestFinished(() => company.close());
  return { discord, ada, server, drills: server.channel('drills'), faults };
}

const button = (card: Card, label: string): boolean =>
  card.buttons.some((one) => one.label === label && !one.disabled);

async function started(options: string) {
  const room = await classroom();
  const lobby = (await room.ada.slash(`/interview start ${options}`)).message;
  await room.drills.waitFor(({ text }) => text.includes('(4 of 8)'));
  await room.ada.press(lobby, 'Start now');
  await expect.poll(() => room.server.channels.some(({ state }) => state.thread)).toBe(true);
  const thread = room.server.channels.find(({ state }) => state.thread) as Channel;
  return { ...room, thread };
}

async function fill(member: Member, card: Card, label: string, values: Record<string, string | string[]>) {
  return member.submit(await member.press(card, label), values);
}

const sheet = { points: ['0'], strength: 'clear', next: 'tests' };

test('one person plays a panel with classmates, who ask, follow up, end, and give feedback', async () => {
  const { ada, thread, drills, faults } = await started('questions:1');
  // Ada came first, so she is the candidate.
  const question = await thread.waitFor((card) => button(card, 'Time is up'));
  await fill(ada, question, 'Answer', { answer: 'I measure and look for an N+1 problem.' });
  await thread.waitFor(({ text }) => text.includes('Follow-up 1'));
  const call = await thread.waitFor((card) => button(card, 'Feedback'));
  const marks = await ada.press(await fill(ada, call, 'Feedback', sheet), 'Marks');
  await ada.submit(marks, { knowledge: '2', reasoning: '2', communication: '2', tradeOffs: '2' });
  const results = await thread.waitFor((card) => button(card, 'My feedback'));
  const own = await ada.press(results, 'My feedback');
  expect(own.text.match(/From <@/g)).toHaveLength(3);
  await ada.press(results, 'Next');
  await drills.waitFor(({ text }) => text.includes('recap'));
  expect(faults).toEqual([]);
});

test('a classmate who is candidate answers what the question is about', async () => {
  const { ada, thread, faults } = await started('questions:2');
  const first = await thread.waitFor((card) => button(card, 'Time is up'));
  ada.says('I would say it aloud.', thread);
  await thread.waitFor((card) => button(card, 'Feedback'));
  const call = thread.messages.findLast((card) => button(card, 'Feedback')) as Card;
  const marks = await ada.press(await fill(ada, call, 'Feedback', sheet), 'Marks');
  await ada.submit(marks, { knowledge: '2', reasoning: '2', communication: '2', tradeOffs: '2' });
  await ada.press(await thread.waitFor((card) => button(card, 'Next')), 'Next');
  const said = await thread
    .waitFor(({ text }) => text.includes('answers') && text.includes('SAMPLE'), 8_000)
    .catch(() => undefined);
  // Ada may be the interviewer of the second question: then it waits for her.
  if (!said) {
    const brief = thread.messages.findLast((card) => button(card, 'Ask')) as Card;
    await ada.press(brief, 'Ask');
    await thread.waitFor(({ text }) => text.includes('SAMPLE'));
  }
  expect(first.deleted).toBe(false);
  expect(faults).toEqual([]);
}, 20_000);

test('classmates write and rate', async () => {
  const { ada, thread, faults } = await started('format:written questions:1');
  await fill(ada, await thread.waitFor((card) => button(card, 'Answer')), 'Answer', { answer: 'I measure.' });
  const call = await thread.waitFor((card) => button(card, 'Rate'));
  expect(thread.messages.filter(({ text }) => text.includes('SAMPLE')).length).toBe(3);
  for (let nth = 0; nth < 3; nth++) await fill(ada, call, 'Rate', sheet);
  const results = await thread.waitFor((card) => button(card, 'My feedback'));
  expect(results.text).toContain('MODELANSWER');
  expect(faults).toEqual([]);
});
