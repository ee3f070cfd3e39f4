import { describe, expect, it } from 'vitest';
import { letterOf, restart, type Stage, stage } from '../helpers/stage.js';
import { mentionsOf, recordsIn } from './records.js';

const dayMs = 24 * 60 * 60_000;

async function practised(): Promise<Stage> {
  const scene = await stage();
  const card = await scene.ada.slash('/question advanced topic:queries');
  await scene.ben.press(card, letterOf(card, true));
  await scene.ada.press(card, 'Reveal');
  await scene.clock.advance('4s');
  return scene;
}

/** Stops the bot, lets days pass, and starts it again. */
const later = (scene: Stage, days: number, whileDown = () => {}) =>
  restart(scene, () => {
    whileDown();
    scene.clock.jumpTo(scene.clock.now() + days * dayMs);
  });

describe('a server', () => {
  it('that removes the bot is forgotten after 30 days', async () => {
    const scene = await practised();
    const { server, clock, ben, bot } = scene;
    server.removeBot();
    await expect
      .poll(async () => mentionsOf(await recordsIn(bot.databaseUrl), `departure:${server.id}`))
      .toHaveLength(1);
    await clock.settle();
    const during = await later(scene, 29);
    await clock.settle();
    expect(mentionsOf(await recordsIn(bot.databaseUrl), ben.id).length).toBeGreaterThan(0);
    const last = await later({ ...scene, bot: during }, 1);
    await clock.settle();
    await last.stop();
    const records = await recordsIn(bot.databaseUrl);
    expect(mentionsOf(records, ben.id)).toEqual([]);
    expect(mentionsOf(records, server.id)).toEqual([]);
  });

  it('that removes the bot while it is down, and takes it back, loses nothing', async () => {
    const scene = await practised();
    const { server, ben, clock } = scene;
    const again = await later(scene, 1, () => server.removeBot());
    await clock.settle();
    server.addBot();
    await expect
      .poll(async () => mentionsOf(await recordsIn(scene.bot.databaseUrl), `departure:${server.id}`))
      .toEqual([]);
    await clock.settle();
    await later({ ...scene, bot: again }, 60);
    expect((await ben.slash('/stats')).text).toContain('advanced · 100\u00a0% (1\u00a0of\u00a01)');
  });

  it('with an outage has not removed the bot', async () => {
    const scene = await practised();
    const { server, clock, bot, drills } = scene;
    server.setAvailable(false);
    server.setAvailable(true);
    // What comes over the gateway comes in order: the outage was heard before this.
    const answered = await scene.ada.slash('/question advanced topic:queries', { channel: drills });
    expect(answered.text).toContain('QuerySets and lookups');
    await clock.settle();
    expect(mentionsOf(await recordsIn(bot.databaseUrl), 'departure')).toEqual([]);
  });
});
