import { describe, expect, it } from 'vitest';
import { firstRound, isResults, isRound, letterOf, nextRound, restart, stage } from '../helpers/stage.js';

describe('the lobby', () => {
  it('counts who joins, once each, and who leaves', async () => {
    const { ada, ben, cyd, clock, drills } = await stage();
    const lobby = await ada.slash('/quiz start');
    expect(lobby.text).toContain('1 person in');
    expect((await ben.press(lobby, 'Join')).text).toBe('You are in. Good luck!');
    expect((await ben.press(lobby, 'Join')).text).toBe('You are in already.');
    await cyd.press(lobby, 'Join');
    await cyd.press(lobby, 'Leave');
    expect((await cyd.press(lobby, 'Leave')).text).toBe('You are not in this quiz.');
    const counted = drills.waitFor(({ text }) => text.includes('2 people in'));
    await clock.advanceBy(1_500);
    expect((await counted).text).toContain(`${ada.mention} ${ben.mention}`);
  });

  it('ends by itself when its time is up', async () => {
    const { ada, clock, drills } = await stage();
    await ada.slash('/quiz start lobby:45');
    const round = drills.next(isRound(1));
    await clock.advanceBy(45_000);
    await round;
  });

  it('is ended at once by its host, and by nobody else without Manage Messages', async () => {
    const { ada, ben, cyd, drills } = await stage();
    const lobby = await ada.slash('/quiz start');
    const refused = await ben.press(lobby, 'Start now');
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toContain(`Only the quiz's host, ${ada.mention}`);
    cyd.allow('ManageMessages');
    const round = drills.next(isRound(1));
    await cyd.press(lobby, 'Start now');
    await round;
    expect((await ada.press(lobby, 'Start now').catch((error: Error) => error)) instanceof Error).toBe(false);
  });

  it('belongs to one channel: a second quiz has to wait there and nowhere else', async () => {
    const { ada, ben, server } = await stage();
    await ada.slash('/quiz start');
    const second = await ben.slash('/quiz start');
    expect(second.ephemeral).toBe(true);
    expect(second.text).toContain('already on in this channel');
    const elsewhere = await ben.slash('/quiz start', { channel: server.channel('lounge') });
    expect(elsewhere.text).toContain('Quiz lobby');
  });

  it('opens once when two start in the same instant', async () => {
    const { ada, ben } = await stage();
    const replies = await Promise.all([ada.slash('/quiz start'), ben.slash('/quiz start')]);
    expect(replies.filter(({ text }) => text.includes('Quiz lobby'))).toHaveLength(1);
  });

  it('offers only topics that it then takes, by level and kinds', async () => {
    const { ada } = await stage();
    const offered = async (options: string): Promise<(string | number)[]> =>
      (await ada.complete(`/quiz start ${options} topic:`)).map(({ value }) => value);
    expect(await offered('rounds:1')).toEqual(['facts', 'queries']);
    expect(await offered('kinds:all')).toEqual(['facts', 'kinds', 'queries']);
    for (const level of ['basic', 'intermediate', 'advanced'])
      for (const topic of await offered(`level:${level}`)) {
        const lobby = await ada.slash(`/quiz start level:${level} topic:${topic}`);
        expect(lobby.text, `${level} ${topic}`).toContain('Quiz lobby');
        await ada.slash('/quiz stop');
      }
    expect(await offered('level:intermediate kinds:choice')).not.toContain('kinds');
  });

  it('tells when no question fits, and leaves the channel free', async () => {
    const { ada } = await stage();
    expect((await ada.slash('/quiz start topic:kinds')).text).toContain('No question of the bank fits');
    expect((await ada.slash('/quiz start topic:nowhere')).text).toContain('There is no topic “nowhere”');
    expect((await ada.slash('/quiz start')).text).toContain('Quiz lobby');
  });
});

