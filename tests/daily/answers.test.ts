import { describe, expect, it } from 'vitest';
import { closedNotice, dailyReceipt } from '../../src/daily/post/cards.js';
import { StoreError } from '../../src/store/store.js';
import { buttonsOf, channel, check, question, server, startWorld, textOf, type World } from './world.js';

async function opened(world: World): Promise<string> {
  await world.set();
  await world.run('2026-01-05T09:01:00Z');
  return world.cards()[0]?.postId ?? '';
}

async function rows(world: World): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const row of world.ledger.rows(server)) found.push(row);
  return found;
}

const choose = (world: World, postId: string, member: string, pick: number, atMs = world.clock.now()) =>
  world.poster.submit(postId, { id: member, name: member }, { picks: [pick] }, atMs);

describe('an answer', () => {
  it('is told right or wrong at once, with why, points and streak', async () => {
    const world = await startWorld();
    await opened(world);
    const right = await world.answer('11');
    expect(right).toContain('Right.**');
    expect(right).toContain('select_related');
    expect(right).toContain('**+110 points**: 100 for the level, 10 for your streak');
    expect(right).toContain('A streak begins');
    const wrong = await world.answer('12', false);
    expect(wrong).toContain('Not this time');
    expect(wrong).toMatch(/Your answer: \*\*[ABC]\*\* q\d is (wrong|odd)/);
    expect(wrong).toContain('**Answer**');
    expect(wrong).not.toContain('points');
  });

  it('counts once: a second one is shown the first', async () => {
    const world = await startWorld();
    await opened(world);
    await world.answer('11', false);
    const again = await world.answer('11', true);
    expect(again).toContain('You have answered this one already');
    expect(again).toContain('Not this time');
    await world.run('2026-01-06T09:01:00Z');
    expect(await rows(world)).toHaveLength(1);
  });

  it('counts once when a member presses everything in the same instant', async () => {
    const world = await startWorld();
    const postId = await opened(world);
    const receipts = await Promise.all(
      [1, 0, 2, 0, 1].map(async (pick) => textOf(await choose(world, postId, '11', pick))),
    );
    expect(receipts.filter((text) => text.includes('already'))).toHaveLength(4);
    expect(receipts.every((text) => text.includes('Not this time'))).toBe(true);
    const at = world.clock.now();
    await world.run('2026-01-06T09:01:00Z');
    expect(await rows(world)).toEqual([
      {
        source: 'daily:2026-01-05',
        member: '11',
        points: 0,
        right: false,
        level: 'basic',
        topic: 'queries',
        at,
      },
    ]);
  });

  it('is kept across a restart, by whoever of very many gave it', async () => {
    const world = await startWorld();
    const postId = await opened(world);
    const members = Array.from({ length: 300 }, (_, index) => String(10_000 + index));
    const receipts = await Promise.all(
      members.map((member, index) => choose(world, postId, member, index % 3)),
    );
    expect(receipts.filter((one) => textOf(one).includes('Right.'))).toHaveLength(100);
    const store = await world.temp.reopen();
    await world.restart(store).serversReady([server]);
    expect(await world.answer('10299')).toContain('already');
    await world.run('2026-01-06T09:01:00Z');
    expect(await rows(world)).toHaveLength(300);
    expect(world.cards().at(-1)?.text).toContain('300 answered, 33\u00a0% right');
    const profiles = await Promise.all(members.map((member) => world.profiles.get(server, member)));
    expect(profiles.every(({ daily }) => daily.current === 1)).toBe(true);
  });

  it('of before the closing counts also when it is processed after it', async () => {
    const world = await startWorld();
    const postId = await opened(world);
    await world.clock.advanceTo('2026-01-06T08:59:59.500Z');
    const pressedMs = world.clock.now();
    await world.run('2026-01-06T09:00:01Z');
    expect('question' in (await world.poster.open(postId, '11'))).toBe(true);
    expect(textOf(await choose(world, postId, '11', 0, pressedMs))).toContain('Right.');
    expect(textOf(await choose(world, postId, '12', 0))).toContain('This question is closed');
    expect(await rows(world)).toMatchObject([{ source: 'daily:2026-01-05', member: '11' }]);
  });

  it('after the closing is told that it is closed, and the answer', async () => {
    const world = await startWorld();
    const postId = await opened(world);
    await world.answer('11');
    await world.run('2026-01-06T12:00:00Z');
    const stranger = textOf((await world.poster.open(postId, '12')) as never);
    expect(stranger).toContain('This question is closed');
    expect(stranger).toContain('select_related');
    expect(stranger).not.toContain('You answered');
    expect(textOf((await world.poster.open(postId, '11')) as never)).toContain('+110 points');
  });

  it('to a card that nobody knows is told so', async () => {
    const world = await startWorld();
    for (const card of ['', 'x', `${server}-2020-01-01`, '9-9'])
      expect(textOf((await world.poster.open(card, '11')) as never)).toContain('no longer known');
  });

  it('that cannot be stored is not acknowledged, and can be given again', async () => {
    const world = await startWorld();
    const postId = await opened(world);
    const { store } = world.temp;
    const listeners: (() => void)[] = [];
    let broken = false;
    const faulty = {
      get: store.get.bind(store),
      getMany: store.getMany.bind(store),
      close: store.close.bind(store),
      onRollback: (listener: () => void) => {
        listeners.push(listener);
        return () => {};
      },
      commit: async (batch: Parameters<typeof store.commit>[0]) => {
        if (!broken) return store.commit(batch);
        await Promise.resolve();
        for (const listener of listeners) listener();
        throw new StoreError('disk full');
      },
    };
    await world.restart(faulty).serversReady([server]);
    broken = true;
    const failed = await Promise.allSettled([choose(world, postId, '11', 1), choose(world, postId, '11', 1)]);
    expect(failed.every(({ status }) => status === 'rejected')).toBe(true);
    broken = false;
    expect(await world.answer('11')).toContain('Right.');
    await world.run('2026-01-06T09:01:00Z');
    expect(await rows(world)).toHaveLength(1);
  });
});

