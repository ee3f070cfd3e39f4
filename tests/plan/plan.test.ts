import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Member, Reply } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { letterOf, restart, type Stage, stage } from '../helpers/stage.js';
import { recordsIn } from '../retention/records.js';

/** The stage's day is Wednesday, 4 March 2026. */
const interview = '2026-03-18';

const setPlan = async ({ ada }: Pick<Stage, 'ada'>, options = `date:${interview}`) =>
  ada.slash(`/plan set ${options}`);

/** Answers the question that a private session shows rightly, and goes on. */
async function answerRightly(member: Member, session: Reply): Promise<void> {
  await member.press(session, letterOf(session, true));
  await member.press(session, 'Sure');
  await member.press(session, 'Next');
}

describe('/plan set', () => {
  it('shows to oneself what comes on which day, in words and as a picture', async () => {
    const scene = await stage();
    const shown = await setPlan(scene);
    expect(shown.ephemeral).toBe(true);
    expect(shown.text).toContain('Your plan to Wed 18 Mar 2026');
    expect(shown.text).toMatch(/\*\*14 days\*\* to go · 20 minutes a day · all levels/);
    expect(shown.text).toContain('It all fits');
    expect(shown.text).toMatch(/\*\*Today\*\*[\s\S]*\d on Myth or fact · basic/);
    expect(shown.text).toContain('Mock interviews: 12 Mar, 16 Mar');
    expect(shown.files).toHaveLength(1);
    expect(JSON.stringify(shown.message.raw.components)).toMatch(
      /"Calendar of the plan\. Basics from 4 Mar to [^"]* The interview on Wed 18 Mar\."/,
    );
    expect(scene.discord.violations).toEqual([]);
  });

  const refusals = [
    ['2026-02-30', 'cannot read `2026-02-30` as a date'],
    ['soon', 'cannot read `soon` as a date'],
    ['2026-03-01', 'Sun 1 Mar 2026 is over'],
    ['2026-03-04', 'That is today'],
    ['2028-03-04', 'too far away'],
  ] as const;

  it('refuses a date that cannot be in plain words, and changes nothing', async () => {
    const { ada } = await stage();
    for (const [date, said] of refusals) {
      const refused = await ada.slash(`/plan set date:${date}`);
      expect([refused.ephemeral, refused.text], date).toEqual([true, expect.stringContaining(said)]);
      expect((await ada.slash('/plan show')).text).toContain('You have no plan here yet');
    }
  });

  it('honours level and minutes, and a date written with one digit', async () => {
    const { ada } = await stage();
    const shown = await ada.slash('/plan set date:2026-3-9 level:basic minutes:5');
    expect(shown.text).toContain('5 minutes a day · up to basic');
    expect(shown.text).not.toMatch(/· (?:intermediate|advanced)$/m);
    expect(shown.text).toContain('A mock interview takes ten minutes');
  });

  it('offers dates while one types', async () => {
    const { ada } = await stage();
    const choices = await ada.complete('/plan set date:');
    expect(choices[2]).toEqual({ name: 'Wed 18 Mar 2026, in 2 weeks', value: '2026-03-18' });
    const typed = await ada.complete('/plan set date:2026-03-20');
    expect(typed).toEqual([{ name: 'Fri 20 Mar 2026, in 16 days', value: '2026-03-20' }]);
  });
});