describe('a round', () => {
  it('keeps everything secret until it is over', async () => {
    const scene = await stage();
    const { ada, ben, cyd, clock, drills } = scene;
    const round = await firstRound(scene);
    const mine = await ben.press(round, letterOf(round, true));
    expect(mine.ephemeral).toBe(true);
    expect(mine.text).not.toMatch(/right|correct/i);
    await clock.advanceBy(1_500);
    await drills.waitFor(({ text }) => text.includes('1 of 2 answered'));
    for (const state of round.history) {
      const shown = JSON.stringify(state);
      expect(shown).not.toContain('says so itself');
      expect(shown).not.toContain('docs.djangoproject.com');
    }
    // The letters' buttons differ in nothing but the letter and its number.
    const lettered = round.buttons.filter(({ label }) => /^[A-F]$/.test(label));
    expect(new Set(lettered.map(({ style }) => style)).size).toBe(1);
    expect(lettered.map(({ customId }) => customId?.replace(/\d$/, ''))).toEqual(
      lettered.map(() => lettered[0]?.customId?.replace(/\d$/, '')),
    );
    expect(ada.sees(drills).some(({ text }) => text.includes('Recorded'))).toBe(false);
    expect(cyd.sees(drills).some(({ text }) => text.includes('Recorded'))).toBe(false);
  });

  it('counts the first press and says so at the second', async () => {
    const scene = await stage();
    const round = await firstRound(scene);
    await scene.ben.slash('/quiz status');
    const lobbyless = letterOf(round, false);
    expect((await scene.ben.press(round, lobbyless)).text).toContain(`Recorded: **${lobbyless}**`);
    const again = await scene.ben.press(round, letterOf(round, true));
    expect(again.text).toContain(`**${lobbyless}** is recorded`);
  });

  it('ends when everybody in the quiz has answered, and shows answer, spread and the fastest', async () => {
    const scene = await stage();
    const { ada, ben, clock, drills } = scene;
    const round = await firstRound(scene);
    await clock.advanceBy(2_000);
    await ben.press(round, letterOf(round, true));
    await clock.advanceBy(3_000);
    await ada.press(round, letterOf(round, false));
    await drills.waitFor(({ text }) => text.includes('Standings after round 1'));
    expect(round.text).toContain('Everyone has answered · 1 of 2 right');
    expect(round.text).toContain(`Fastest: ${ben.mention} in 2.0 s`);
    expect(round.text).toContain('says so itself');
    expect(round.buttons.every(({ disabled }) => disabled)).toBe(true);
    expect(round.buttons.filter(({ style }) => style === 3).map(({ label }) => label)).toEqual([
      letterOf(round, true),
    ]);
  });

  it('is judged by the time at which Discord took the press, not by when it arrived', async () => {
    const scene = await stage();
    const { ada, ben, cyd, clock, drills } = scene;
    const round = await firstRound(scene, 'rounds:2 seconds:20 level:basic');
    const openedAt = clock.now();
    await clock.advanceBy(21_000);
    const inTime = await ben.press(round, letterOf(round, true), { createdAt: openedAt + 19_900 });
    expect(inTime.text).toContain('Recorded');
    const late = await cyd.press(round, letterOf(round, true), { createdAt: openedAt + 20_001 });
    expect(late.text).toBe('Too late: this round is over.');
    await ada.press(round, letterOf(round, true), { createdAt: openedAt + 20_000 });
    await drills.waitFor(({ text }) => text.includes('Everyone has answered · 2 of 2 right'));
    const board = await ada.slash('/leaderboard');
    expect(board.text).toContain(`${ben.mention} · **100**\u00a0points`);
    expect(board.text).not.toContain(cyd.mention);
  });

  it('refuses forged and stale buttons in plain words', async () => {
    const scene = await stage();
    const { ada, ben, drills, clock } = scene;
    const round = await firstRound(scene);
    const [button] = round.buttons;
    const id = button?.customId ?? '';
    for (const forged of [
      id.replace(/\d$/, '9'),
      id.replace(/:0:\d$/, ':1:0'),
      id.replace(/:\d+:0:/, ':1:0:'),
      'quiz:a',
      'quiz:nothing:1',
      'nobody:at:all',
      'quiz:a:x:y:z',
    ]) {
      const reply = await ben.pressId(round, forged);
      expect(reply.ephemeral).toBe(true);
      expect(reply.failed).toBeUndefined();
      expect(reply.text).not.toContain('our side');
    }
    await ada.press(round, letterOf(round, true));
    await drills.waitFor(({ text }) => text.includes('Standings after round 1'));
    expect((await ben.pressId(round, id)).text).toBe('Too late: this round is over.');
    await clock.settle();
  });

  it('is skipped by the host, once', async () => {
    const scene = await stage();
    const { ada, ben, drills } = scene;
    const round = await firstRound(scene);
    expect((await ben.slash('/quiz skip')).text).toContain('Only the quiz');
    expect((await ada.slash('/quiz skip')).text).toBe('Round skipped.');
    await drills.waitFor(({ text }) => text.includes('Standings after round 1'));
    expect(round.text).toContain('Skipped · nobody answered');
    expect((await ada.slash('/quiz skip')).text).toBe('No round is open at the moment.');
  });

  it('closes once when the last answer, the timer, a skip and a stop come together', async () => {
    const scene = await stage();
    const { ada, ben, clock, drills, discord } = scene;
    const round = await firstRound(scene, 'rounds:3 level:basic');
    await ben.press(round, letterOf(round, true));
    const results = drills.next(isResults);
    await Promise.all([
      ada.press(round, letterOf(round, true)),
      ada.slash('/quiz skip'),
      ada.slash('/quiz stop'),
      clock.advanceBy(22_000),
    ]);
    await results;
    const board = await ada.slash('/leaderboard');
    expect(board.text).toContain(
      `${ben.mention} · **150**\u00a0points\n-# 🥇 100\u00a0%\u00a0right (1\u00a0of\u00a01)`,
    );
    expect(
      discord.requests.filter(({ body }) => JSON.stringify(body ?? '').includes('### Quiz stopped')),
    ).toHaveLength(1);
  });
});

