import type { Card } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { letterOf, restart, type Stage, stage } from '../helpers/stage.js';

const isOpen = ({ text, buttons }: Card): boolean =>
  text.includes('Daily question') && buttons.some(({ disabled }) => !disabled);

const dailies = ({ drills }: Stage): Card[] =>
  drills.messages.filter(({ text, ephemeral }) => !ephemeral && text.includes('### Daily question'));

/** Ada may manage the server and has set the daily question to 18:00 in Berlin; it is 13:00 there. */
async function scheduled(options = 'topic:queries'): Promise<Stage> {
  const scene = await stage();
  scene.ada.allow('ManageGuild');
  const reply = await scene.ada.slash(`/daily set time:18:00 timezone:Europe/Berlin ${options}`);
  expect(reply.text).toContain('The daily question is set');
  return scene;
}

async function nextDaily({ clock, drills }: Stage, at: string): Promise<Card> {
  const posted = drills.next(isOpen);
  await clock.advanceTo(at);
  return posted;
}

describe('/daily set', () => {
  it('confirms privately with the next five runs', async () => {
    const { ada } = await stage();
    ada.allow('ManageGuild');
    const reply = await ada.slash(
      '/daily set time:9:05 timezone:Asia/Kathmandu days:weekdays level:advanced',
    );
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('At **09:05** Asia/Kathmandu time, weekdays');
    const runs = [...reply.text.matchAll(/<t:(\d+):F> \(<t:\1:R>\)/g)].map(
      ([, s]) => new Date(Number(s) * 1000),
    );
    expect(runs.map((run) => run.toISOString())).toEqual(
      ['05', '06', '09', '10', '11'].map((day) => `2026-03-${day}T03:20:00.000Z`),
    );
  });

  it('needs Manage Server, as do off and preview; status is for everybody', async () => {
    const { ben } = await stage();
    for (const command of ['set time:09:00 timezone:UTC', 'off', 'preview']) {
      const refused = await ben.slash(`/daily ${command}`);
      expect(refused.ephemeral).toBe(true);
      expect(refused.text).toContain('Manage Server');
    }
    expect((await ben.slash('/daily status')).text).toContain('no daily question in this server yet');
  });

  const refusals = [
    ['time:25:00 timezone:UTC', 'is not a time'],
    ['time:noon timezone:UTC', 'is not a time'],
    ['time:9am timezone:UTC', 'is not a time. Did you mean `09:00`?'],
    ['time:09:00', 'In which time zone?'],
    ['time:09:00 timezone:Berlin', 'There is no time zone `Berlin`. Did you mean `Europe/Berlin`'],
    ['time:09:00 timezone:BST', 'Did you mean `Europe/London` or `Asia/Dhaka`'],
    ['time:09:00 timezone:AST', '`America/Halifax`'],
    ['time:09:00 timezone:UTC days:constructor', 'does not name days'],
    ['time:09:00 timezone:UTC days:__proto__', 'does not name days'],
    ['time:09:00 timezone:UTC days:someday', 'does not name days'],
    ['time:09:00 timezone:UTC topic:nowhere', 'There is no topic “nowhere”'],
  ] as const;

  it('with options that cannot be says what is wrong', async () => {
    const { ada } = await stage();
    ada.allow('ManageGuild');
    for (const [options, words] of refusals) {
      const refused = await ada.slash(`/daily set ${options}`);
      expect(refused.ephemeral, options).toBe(true);
      expect(refused.text, options).toContain(words);
    }
  });

  it('says which permission is missing where', async () => {
    const { ada, server, discord } = await stage();
    ada.allow('ManageGuild');
    discord.faults.losePermission(server.channel('lounge'), 'SendMessages');
    const refused = await ada.slash('/daily set time:09:00 timezone:UTC channel:#lounge');
    expect(refused.text).toContain('I lack **Send Messages**');
    expect(refused.text).toContain(server.channel('lounge').mention);
    expect((await ada.slash('/daily status')).text).toContain('no daily question');
  });

  it('suggests time zones with the time there, days and topics', async () => {
    const { ada } = await stage();
    const zones = await ada.complete('/daily set time:09:00 timezone:berl');
    expect(zones).toEqual([{ name: 'Europe/Berlin (now 13:00)', value: 'Europe/Berlin' }]);
    const days = await ada.complete('/daily set time:09:00 days:week');
    expect(days.map(({ value }) => value)).toEqual(['weekdays', 'weekends']);
    const topics = await ada.complete('/daily set time:09:00 topic:quer');
    expect(topics.map(({ value }) => value)).toContain('queries');
  });
});

