import type { Card, Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { restart, type Stage, stage } from '../helpers/stage.js';

/** It is Wednesday, 2026-03-04, 12:00 UTC; nights are on Fridays at 20:00 in Berlin. */
const dayBefore = '2026-03-05T19:00:00Z';
const lobby = '2026-03-06T18:55:00Z';
const starts = '2026-03-06T19:00:00Z';

const set = '/night set weekday:friday time:20:00 timezone:Europe/Berlin';

async function scheduled(options = 'rounds:2 topic:queries'): Promise<Stage> {
  const scene = await stage();
  scene.ada.allow('ManageGuild');
  const reply = await scene.ada.slash(`${set} ${options}`);
  expect(reply.text).toContain('is set');
  return scene;
}

/** Lets nothing fall due but what stands at that time. */
async function until({ clock }: Stage, when: string): Promise<void> {
  clock.jumpTo(Date.parse(when) - 30_000);
  await clock.advanceTo(when);
  await clock.settle();
}

async function announced(scene: Stage): Promise<Card> {
  await until(scene, dayBefore);
  return scene.drills.waitFor(({ buttons }) => buttons.some(({ label }) => label === 'Remind me'));
}

async function lobbyOf(scene: Stage): Promise<Card> {
  await until(scene, lobby);
  return scene.drills.waitFor(({ buttons }) => buttons.some(({ label }) => label === 'Join'));
}

describe('/night set', () => {
  it('confirms privately with what is planned and the next five nights', async () => {
    const { ada } = await stage();
    ada.allow('ManageGuild');
    const reply = await ada.slash(
      '/night set weekday:fri time:19:30 timezone:Asia/Kathmandu name:"Django *night*" rounds:10 mode:discuss teams:2 kinds:all',
    );
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('`Django *night*`');
    expect(reply.text).toContain('Every **Friday** at **19:30** Asia/Kathmandu time');
    expect(reply.text).toContain(
      '10 rounds of 20 s · all levels · all topics · two votes a round · 2 teams · all kinds',
    );
    const starting = [...reply.text.matchAll(/<t:(\d+):F> \(<t:\1:R>\)/g)].map(([, s]) =>
      new Date(Number(s) * 1000).toISOString(),
    );
    expect(starting).toEqual(
      ['03-06', '03-13', '03-20', '03-27', '04-03'].map((day) => `2026-${day}T13:45:00.000Z`),
    );
  });

  it('changes only what it is given, and takes back a level, a topic and teams', async () => {
    const { ada } = await scheduled('level:basic topic:queries teams:3 rounds:7 name:Django');
    const again = await ada.slash('/night set weekday:mon time:18:00 seconds:30');
    expect(again.text).toContain('Every **Monday** at **18:00** Europe/Berlin time');
    expect(again.text).toContain('7 rounds of 30 s · basic');
    expect(again.text).toContain('3 teams');
    const free = await ada.slash('/night set weekday:mon time:18:00 level:any topic:any teams:1');
    expect(free.text).toContain('7 rounds of 30 s · all levels · all topics\n');
    expect(free.text).toContain('`Django`');
  });

  it('needs Manage Server, as does off; status is for everybody', async () => {
    const { ben } = await stage();
    for (const command of ['set weekday:friday time:20:00 timezone:UTC', 'off']) {
      const refused = await ben.slash(`/night ${command}`);
      expect([refused.ephemeral, refused.text.includes('Manage Server')]).toEqual([true, true]);
    }
    expect((await ben.slash('/night status')).text).toContain('no quiz night in this server yet');
  });

  it('says what is wrong, and changes nothing', async () => {
    const { ada, server, discord } = await stage();
    ada.allow('ManageGuild');
    for (const [options, words] of [
      ['weekday:someday time:20:00 timezone:UTC', 'is no day of the week'],
      ['weekday:weekdays time:20:00 timezone:UTC', 'is no day of the week'],
      ['weekday:__proto__ time:20:00 timezone:UTC', 'is no day of the week'],
      ['weekday:friday time:25:00 timezone:UTC', 'is not a time'],
      ['weekday:friday time:20:00', 'In which time zone?'],
      ['weekday:friday time:20:00 timezone:Berlin', 'Did you mean `Europe/Berlin`'],
      ['weekday:friday time:20:00 timezone:UTC topic:nowhere', 'There is no topic “nowhere”'],
      ['weekday:friday time:20:00 timezone:UTC name:"\u3164"', 'That name cannot be seen'],
    ] as const)
      expect((await ada.slash(`/night set ${options}`)).text, options).toContain(words);
    discord.faults.losePermission(server.channel('lounge'), 'SendMessages');
    const refused = await ada.slash(`${set} channel:#lounge`);
    expect(refused.text).toContain('I lack **Send Messages**');
    expect((await ada.slash('/night status')).text).toContain('no quiz night');
  });

  it('takes the zone that the daily question has given the server', async () => {
    const { ada } = await stage();
    ada.allow('ManageGuild');
    await ada.slash('/daily set time:09:00 timezone:Asia/Tokyo');
    const { text } = await ada.slash('/night set weekday:friday time:20:00');
    expect(text).toContain('Asia/Tokyo time');
    // Nobody typed its name: it is no text of a user's.
    expect(text).toContain('### Quiz night is set');
  });

  it('suggests days of the week, zones and topics', async () => {
    const { ada } = await stage();
    const days = await ada.complete('/night set weekday:t');
    expect(days.map(({ value }) => value)).toEqual(['Tuesday', 'Thursday']);
    const zones = await ada.complete('/night set weekday:friday time:20:00 timezone:berl');
    expect(zones[0]?.value).toBe('Europe/Berlin');
    const topics = await ada.complete('/night set weekday:friday time:20:00 topic:');
    expect(topics.map(({ value }) => value)).toEqual(expect.arrayContaining(['any', 'queries']));
  });
});

describe('a night in Discord', () => {
  it('has an event and a reminder, and managers are its hosts; one that is stopped at once counts nobody', async () => {
    const scene = await scheduled();
    scene.server.removeBot();
    scene.server.addBot(['ViewChannel', 'SendMessages', 'ReadMessageHistory', 'AttachFiles', 'CreateEvents']);
    const { ada, ben, cyd, clock, drills, server } = scene;
    const post = await announced(scene);
    const [event] = [...server.state.events.values()];
    expect(event).toMatchObject({ name: 'Quiz night', entity_type: 3 });
    expect(Date.parse(event?.scheduled_start_time ?? '')).toBe(Date.parse(starts));
    expect(post.text).toContain(`https://discord.com/events/${server.id}/${event?.id}`);
    for (const words of ['I send you a direct message', 'on the list already']) {
      const receipt = await ben.press(post, 'Remind me');
      expect([receipt.ephemeral, receipt.text.includes(words)]).toEqual([true, true]);
    }
    cyd.user.refusesDirectMessages = true;
    await cyd.press(post, 'Remind me');

    const card = await lobbyOf(scene);
    await clock.settle();
    expect(ben.dm.messages.map(({ text }) => text)).toEqual([expect.stringContaining('is open')]);
    expect(cyd.dm.messages).toEqual([]);
    expect(post.text).toContain('The lobby was opened');
    expect(card.text).toContain('Nobody hosts this quiz');
    for (const member of [ben, cyd]) await member.press(card, 'Join');
    const opened = drills.next(({ text }) => text.includes('Round 1 of 2'));
    await clock.advanceTo(starts);
    await opened;
    // Whoever manages the server stands in for the host; nobody else does.
    expect((await ben.slash('/quiz stop')).text).toContain('Nobody hosts this quiz: a member with');
    expect((await ada.slash('/quiz stop')).text).toContain('stopped');
    await drills.waitFor(({ text }) => text.includes('Quiz stopped'));
    await clock.settle();
    expect(drills.messages.some(({ text }) => text.includes('Season'))).toBe(false);
  });

  it('counts a night that was played, and shows the season to everybody', async () => {
    const scene = await scheduled();
    const { ben, cyd, clock, drills } = scene;
    await announced(scene);
    const card = await lobbyOf(scene);
    await play(scene, card, [ben, cyd]);
    const season = await drills.waitFor(({ text }) => text.includes('Season 2026 Q1'));
    expect(season.text).toMatch(new RegExp(`1\\.\\*\\* <@(${ben.id}|${cyd.id})>`));
    await clock.settle();
    expect((await cyd.slash('/night status')).text).toContain('Season 2026 Q1: 1 night so far');
    const receipt = await ben.press(season, 'Remind me');
    expect(receipt.text).toContain('I send you a direct message');
    // The next Friday, by the announcement or without it.
    await until(scene, '2026-03-13T18:55:00Z');
    await clock.settle();
    expect(ben.dm.messages).toHaveLength(1);
  });

  it('goes on where the bot was stopped and started again, and is announced and opened once', async () => {
    const scene = await scheduled();
    const { drills, clock } = scene;
    await announced(scene);
    const again = { ...scene, bot: await restart(scene) };
    await clock.advance('2m');
    await lobbyOf(again);
    await restart(again);
    await clock.advance('2m');
    const having = (label: string): number =>
      drills.messages.filter(({ text }) => text.includes(label)).length;
    expect([having('The lobby was opened'), having('the lobby is open')]).toEqual([1, 1]);
  });

  it('answers an old or forged reminder in words', async () => {
    const scene = await scheduled();
    const { ada, ben } = scene;
    const post = await announced(scene);
    await ada.slash('/night off');
    await scene.clock.settle();
    const id = post.history[0]?.components
      ? JSON.stringify(post.history[0]).match(/night:remind:\d+/)?.[0]
      : '';
    expect((await ben.pressId(post, id ?? '')).text).toContain('This night is over or was changed');
    expect((await ben.pressId(post, 'night:remind:x')).text).toContain('of no use here');
    expect((await ada.slash('/night off')).text).toContain('was off already');
  });
});

async function play(scene: Stage, lobbyCard: Card, members: readonly Member[]): Promise<void> {
  const { clock, drills } = scene;
  for (const member of members) await member.press(lobbyCard, 'Join');
  for (const [round, at] of [
    [1, starts],
    [2, undefined],
  ] as const) {
    const opened = drills.next(({ text }) => text.includes(`Round ${round} of 2`));
    if (at) await clock.advanceTo(at);
    else await clock.advance('6s');
    const card = await opened;
    for (const member of members) await member.press(card, card.buttons[0]?.label ?? 'A');
    await drills.waitFor(({ text }) =>
      text.includes(round === 1 ? 'Standings after round 1' : 'Everyone has answered'),
    );
    await clock.settle();
  }
  const results = drills.next(({ text }) => text.includes('Quiz results'));
  await clock.advance('6s');
  await results;
  await clock.settle();
}