describe('/plan show', () => {
  it('has buttons that start today’s share, for the presser alone', async () => {
    const scene = await stage();
    const { message, buttons } = await setPlan(scene);
    expect(buttons.map(({ label }) => label)).toEqual(['1 on Myth or fact']);
    const asked = await scene.ada.press(message, '1 on Myth or fact');
    expect(asked.ephemeral).toBe(true);
    expect(asked.text).toMatch(/### Myth or fact · basic/);
  });

  it('moves on with what was answered, and says when today is done', async () => {
    const scene = await stage();
    const { ada, clock } = scene;
    const { message } = await setPlan(scene);
    await answerRightly(ada, await ada.press(message, '1 on Myth or fact'));
    const done = await ada.slash('/plan show');
    expect(done.text).toContain('Today’s questions are done');
    expect(done.buttons.map(({ label }) => label)).toEqual(['Drill this']);
    await clock.advanceBy(24 * 60 * 60_000);
    const tomorrow = await ada.slash('/plan show');
    expect(tomorrow.text).toContain('**13 days** to go');
    expect(tomorrow.text).not.toContain('Myth or fact');
  });

  it('counts days as the server’s clock on the wall does', async () => {
    const scene = await stage();
    const { ada, clock } = scene;
    ada.allow('ManageGuild');
    await ada.slash('/daily set time:23:59 timezone:Pacific/Auckland');
    await setPlan(scene);
    await clock.advanceTo('2026-03-05T11:30Z');
    // In Auckland, the 6th of March has begun.
    expect((await ada.slash('/plan show')).text).toContain('**12 days** to go');
    const direct = ada.dm;
    await ada.slash(`/plan set date:${interview}`, { channel: direct });
    expect((await ada.slash('/plan show', { channel: direct })).text).toContain('**13 days** to go');
  });

  it('is its own in direct messages, and in each server', async () => {
    const scene = await stage();
    const { ada, ben } = scene;
    await setPlan(scene);
    expect((await ada.slash('/plan show', { channel: ada.dm })).text).toContain('no plan here yet');
    expect((await ben.slash('/plan show')).text).toContain('no plan here yet');
    await ada.slash('/plan set date:2026-04-01', { channel: ada.dm });
    expect((await ada.slash('/plan show')).text).toContain('18 Mar');
  });

  it.each([
    ['wishes luck on the day itself', '2026-03-18T09:00Z', 'Today is the day'],
    ['ends politely afterwards', '2026-03-20T09:00Z', 'is over'],
  ])('%s, with one thing to go on with', async (_, at, said) => {
    const scene = await stage();
    await setPlan(scene);
    scene.clock.jumpTo(at);
    const shown = await scene.ada.slash('/plan show');
    expect(shown.text).toContain(said);
    expect(shown.buttons).toHaveLength(1);
    expect(shown.files).toEqual([]);
    // A new one begins anew.
    expect((await scene.ada.slash('/plan set date:2026-04-01')).text).toContain('to go');
  });

  it('is the same after the process was ended', async () => {
    const scene = await stage();
    const before = await setPlan(scene);
    await restart(scene);
    expect((await scene.ada.slash('/plan show')).text).toBe(before.text);
  });

  it('its picture is drawn for a phone: 728 pixels wide, in colours that are there', async () => {
    const scene = await stage();
    await setPlan(scene);
    const { renderCalendar } = await import('../../src/plan/calendar-picture.js');
    const png = await renderCalendar({ today: '2026-03-04', date: interview, days: [] });
    const image = await loadImage(png);
    expect([image.width, image.height]).toEqual([728, 44 + 3 * 92 + 14]);
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const colours = new Set<string>();
    for (let x = 0; x < image.width; x += 4) colours.add([...context.getImageData(x, 240, 1, 1).data].join());
    expect(colours).toContain('240,180,41,255');
    expect(png.length).toBeLessThan(100_000);
  });
});

describe('/plan clear', () => {
  it('removes the plan, and says so when there is none', async () => {
    const scene = await stage();
    const { ada, bot } = scene;
    await setPlan(scene);
    expect((await ada.slash('/plan clear')).text).toContain('Your plan is removed');
    expect((await ada.slash('/plan clear')).text).toContain('nothing to remove');
    await bot.stop();
    const left = (await recordsIn(bot.databaseUrl)).filter(({ key }) => /:plan:/.test(key));
    expect(left.filter(({ value }) => !value.includes('"v":0'))).toEqual([]);
  });
});
