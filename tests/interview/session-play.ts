import type { Member } from 'local-discord';
import { expect } from 'vitest';
import type { Monkey, Step } from './monkey.js';

const minuteMs = 60_000;
const leadWords = /\*\*Interviewer\*\* <@(\d+)>|<@(\d+)> interviews now/;

/** Plays one interview to its end. */
export async function playThrough(monkey: Monkey, steps: number): Promise<void> {
  const [host] = monkey.scene.members as [Member];
  await host.slash(
    `/interview start format:${monkey.scenario.format} questions:${2 + (monkey.scenario.seed % 4)}`,
  );
  let turn = -1;
  for (let nth = 0; monkey.step !== 'over'; nth++) {
    expect(nth, `it comes to its end: ${monkey.step}`).toBeLessThan(steps + 250);
    const { step } = monkey;
    const isWild = nth < steps;
    const dice = isWild ? monkey.random() : 1;
    const act =
      dice < 0.2 ? () => monkey.pry() : dice < 0.27 ? () => comeOrGo(monkey) : () => sensible(monkey, step);
    if (isWild && !monkey.killed.has(step) && monkey.chance(0.4)) await monkey.kill(step, act);
    else if (isWild && monkey.chance(0.04)) await monkey.wait(monkey.some([1_000, minuteMs, 4 * minuteMs]));
    else await act();
    await monkey.wait(step === 'lobby' ? 2_000 : 500);
    if (monkey.witness.turn !== turn) {
      turn = monkey.witness.turn;
      if (monkey.scenario.format === 'panel') await expectFairRoles(monkey, turn);
    }
  }
  await monkey.wait(10_000);
}

async function comeOrGo(monkey: Monkey): Promise<void> {
  const by = monkey.some(monkey.scene.members);
  await monkey.press(by, monkey.lobby, monkey.chance(0.6) ? 'Join' : 'Leave');
}

/** What the cards ask for, by whoever they ask. */
async function sensible(monkey: Monkey, step: Step): Promise<void> {
  const { scene } = monkey;
  switch (step) {
    case 'lobby':
      return gather(monkey);
    case 'brief': {
      const lead = leadOf(monkey);
      const sheet = await press(monkey, lead, 'Sheet');
      if (sheet && monkey.chance(0.3)) await monkey.press(lead as Member, sheet, '▶');
      if (monkey.chance(0.7)) await press(monkey, lead, 'Ask');
      return;
    }
    case 'answer':
      if (monkey.chance(0.3)) await press(monkey, leadOf(monkey), monkey.some(['Hint', 'Follow-up']));
      else if (monkey.chance(0.5)) await answer(monkey, candidateOf(monkey));
      else await press(monkey, leadOf(monkey), 'Time is up');
      return;
    case 'write':
      if (monkey.chance(0.05)) await press(monkey, await hostOf(monkey), 'Time is up');
      else await answer(monkey, monkey.some(await peopleIn(monkey)));
      return;
    case 'feedback':
    case 'rate':
      return rate(monkey, monkey.some(await peopleIn(monkey)), step === 'rate' ? 'Rate' : 'Feedback');
    case 'review':
      await press(monkey, monkey.some(scene.members), 'My feedback');
      if (monkey.chance(0.5)) await press(monkey, monkey.some(await peopleIn(monkey)), 'Next');
      return;
    default:
      return monkey.wait(5_000);
  }
}

async function gather(monkey: Monkey): Promise<void> {
  const { scene, lobby, scenario } = monkey;
  const here = await peopleIn(monkey);
  const missing = scene.members.slice(0, scenario.people).filter((one) => !here.includes(one));
  const [next] = missing;
  const label =
    scenario.format === 'panel' && monkey.chance(0.2) ? monkey.some(['Candidate first', 'Observe']) : 'Join';
  if (next) await monkey.press(next, lobby, label);
  else if (monkey.chance(0.8)) {
    const started = await monkey.press(await hostOf(monkey), lobby, 'Start now');
    // Too many of them only observe.
    if (started?.text.includes('It takes two')) await monkey.press(monkey.some(here), lobby, 'Observe');
  }
}

const press = async (monkey: Monkey, by: Member | undefined, label: string) => {
  const card = monkey.find(label);
  return card && by && monkey.press(by, card, label);
};

async function answer(monkey: Monkey, by: Member | undefined): Promise<void> {
  const form = await press(monkey, by, 'Answer');
  if (by && form?.kind === 'modal' && monkey.chance(0.9)) await monkey.fill(by, form);
}

async function rate(monkey: Monkey, by: Member, label: string): Promise<void> {
  const form = await press(monkey, by, label);
  if (form?.kind !== 'modal') return;
  const first = await monkey.fill(by, form);
  if (!first || first.failed || !first.buttons.some((one) => one.label === 'Marks') || monkey.chance(0.1))
    return;
  const marks = await monkey.press(by, first, 'Marks');
  if (marks?.kind === 'modal') await monkey.fill(by, marks);
}

function leadOf(monkey: Monkey): Member | undefined {
  const card = monkey.room.messages.findLast(({ text }) => leadWords.test(text));
  const [, one, other] = leadWords.exec(card?.text ?? '') ?? [];
  return monkey.scene.members.find(({ id }) => id === (one ?? other));
}

const candidateOf = ({ scene, witness }: Monkey): Member | undefined =>
  scene.members.find(({ id }) => id === witness.of.get(`${witness.turn}.0`));

async function hostOf(monkey: Monkey): Promise<Member> {
  const status = await monkey.status();
  return monkey.memberIn(status, /Host <@(\d+)>/) ?? (monkey.scene.members[0] as Member);
}

/** @param without those who only observe */
async function peopleIn(monkey: Monkey, without = ''): Promise<Member[]> {
  const [, line = ''] = /\*\*In it\*\* \(\d of 8\): (.*)/.exec(await monkey.status()) ?? [];
  const here = line.split(', ').filter((one) => without === '' || !one.includes(without));
  const found = monkey.scene.members.filter(({ mention }) => here.some((one) => one.includes(mention)));
  return found.length > 0 ? found : [monkey.scene.members[0] as Member];
}

/** Everybody is candidate once before anybody is twice; nobody asks the same one again while others have not. */
async function expectFairRoles(monkey: Monkey, turn: number): Promise<void> {
  const { witness } = monkey;
  const { shown, of, leads } = witness;
  const candidate = of.get(`${turn}.0`) ?? '';
  const asked = leads.get(turn) ?? [];
  const players = (await peopleIn(monkey, 'observes')).map(({ id }) => id);
  const before = [...shown].filter((one) => one < turn);
  const times = (id: string): number => before.filter((one) => of.get(`${one}.0`) === id).length;
  for (const id of players)
    expect(times(candidate), `${candidate} is candidate of ${turn} before ${id}`).toBeLessThanOrEqual(
      times(id),
    );
  if (asked.length > 1) return;
  const pairs = (id: string): number =>
    before.filter((one) => of.get(`${one}.0`) === candidate && leads.get(one)?.at(-1) === id).length;
  for (const id of players.filter((one) => one !== candidate))
    expect(pairs(asked[0] ?? ''), `${asked[0]} asks ${candidate} again`).toBeLessThanOrEqual(pairs(id));
}
