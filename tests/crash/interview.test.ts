import type { Card, Channel, Member, Reply } from 'local-discord';
import { seeded } from 'local-discord';
import { expect, it } from 'vitest';
import { tempDatabaseUrl } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { killsOf } from '../helpers/long.js';
import { startProcess } from '../helpers/process.js';
import { talks } from '../interview/scene.js';

const kills = killsOf(2);

const isOpen = (card: Card, label: string): boolean =>
  card.buttons.some((button) => button.label === label && !button.disabled);

/** Patience for an answer that may never come, because the process has just been killed. */
const soon = async (reply: Promise<Reply>): Promise<Reply | undefined> => {
  const answered = await Promise.race([
    reply.catch(() => undefined),
    new Promise((done) => setTimeout(done, 400)),
  ]);
  return answered as Reply | undefined;
};

it(`an interview loses nothing that was acknowledged, and ends once, when it is killed ${kills} times`, {
  timeout: 60_000 + kills * 8_000,
}, async () => {
  const random = seeded(Number(process.env.SEED ?? 1));
  const discord = await startDiscord();
  const server = discord.server('Study group', { channels: ['drills'] });
  const drills = server.channel('drills');
  const members = ['Ada', 'Ben', 'Cyd'].map((name) => discord.member(name, { server })) as [
    Member,
    Member,
    Member,
  ];
  const env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: await tempDatabaseUrl(),
    QUESTIONS_DIR: talks,
  };
  let bot = await startProcess(env);
  const lobby = (await members[0].slash('/interview start questions:3')).message;
  for (const member of members.slice(1)) await member.press(lobby, 'Join');
  await members[0].press(lobby, 'Start now');
  const room = (): Channel => server.channels.find(({ state }) => state.thread) ?? drills;
  /** Remarks of which somebody read that they are handed in. */
  const promised = new Set<string>();
  const over = { now: false };

  /** Somebody does what can be done just now. */
  const act = async (): Promise<void> => {
    const member = members[Math.floor(random() * members.length)] as Member;
    const cards = room().messages;
    const find = (label: string): Card | undefined => cards.findLast((card) => isOpen(card, label));
    for (const label of ['Ask', 'Time is up', 'Next']) {
      const card = find(label);
      if (card && random() < 0.7) await soon(member.press(card, label));
    }
    const call = find('Feedback');
    if (!call) return;
    const form = await soon(member.press(call, 'Feedback'));
    if (form?.kind !== 'modal') return;
    const remark = `remark ${member.name} ${call.id}`;
    const first = await soon(member.submit(form, { points: ['0'], strength: remark, next: '' }));
    if (first?.kind !== 'message' || !first.text.includes('Noted')) return;
    promised.add(remark);
    const second = await soon(member.press(first, 'Marks'));
    const mark = { knowledge: '2', reasoning: '2', communication: '2', tradeOffs: '2' };
    if (second?.kind === 'modal') await soon(member.submit(second, mark));
  };
  const playing = (async () => {
    while (!over.now && !drills.last.text.includes('recap')) {
      await act().catch(() => undefined);
      await new Promise((done) => setTimeout(done, 30));
    }
  })();
  for (let life = 0; life < kills; life++) {
    await new Promise((done) => setTimeout(done, 200 + random() * 900));
    await bot.kill();
    bot = await startProcess(env);
  }
  const recap = await drills.waitFor(({ text }) => text.includes('recap'), 40_000);
  over.now = true;
  await playing;
  expect(drills.messages.filter(({ text }) => text.includes('recap'))).toHaveLength(1);
  expect(server.channels.filter(({ state }) => state.thread)).toHaveLength(1);
  expect(recap.text).toContain('All questions are done.');
  const shown = await Promise.all(
    room()
      .messages.filter((card) => isOpen(card, 'My feedback'))
      .flatMap((card) => members.map(async (member) => (await member.press(card, 'My feedback')).text)),
  );
  const all = shown.join('\n');
  for (const remark of promised) expect(all).toContain(remark);
  expect(promised.size).toBeGreaterThan(2);
  expect(await bot.stop()).toBe(0);
});