describe('points and streaks', () => {
  it('grow with every post in a row, up to 100 more', async () => {
    const world = await startWorld();
    await world.set();
    const points: number[] = [];
    for (let day = 5; day <= 16; day++) {
      await world.run(`2026-01-${String(day).padStart(2, '0')}T09:01:00Z`);
      points.push(Number(/\+(\d+) points/.exec(await world.answer('11'))?.[1]));
    }
    expect(points).toEqual([110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 200, 200]);
  });

  it('go on over wrong answers, and begin anew after a post that was missed', async () => {
    const world = await startWorld();
    await world.set();
    const streaks: (string | undefined)[] = [];
    for (const day of ['05', '06', '08', '09']) {
      await world.run(`2026-01-${day}T09:01:00Z`);
      streaks.push(
        /(\d+) daily questions in a row|A streak begins/.exec(await world.answer('11', false))?.[0],
      );
    }
    expect(streaks).toEqual([
      'A streak begins',
      '2 daily questions in a row',
      'A streak begins',
      '2 daily questions in a row',
    ]);
  });

  it('are not broken by days without a post: weekends, an outage', async () => {
    const world = await startWorld('2026-01-08T08:00:00Z');
    await world.set({ days: 0b0011111 });
    await world.run('2026-01-08T09:01:00Z');
    await world.answer('11');
    await world.run('2026-01-09T09:01:00Z');
    await world.answer('11');
    await world.run('2026-01-12T09:01:00Z');
    expect(await world.answer('11')).toContain('3 daily questions in a row');
    world.clock.jumpTo('2026-01-14T03:00:00Z');
    await world.restart().serversReady([server]);
    await world.run('2026-01-14T09:01:00Z');
    expect(await world.answer('11')).toContain('4 daily questions in a row');
  });

  it('belong to the day of the post, however late in the night the answer comes', async () => {
    const world = await startWorld('2026-01-05T20:00:00Z');
    await world.set({ zone: 'America/New_York', minute: 18 * 60 });
    await world.run('2026-01-05T23:01:00Z');
    await world.clock.advanceTo('2026-01-06T22:59:00Z');
    await world.answer('11');
    await world.run('2026-01-06T23:01:00Z');
    expect(await world.answer('11')).toContain('2 daily questions in a row');
    await world.run('2026-01-07T23:01:00Z');
    expect(await rows(world)).toMatchObject([{ source: 'daily:2026-01-05' }, { source: 'daily:2026-01-06' }]);
  });
});

describe('cards', () => {
  const long = (length: number): string =>
    '`select_related` joins '
      .repeat(100)
      .slice(0, length - 1)
      .concat('.');

  it('of every kind and of the longest questions keep Discord’s limits, at every stage', async () => {
    const big = {
      prompt: long(600),
      explanation: long(900),
      code: { language: 'python', text: 'x = 1\n'.repeat(15) },
      sources: [1, 2, 3].map((n) => `https://docs.djangoproject.com/${n}/${'a'.repeat(100)}`),
    };
    const options = Array.from({ length: 6 }, (_, index) => ({
      text: `${index} ${long(180)}`,
      right: index === 2,
    }));
    const questions = [
      question('single', { ...big, options }),
      question('several', { ...big, kind: 'multiple-choice', options }),
      question('truth', { ...big, kind: 'true-false' }),
      question('short', { ...big, kind: 'short-answer', accepted: [long(80)] }),
      question('order', { ...big, kind: 'ordering', steps: options.map(({ text }) => text) }),
    ];
    const world = await startWorld('2026-01-05T08:00:00Z', questions);
    await world.set({ roleId: '77' });
    for (let day = 5; day <= 11; day++) {
      await world.run(`2026-01-${String(day).padStart(2, '0')}T09:01:00Z`);
      const postId = world.cards().at(-1)?.postId ?? '';
      const card = await world.poster.open(postId, '11');
      if (!('question' in card)) throw new Error('The card is not open');
      const answer = card.question.kind === 'short-answer' ? { text: '`'.repeat(100) } : { picks: [0, 1, 2] };
      const given = await world.poster.submit(postId, { id: '11', name: 'a' }, answer, world.clock.now());
      check(given);
      const row = { member: '11', answer, right: true, points: 9, streak: 3, at: 1 };
      check(dailyReceipt(card, row, { again: true, held: true }));
      check(closedNotice(card, row));
    }
    expect(world.cards()).toHaveLength(7);
  });

  it('have buttons whose ids are short and unique', async () => {
    const world = await startWorld();
    await opened(world);
    const [card] = world.channels.in(channel);
    const ids = card ? buttonsOf(card.message).map(({ custom_id }) => custom_id) : [];
    expect(new Set(ids).size).toBe(3);
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(100);
  });
});