describe('a daily question', () => {
  it('is posted, answered in private, closed by the next one, and counts on the leaderboard', async () => {
    const scene = await scheduled();
    const { ada, ben, cyd, drills } = scene;
    const first = await nextDaily(scene, '2026-03-04T17:00:00Z');
    expect(JSON.stringify(first.raw)).not.toContain('docs.djangoproject.com');
    const right = await ben.press(first, letterOf(first, true));
    expect(right.ephemeral).toBe(true);
    expect(right.text).toMatch(/Right\.\*\*[\s\S]*\+\d+ points/);
    expect(right.text).toContain('docs.djangoproject.com');
    const wrong = await cyd.press(first, letterOf(first, false));
    expect(wrong.text).toContain('Not this time');
    expect((await cyd.press(first, letterOf(first, true))).text).toContain('first answer counts');
    expect(ada.sees(drills).some(({ text }) => text.includes('Right.'))).toBe(false);

    const second = await nextDaily(scene, '2026-03-05T17:00:00Z');
    expect(second.text).toContain('2 answered, 50\u00a0% right');
    expect(second.text).toContain(`First right: ${ben.mention}`);
    await drills.waitFor((card) => card.id === first.id && card.text.includes('Closed ·'));
    expect(first.buttons.every(({ disabled }) => disabled)).toBe(true);
    expect((await ben.press(second, letterOf(second, true))).text).toContain('2 daily questions in a row');
    const board = await ada.slash('/leaderboard');
    expect(board.text).toContain(ben.mention);
    expect(dailies(scene)).toHaveLength(2);
  });

  it('keeps the clock on the wall when summer time begins', async () => {
    const scene = await scheduled();
    const { clock } = scene;
    const postedBy = async (at: string): Promise<number> => {
      await clock.advanceTo(at);
      return dailies(scene).length;
    };
    clock.jumpTo('2026-03-28T16:58:30Z');
    expect(await postedBy('2026-03-28T16:59:30Z')).toBe(0);
    expect(await postedBy('2026-03-28T17:00:30Z')).toBe(1);
    clock.jumpTo('2026-03-29T15:58:30Z');
    expect(await postedBy('2026-03-29T15:59:30Z')).toBe(1);
    expect(await postedBy('2026-03-29T16:00:30Z')).toBe(2);
  });

  it('mentions the role and nobody else', async () => {
    const scene = await scheduled();
    const role = scene.server.role('learners', { mentionable: true });
    scene.server.role('closed');
    expect((await scene.ada.slash('/daily set time:18:00 role:@closed')).text).toContain(
      'make the role mentionable',
    );
    expect((await scene.ada.slash('/daily set time:18:00 role:@learners')).text).toContain(
      `mentioning <@&${role.id}>`,
    );
    const card = await nextDaily(scene, '2026-03-04T17:00:00Z');
    expect(card.pings).toEqual({ everyone: false, users: [], roles: [role.id] });
  });

  it('comes once when the bot was down at its time', async () => {
    const scene = await scheduled();
    const { clock, drills } = scene;
    const posted = drills.next(isOpen);
    await restart(scene, () => clock.jumpTo('2026-03-04T20:00:00Z'));
    await posted;
    await clock.advanceTo('2026-03-04T22:59:00Z');
    expect(dailies(scene)).toHaveLength(1);
  });

  it('comes once when the gateway is lost again and again around its time', async () => {
    const scene = await scheduled();
    const { clock, discord } = scene;
    for (const at of ['16:59:59', '17:00:00', '17:00:01', '17:01:00']) {
      discord.faults.dropGateway({ resumable: false });
      await clock.advanceTo(`2026-03-04T${at}Z`);
    }
    await clock.advanceTo('2026-03-04T18:00:00Z');
    expect(dailies(scene)).toHaveLength(1);
  });

  it('comes once when Discord’s answer to it gets lost', async () => {
    const scene = await scheduled();
    const { clock, discord } = scene;
    discord.faults.next('POST /channels/:id/messages', { after: true, status: 502, times: 4 });
    await clock.advanceTo('2026-03-04T18:00:00Z');
    expect(dailies(scene)).toHaveLength(1);
    const [card] = dailies(scene);
    expect(card && (await scene.ben.press(card, letterOf(card, true))).text).toContain('Right.');
  });

  it('is reported to the admin when the channel is gone, and goes on in another one', async () => {
    const scene = await scheduled();
    const { ada, clock, discord, drills, server } = scene;
    discord.faults.deleteChannel(drills);
    await clock.advanceTo('2026-03-04T17:10:00Z');
    expect(ada.dm.messages.map(({ text }) => text)).toEqual([expect.stringContaining('Unknown Channel')]);
    const lounge = server.channel('lounge');
    const posted = lounge.next(isOpen);
    const reply = await ada.slash('/daily set time:18:00 channel:#lounge', { channel: lounge });
    expect(reply.text).toContain('comes now');
    await posted;
    expect(ada.dm.messages).toHaveLength(1);
  });
});

it('the open card tells how many have answered, in one edit for many', async () => {
  const scene = await scheduled();
  const card = await nextDaily(scene, '2026-03-04T17:00:05Z');
  expect(card.text).not.toContain('so far');
  await Promise.all([scene.ada.press(card, 'A'), scene.ben.press(card, 'B')]);
  await scene.clock.advance('2s');
  expect(card.text).toContain('2 people have answered so far');
  expect(card.edits).toBe(1);
});