describe('the end', () => {
  it('brings places, a podium, everybody’s own answers, and a new lobby on demand', async () => {
    const scene = await stage();
    const { ada, ben, cyd, clock, drills } = scene;
    const round = await firstRound(scene, 'rounds:2 seconds:20 level:basic');
    await ben.press(round, letterOf(round, true));
    await ada.press(round, letterOf(round, false));
    await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
    await clock.settle();
    const results = drills.next(isResults);
    await clock.advanceBy(6_000);
    const card = await results;
    expect(card.text).toContain(`🥇 ${ben.mention} · **150**\u00a0points\n-# 1\u00a0of\u00a01\u00a0right`);
    expect(card.text).toContain(`**2.** ${ada.mention} · **0**\u00a0points\n-# 0\u00a0of\u00a01\u00a0right`);
    expect(card.files.map(({ name, type }) => [name, type])).toEqual([['podium.png', 'image/png']]);
    const own = await ada.press(card, 'My answers');
    expect(own.ephemeral).toBe(true);
    expect(own.text).toContain('❌ **1.**');
    expect(own.text).toContain('the right option');
    expect((await cyd.press(card, 'My answers')).text).toContain('You did not take part');
    const again = await cyd.press(card, 'Play again');
    expect(again.text).toContain('Quiz lobby');
    expect(again.text).toContain(`Host: ${cyd.mention}`);
    expect(again.text).toContain('1 round of 20 s · basic');
  });

  it('comes early by stop, and the points so far stay', async () => {
    const scene = await stage();
    const { ada, ben, cyd, drills } = scene;
    const round = await firstRound(scene, 'rounds:3 level:basic');
    await ben.press(round, letterOf(round, true));
    await cyd.press(round, letterOf(round, false));
    expect((await ben.slash('/quiz stop')).text).toContain('Only the quiz');
    const results = drills.next(isResults);
    await ada.slash('/quiz stop');
    expect((await results).text).toContain('Quiz stopped');
    expect((await ada.slash('/leaderboard')).text).toContain(`${ben.mention} · **150**\u00a0points`);
    expect((await ada.slash('/quiz status')).text).toContain('There is no quiz in this channel');
    expect((await ada.slash('/quiz start')).text).toContain('Quiz lobby');
  });

  it('comes when nobody has answered two rounds in a row', async () => {
    const scene = await stage();
    const { clock, drills } = scene;
    await firstRound(scene, 'rounds:3 seconds:5');
    await clock.advanceBy(7_000);
    await nextRound(scene, 2);
    const results = drills.next(isResults);
    await clock.advanceBy(7_000);
    await drills.waitFor(({ text }) => text.includes('Standings after round 2'));
    await clock.settle();
    await clock.advanceBy(6_000);
    expect((await results).text).toContain('nobody answered two rounds in a row');
  });
});

