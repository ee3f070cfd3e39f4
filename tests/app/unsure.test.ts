import type { Member, RecordedRequest } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { startTheBot } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { isRound, letterOf } from '../helpers/stage.js';

const callback = /^POST \/interactions\/\d+\/[^/]+\/callback$/;
const minuteMs = 60_000;

/** A bot of which the test says whether its servers are its own beyond doubt. */
async function doubtful() {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group', {
    channels: ['drills'],
    botPermissions: [
      'ViewChannel',
      'SendMessages',
      'SendMessagesInThreads',
      'ReadMessageHistory',
      'AttachFiles',
      'CreateEvents',
      'CreatePublicThreads',
    ],
  });
  const ada = discord.member('Ada', { server, permissions: ['ManageGuild'] });
  const [ben, cyd] = ['Ben', 'Cyd'].map((name) => discord.member(name, { server })) as [Member, Member];
  const doubt = { isSure: true };
  const bot = await startTheBot(discord, { clock, isSure: () => doubt.isSure });
  clock.settleWith(() => bot.app.idle());
  const drills = server.channel('drills');
  const shown = () => drills.messages.map(({ text }) => text);
  /** What the bot has done in Discord from now on. */
  const acts = () => {
    const from = discord.requests.length;
    return () =>
      discord.requests
        .slice(from)
        .flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]));
  };
  /** It is sure until its next request of this kind, which meets this. */
  const doubtedAt = (request: string | RegExp, fault: object = {}) => {
    const matches = (call: RecordedRequest): boolean => {
      const name = `${call.method} ${call.path}`;
      const is = typeof request === 'string' ? name.startsWith(request) : request.test(name);
      if (is) doubt.isSure = false;
      return is;
    };
    return discord.faults.next(matches, fault);
  };
  return { clock, discord, server, drills, ada, ben, cyd, doubt, bot, shown, acts, doubtedAt };
}

describe('a process that may have lost its servers', () => {
  it('shows nothing of what it remembers, at its end neither', async () => {
    const { ada, ben, cyd, clock, drills, bot, doubt, shown } = await doubtful();
    const opened = drills.next(isRound(1));
    await ada.slash('/quiz start lobby:0 topic:queries seconds:60');
    const round = await opened;

    const before = shown();
    await ben.press(round, letterOf(round, true));
    await clock.advance('2s');
    await bot.app.idle();
    const counted = shown();
    expect(counted).not.toEqual(before);

    await cyd.press(round, letterOf(round, true));
    doubt.isSure = false;
    await clock.advance('2s');
    await bot.app.idle();
    await bot.stop();
    expect(shown()).toEqual(counted);
    expect(bot.complaints).toEqual([]);
  });

  it('does not try again what it began when it was sure', async () => {
    const { ada, ben, clock, drills, bot, acts, doubtedAt } = await doubtful();
    const opened = drills.next(isRound(1));
    await ada.slash('/quiz start lobby:0 topic:queries seconds:60');
    const round = await opened;
    await ben.press(round, letterOf(round, true));
    const done = acts();
    doubtedAt('PATCH /channels/', { status: 502 });
    await clock.advance('2s');
    await bot.app.idle();
    expect(done().map((act) => act.split('/')[0])).toEqual(['PATCH ']);
  });

  it('answers what reached it before without what it remembers', async () => {
    const { ben, doubtedAt, bot } = await doubtful();
    doubtedAt(callback, { status: 502 });
    const reply = await ben.slash('/quiz status');
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('I was held up');
    expect(bot.complaints).toEqual([]);
  });

  it('leaves what reaches it then to whoever has the server by now', async () => {
    const { ben, clock, doubt, bot, acts } = await doubtful();
    doubt.isSure = false;
    const done = acts();
    const asked = ben.slash('/quiz status');
    await clock.advance('4s');
    expect((await asked).failed).toBeDefined();
    expect(done()).toEqual([]);
    expect(bot.complaints).toEqual([]);
  });

  it('answers what reaches it then when the doubt is over within a moment', async () => {
    const { ben, clock, doubt } = await doubtful();
    doubt.isSure = false;
    const asked = ben.slash('/quiz status');
    await clock.advance('500ms');
    doubt.isSure = true;
    await clock.advance('500ms');
    expect((await asked).text).toContain('There is no quiz in this channel');
  });

  it('opens no room for an interview', async () => {
    const { ada, ben, clock, drills, bot, acts, doubtedAt } = await doubtful();
    const lobby = await ada.slash('/interview start questions:1');
    await ben.press(lobby.message, 'Join');
    const done = acts();
    doubtedAt(callback);
    await ada.press(lobby.message, 'Start now');
    await bot.app.idle();
    await clock.advance('1s');
    expect(done().filter((act) => !callback.test(act))).toEqual([]);
    expect(drills.threads).toEqual([]);
  });
});

it('what falls due in a moment of doubt is done afterwards, and once', async () => {
  const { ada, ben, clock, drills, server, bot, doubt, acts } = await doubtful();
  await ada.slash('/daily set time:20:00 timezone:UTC topic:queries');
  await ada.slash('/night set weekday:thursday time:20:00 timezone:UTC rounds:1 topic:queries');
  const question = await ben.slash('/question advanced topic:queries');
  await ben.press(question.message, letterOf(question.message, false));
  await clock.advance('61s');
  await ben.press(question.message, 'Reveal');
  await ben.slash('/review remind time:20:00 timezone:UTC');

  clock.jumpTo(Date.parse('2026-03-04T19:59:30Z'));
  await bot.app.idle();
  doubt.isSure = false;
  const done = acts();
  await clock.advance('2m');
  await bot.app.idle();
  expect(done()).toEqual([]);

  doubt.isSure = true;
  await clock.advanceBy(10 * minuteMs);
  await bot.app.idle();
  const events = [...server.state.events.values()];
  expect(events.map(({ name }) => name)).toEqual(['Quiz night']);
  const texts = drills.messages.map(({ text }) => text);
  expect(texts.filter((text) => text.includes('### Daily question'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('Quiz night'))).toHaveLength(1);
  expect(done().filter((act) => act.startsWith('POST /guilds/'))).toHaveLength(1);
  clock.jumpTo(Date.parse('2026-03-05T19:59:30Z'));
  doubt.isSure = false;
  await clock.advance('2m');
  expect(ben.dm.messages).toEqual([]);
  doubt.isSure = true;
  await clock.advanceBy(10 * minuteMs);
  expect(ben.dm.messages).toHaveLength(1);
});