describe('a thread', () => {
  it('takes the daily question, set from within it or from elsewhere', async () => {
    const { ada, clock, server, drills } = await stage();
    ada.allow('ManageGuild');
    const thread = server.thread(drills, 'interviews');
    const set = await ada.slash('/daily set time:18:00 timezone:UTC topic:queries', { channel: thread });
    expect(set.text).toContain(thread.mention);
    const posted = thread.next(isOpen);
    await clock.advanceTo('2026-03-04T18:00:00Z');
    const card = await posted;
    expect((await ada.press(card, letterOf(card, true))).text).toContain('Right.');
    expect((await ada.slash('/daily set time:19:00 channel:#interviews')).text).toContain(thread.mention);
  });

  it('stays the place when only the time is changed from elsewhere, unless it is gone', async () => {
    const scene = await stage();
    const { ada, server, drills } = scene;
    ada.allow('ManageGuild');
    const thread = server.thread(drills, 'interviews');
    await ada.slash('/daily set time:18:00 timezone:UTC topic:queries', { channel: thread });
    await restart(scene);
    expect((await ada.slash('/daily set time:20:00')).text).toContain('At **20:00**');
    expect((await ada.slash('/daily set time:21:00 channel:#interviews')).text).toContain(thread.mention);
    scene.discord.faults.deleteChannel(thread);
    const refused = await ada.slash('/daily set time:22:00');
    expect(refused.text).toContain(`I cannot see ${thread.mention}.`);
  });
});

describe('a press from before the closing', () => {
  it('counts when it is processed after it, by Discord’s own time of it', async () => {
    const scene = await scheduled();
    const { ben, cyd, clock } = scene;
    const first = await nextDaily(scene, '2026-03-04T17:00:00Z');
    const right = first.button(letterOf(first, true)).customId ?? '';
    await nextDaily(scene, '2026-03-05T17:00:00Z');
    const createdAt = Date.parse('2026-03-05T16:59:59.900Z');
    expect((await ben.pressId(first, right, { createdAt })).text).toContain('Right.');
    expect((await cyd.pressId(first, right)).text).toContain('This question is closed');
    await clock.advance('10s');
    expect((await cyd.pressId(first, right, { createdAt })).text).toContain('This question is closed');
  });
});

describe('old buttons', () => {
  it('of a closed question tell the answer, also after a restart', async () => {
    const scene = await scheduled();
    const first = await nextDaily(scene, '2026-03-04T17:00:00Z');
    const pressed = first.button(letterOf(first, true)).customId ?? '';
    await nextDaily(scene, '2026-03-05T17:00:00Z');
    await restart(scene);
    const late = await scene.ben.pressId(first, pressed);
    expect(late.ephemeral).toBe(true);
    expect(late.text).toContain('This question is closed');
    expect(late.text).toContain('docs.djangoproject.com');
  });

  it('with made-up ids are answered sensibly', async () => {
    const scene = await scheduled();
    const first = await nextDaily(scene, '2026-03-04T17:00:00Z');
    const [, , card = ''] = (first.button('A').customId ?? '').split(':');
    for (const id of [
      `daily:a:${card}:9`,
      `daily:a:${card}:x`,
      'daily:a:1-2026-03-04:0',
      'daily:a',
      'daily:what',
      `daily:done:${card}:`,
    ]) {
      const reply = await scene.ben.pressId(first, id);
      expect(reply.failed).toBeUndefined();
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).not.toContain('Something went wrong');
    }
  });
});

describe('every kind of question', () => {
  it('is answered in its own way, in private', async () => {
    const scene = await scheduled('');
    const { ben } = scene;
    const seen = new Set<string>();
    for (let day = 4; day <= 10; day++) {
      const card = await nextDaily(scene, `2026-03-${String(day).padStart(2, '0')}T17:00:00Z`);
      const kind = / · (single choice|multiple choice|true or false|short answer|ordering)$/m.exec(
        card.text,
      )?.[1];
      seen.add(kind ?? '');
      const labels = card.buttons.map(({ label }) => label ?? '');
      let reply = await ben.press(card, labels[0] ?? '');
      if (kind === 'short answer') reply = await ben.submit(reply, { answer: 'nonsense' });
      if (kind === 'multiple choice' || kind === 'ordering') {
        for (const label of ['A', 'B', 'C']) reply = await ben.press(reply, label);
        reply = await ben.press(reply, 'Submit');
      }
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toMatch(/Right.|Not this time/);
      expect(reply.text).toContain('**Answer**');
      expect((await ben.press(card, labels[0] ?? '')).text).toContain('the first answer counts');
    }
    expect(seen).not.toContain('');
    expect(seen.size).toBe(5);
  }, 30_000);
});
