import { expect, it } from 'vitest';
import { restart, type Stage, stage } from '../helpers/stage.js';

/** It is Wednesday, 2026-03-04, 12:00 UTC; the night is on Friday at 20:00 in Berlin. */
const dayBefore = '2026-03-05T19:00:00Z';
const set = '/night set weekday:friday time:20:00 timezone:Europe/Berlin rounds:2 topic:queries';
const create = 'POST /guilds/:guild/scheduled-events';

async function scheduled(): Promise<Stage> {
  const scene = await stage();
  const { ada, server } = scene;
  server.removeBot();
  server.addBot(['ViewChannel', 'SendMessages', 'ReadMessageHistory', 'AttachFiles', 'CreateEvents']);
  ada.allow('ManageGuild');
  await ada.slash(set);
  return scene;
}

async function until({ clock }: Stage, when: string): Promise<void> {
  clock.jumpTo(Date.parse(when) - 30_000);
  await clock.advanceTo(when);
  await clock.settle();
}

const announced = ({ drills }: Stage) =>
  drills.waitFor(({ buttons }) => buttons.some(({ label }) => label === 'Remind me'));

const eventsOf = ({ server }: Stage) => [...server.state.events.values()];

it.each([
  ['once, with the connection', { hangUp: true }, 1],
  ['by an error', { status: 502 }, 2],
])('an event whose answer is lost %s is there once, and linked', async (_, fault, asked) => {
  const scene = await scheduled();
  scene.discord.faults.next(create, { after: true, ...fault });
  await until(scene, dayBefore);
  // It is tried again after one minute, and after five.
  for (const minutes of [1, 5]) {
    await scene.clock.advanceBy(minutes * 60_000 + 1_000);
    await scene.clock.settle();
  }
  const post = await announced(scene);
  expect(scene.discord.requests.filter(isCreate)).toHaveLength(asked);
  expect(eventsOf(scene)).toHaveLength(1);
  expect(post.text).toContain(`/events/${scene.server.id}/${eventsOf(scene)[0]?.id}`);
});

it('an event like it that somebody else made is left alone', async () => {
  const scene = await scheduled();
  await until(scene, dayBefore);
  await announced(scene);
  const [own] = eventsOf(scene);
  if (!own) throw new Error('There is an event');
  const others = { ...own, id: '1', creator_id: scene.ada.id };
  scene.server.state.events.set('1', others);
  await scene.ada.slash('/night off');
  await scene.clock.settle();
  expect(eventsOf(scene)).toEqual([others]);
});

it('an event of which nothing came back before the night was called off is taken away', async () => {
  const scene = await scheduled();
  // The request is carried out again and again, and the process ends before an answer comes.
  scene.discord.faults.next(create, { after: true, hangUp: true, times: 50 });
  await until(scene, dayBefore);
  await scene.clock.settle();
  expect(eventsOf(scene).length).toBeGreaterThan(0);
  await restart(scene);
  await scene.ada.slash('/night off');
  await scene.clock.settle();
  expect(eventsOf(scene)).toEqual([]);
});

const isCreate = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'POST' && path.endsWith('/scheduled-events');
