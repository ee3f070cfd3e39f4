import type { Card, Member } from 'local-discord';
import { expect, it } from 'vitest';
import { seedsTo } from '../helpers/long.js';
import { Monkey } from './monkey.js';
import { playThrough } from './session-play.js';
import { type SheetWords, writeTalkBank } from './witness.js';

const seeds = seedsTo(1, 30);
const isLong = seeds.length > 1;
/** Two of eight in the ordinary suite. */
const scenarios = seeds.flatMap((seed) =>
  (['panel', 'written'] as const).flatMap((format) =>
    (isLong ? [2, 3, 5, 8] : format === 'panel' ? [5] : [3]).map((people) => ({
      seed: seed * 100 + people,
      format,
      people,
    })),
  ),
);
const killed = { panel: new Set<string>(), written: new Set<string>() };

it.each(scenarios)(
  'a $format of $people is played by people as they are, and holds (seed $seed)',
  async (one) => {
    const monkey = await Monkey.start({ ...one, questions: await writeTalkBank() });
    await playThrough(monkey, isLong ? 90 : 20);
    for (const step of monkey.killed) killed[one.format].add(step);
    expectClosed(monkey);
    await expectPromisesKept(monkey);
    await expectOwnOnly(monkey);
    const surprising = monkey.scene.bot.complaints.filter(({ msg }) => !/stored|next step/.test(String(msg)));
    expect(surprising).toEqual([]);
  },
);

it('was killed in the middle, over many seeds in every phase of both formats', () => {
  expect(killed.panel.size).toBeGreaterThan(0);
  expect(killed.written.size).toBeGreaterThan(0);
  if (!isLong) return;
  expect([...killed.panel]).toEqual(
    expect.arrayContaining(['lobby', 'brief', 'answer', 'feedback', 'review']),
  );
  expect([...killed.written]).toEqual(expect.arrayContaining(['lobby', 'write', 'rate', 'review']));
});

/** One recap, one thread that is closed, and nothing left to press but what is one's own. */
function expectClosed({ scene, room }: Monkey): void {
  expect(scene.drills.messages.filter(({ text }) => text.includes('· recap'))).toHaveLength(1);
  const threads = scene.server.channels.filter(({ state }) => state.thread);
  expect(threads.length).toBeLessThan(2);
  for (const { state } of threads) expect(state.thread?.archived).toBe(true);
  const live = [...scene.drills.messages, ...room.messages].flatMap(({ buttons }) =>
    buttons.filter(({ disabled }) => !disabled).map(({ label }) => label),
  );
  expect(live.filter((label) => label !== 'My feedback')).toEqual([]);
}

const resultOf = ({ room }: Monkey, turn: number): Card | undefined =>
  room.messages.find(({ buttons }) =>
    buttons.some(({ customId }) => customId?.startsWith('interview:mine:') && customId.endsWith(`:${turn}`)),
  );

/** All pages of what was said of somebody. */
async function ownText(member: Member, card: Card): Promise<string> {
  const own = await member.press(card, 'My feedback');
  const pages = [own.text];
  while (own.buttons.some(({ label, disabled }) => label === '▶' && !disabled)) {
    await member.press(own, '▶');
    pages.push(own.text);
  }
  return pages.join('\n');
}

/** What was said to be taken is there once, as it was last; what was refused is not. */
async function expectPromisesKept(monkey: Monkey): Promise<void> {
  const { witness, scene, room } = monkey;
  const said = room.messages.map(({ text }) => text).join('\n');
  const texts = new Map<string, string>();
  for (const sheet of witness.sheets.values()) {
    const { turn, subject, taken } = sheet;
    const card = resultOf(monkey, turn);
    if (taken.length > 0) expect(card, `the feedback on ${turn} is shown`).toBeDefined();
    const of = scene.members.find(({ id }) => id === witness.of.get(`${turn}.${subject}`));
    if (!card || !of) continue;
    const key = `${turn}.${of.id}`;
    const text = texts.get(key) ?? (await ownText(of, card));
    texts.set(key, text);
    expectLastOnly(sheet, text, `of ${of.name}`);
  }
  for (const answer of witness.answers.values())
    if (witness.shown.has(answer.turn)) expectLastOnly(answer, said, 'in the thread');
}

function expectLastOnly({ turn, by, taken, refused }: SheetWords, text: string, where: string): void {
  const last = taken.at(-1);
  for (const words of [...taken, ...refused])
    expect(text.split(`${words}`).length - 1, `${words} by ${by.name} on ${turn} ${where} in:\n${text}`).toBe(
      words === last ? 1 : 0,
    );
}

/** History and export hold what is theirs, and nothing of others. */
async function expectOwnOnly(monkey: Monkey): Promise<void> {
  const { witness, scene } = monkey;
  const sheets = [...witness.sheets.values()].filter(({ taken }) => taken.length > 0);
  const ofWhom = ({ turn, subject }: SheetWords): string | undefined => witness.of.get(`${turn}.${subject}`);
  for (const member of scene.members) {
    const received = sheets.filter((sheet) => ofWhom(sheet) === member.id);
    const turns = new Set(received.map(({ turn }) => turn));
    const history = (await member.slash('/interview history')).text;
    const count = turns.size === 1 ? '1 answer ' : `${turns.size} answers `;
    expect(history).toContain(turns.size === 0 ? 'No feedback yet' : `**1 interview** · ${count}`);
    const file = (await member.slash('/privacy export')).message.files[0]?.bytes.toString('utf8') ?? '';
    const own = sheets.filter((sheet) => sheet.by === member || ofWhom(sheet) === member.id);
    for (const sheet of own) expect(file).toContain(`"${sheet.taken.at(-1)}"`);
    for (const sheet of sheets.filter((one) => !own.includes(one)))
      expect(file).not.toContain(`"${sheet.taken.at(-1)}"`);
    for (const { by, taken } of witness.answers.values())
      if (by === member && taken.length > 0) expect(file).toContain(`"${taken.at(-1)}"`);
  }
}