describe('when Discord fails', () => {
  it.each([500, 502, 429])('a card is posted in spite of a %s', async (status) => {
    const scene = await stage();
    scene.discord.faults.next('POST /channels/:id/messages', { status, times: 2, retryAfter: 0.05 });
    const round = await firstRound(scene);
    expect(round.text).toContain('Round 1 of');
    expect(scene.drills.messages.filter(isRound(1))).toHaveLength(1);
  });

  it('a card whose answer got lost is not posted twice', async () => {
    const scene = await stage();
    scene.discord.faults.next('POST /channels/:id/messages', { status: 500, after: true });
    const round = await firstRound(scene);
    await scene.ben.press(round, letterOf(round, true));
    expect(scene.drills.messages.filter(isRound(1))).toHaveLength(1);
  });

  const unheard = { status: 503, after: true, times: 4 };

  it('a lobby that Discord showed without ever saying so goes on with the card that stands', async () => {
    const { ada, ben, discord, drills, clock, bot } = await stage();
    discord.faults.next('POST /interactions/:id/:token/callback', unheard);
    const { message } = await ada.slash('/quiz start lobby:30 rounds:2');
    await bot.app.idle();
    await ben.press(message, 'Join');
    await clock.advanceBy(2_000);
    await drills.waitFor(({ id, text }) => id === message.id && text.includes('2 people in'));
    const opened = drills.next(isRound(1));
    await ada.press(message, 'Start now');
    expect((await opened).text).toContain('Round 1 of 2');
    expect(drills.messages.filter(({ text }) => text.includes('Host:'))).toHaveLength(1);
    expect(bot.complaints).toEqual([]);
  });

  it('a lobby that may stand where the bot cannot look is called off, and its card says so', async () => {
    const { ada, ben, discord, drills, bot } = await stage();
    discord.faults.losePermission(drills, 'ReadMessageHistory');
    discord.faults.next('POST /interactions/:id/:token/callback', unheard);
    const started = await ada.slash('/quiz start');
    await bot.app.idle();
    expect((await started.followUp()).text).toContain('Something went wrong on our side');
    expect((await ben.press(started.message, 'Join')).text).toContain('no longer stored');
    expect((await ada.slash('/quiz start')).text).toContain('Quiz lobby');
  });

  it('the deletion of the channel ends the quiz, tells the host, and locks nothing', async () => {
    const scene = await stage();
    const { ada, ben, cyd, clock, discord, drills, server, bot } = scene;
    const round = await firstRound(scene, 'rounds:3 level:basic seconds:10');
    await ben.press(round, letterOf(round, true));
    await cyd.press(round, letterOf(round, false));
    discord.faults.deleteChannel(drills);
    const told = ada.dm.waitFor(({ text }) => text.includes('has ended'));
    await clock.advanceBy(12_000);
    expect((await told).text).toContain('Unknown Channel');
    await clock.settle();
    const lounge = server.channel('lounge');
    expect((await ada.slash('/leaderboard', { channel: lounge })).text).toContain(
      `${ben.mention} · **150**\u00a0points`,
    );
    const again = await ada.slash('/quiz start', { channel: lounge });
    expect(again.text).toContain('Quiz lobby');
    expect(bot.complaints.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('the loss of a permission in the middle ends the quiz and frees the channel', async () => {
    const scene = await stage();
    const { ada, clock, discord, drills } = scene;
    await firstRound(scene, 'rounds:3 seconds:10');
    discord.faults.losePermission(drills, 'SendMessages');
    const told = ada.dm.waitFor(({ text }) => text.includes('has ended'));
    await clock.advanceBy(12_000);
    await told;
    const refused = await ada.slash('/quiz start');
    expect(refused.text).toContain('Ask an admin to give me: Send Messages');
    discord.faults.givePermission(drills, 'SendMessages');
    expect((await ada.slash('/quiz start')).text).toContain('Quiz lobby');
  });

  it('the deletion of a round’s card costs nobody the answer: it is posted anew', async () => {
    const scene = await stage();
    const { ada, discord, drills } = scene;
    const round = await firstRound(scene);
    discord.faults.deleteMessage(round);
    const answer = drills.next(({ text }) => text.includes('Skipped'));
    await ada.slash('/quiz skip');
    expect((await answer).text).toContain('says so itself');
  });

  it.each([true, false])(
    'a dropped gateway (resumable: %s) loses no press after it is back',
    async (resumable) => {
      const scene = await stage();
      const { ben, discord, drills, ada } = scene;
      const round = await firstRound(scene, 'rounds:2 level:basic');
      discord.faults.dropGateway({ resumable });
      await discord.connected();
      expect((await ben.press(round, letterOf(round, true))).text).toContain('Recorded');
      await ada.press(round, letterOf(round, true));
      await drills.waitFor(({ text }) => text.includes('Everyone has answered · 2 of 2 right'));
    },
  );
});

describe('a restart', () => {
  it('goes on in the same round with the time that was left, and old buttons work', async () => {
    const scene = await stage();
    const { ada, ben, clock, drills } = scene;
    const round = await firstRound(scene, 'rounds:2 seconds:60 level:basic');
    await ben.press(round, letterOf(round, true));
    await clock.advanceBy(10_000);
    await restart(scene, () => clock.jumpTo(clock.now() + 20_000));
    expect((await ben.press(round, letterOf(round, false))).text).toContain('Your first press counts');
    await ada.press(round, letterOf(round, true));
    await drills.waitFor(({ text }) => text.includes('Everyone has answered · 2 of 2 right'));
    await clock.settle();
    expect((await ada.slash('/leaderboard')).text).toContain(`${ada.mention} · **125**\u00a0points`);
  });

  it('leaves at least five seconds to answer when the time ran out meanwhile', async () => {
    const scene = await stage();
    const { ada, ben, clock, drills } = scene;
    const round = await firstRound(scene, 'rounds:2 seconds:20 level:basic');
    await restart(scene, () => clock.jumpTo(clock.now() + 3_600_000));
    await clock.advanceBy(4_900);
    for (const member of [ben, ada])
      expect((await member.press(round, letterOf(round, true))).text).toContain('Recorded');
    await drills.waitFor(({ text }) => text.includes('Everyone has answered · 2 of 2 right'));
    await clock.settle();
    expect((await ada.slash('/leaderboard')).text).toContain(`${ada.mention} · **100**\u00a0points`);
  });

  it.each(['lobby', 'pause', 'results'])('in the %s goes on from there', async (moment) => {
    const scene = await stage();
    const { ada, ben, clock, drills } = scene;
    if (moment === 'lobby') {
      const lobby = await ada.slash('/quiz start lobby:100 topic:queries');
      await ben.press(lobby, 'Join');
      await restart(scene);
      expect((await ben.press(lobby, 'Join')).text).toBe('You are in already.');
      const round = drills.next(isRound(1));
      await clock.advanceBy(100_000);
      expect((await round).text).toContain('0 of 2 answered');
      return;
    }
    const rounds = moment === 'pause' ? 2 : 1;
    const round = await firstRound(scene, `rounds:${rounds}`);
    await ada.press(round, letterOf(round, true));
    await drills.waitFor(({ text }) =>
      text.includes(moment === 'pause' ? 'Standings after round 1' : 'Everyone has answered'),
    );
    await clock.settle();
    await restart(scene, () => clock.jumpTo(clock.now() + 60_000));
    const next = drills.waitFor(moment === 'pause' ? isRound(2) : isResults);
    await clock.advanceBy(1_000);
    await next;
    expect(drills.messages.filter(({ text }) => text.includes('Standings after round 1'))).toHaveLength(
      rounds - 1,
    );
  });
});
