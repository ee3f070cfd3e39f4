import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/discord/errors.js';
import { cardRecord } from '../../src/question/records.js';
import { Batch, StoreError } from '../../src/store/store.js';
import { apiError, bankOf, question, textOf } from '../daily/world.js';
import { archived, channel, guild, questions, startPractice, unavailable } from './world.js';

const answerOut = 'select_related';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('a reveal that does not reach its message', () => {
  it.each([
    ['Discord is away for hours', unavailable(), 2 * hourMs],
    ['the thread is archived', archived(), 30 * hourMs],
    ['the bot may not edit there', apiError(403, 50001, 'Missing Access'), 30 * hourMs],
    ['edits of old cards are too many', apiError(429, 30046, 'Maximum number of edits'), hourMs],
  ])('because %s is made up for', async (_, error, awayMs) => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    world.board.edits = error;
    await expect(world.reveal(id, '1', messageId)).rejects.toThrow(error.message);
    await world.clock.advanceBy(awayMs);
    expect(world.text(messageId)).not.toContain(answerOut);
    world.board.edits = undefined;
    await world.clock.advanceBy(hourMs + 1);
    expect(world.text(messageId)).toContain(answerOut);
    expect(world.clock.pending).toBe(0);
  });

  it('is made up for after a restart between the store and the edit', async () => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    await world.answer(id, '2', 0);
    world.board.edits = unavailable();
    await expect(world.reveal(id, '1', messageId)).rejects.toThrow();
    await world.practice.stop();
    world.board.edits = undefined;
    await world.restart();
    expect(world.text(messageId)).toContain(answerOut);
  });

  it('is made up for when the day is over, also after a restart days later', async () => {
    const world = startPractice();
    const { messageId } = await world.ask('1');
    await world.practice.stop();
    world.clock.jumpTo(world.clock.now() + 3 * dayMs);
    world.board.edits = unavailable();
    await world.restart();
    await world.clock.advanceBy(5 * 60_000);
    world.board.edits = undefined;
    await world.clock.advanceBy(2 * hourMs);
    expect(world.text(messageId)).toContain(answerOut);
  });

  it('shows the answer to who presses meanwhile, and is tried again at once', async () => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    world.board.edits = unavailable();
    await expect(world.reveal(id, '1', messageId)).rejects.toThrow();
    await world.practice.idle();
    world.board.edits = undefined;
    const told = await world.practice.open(id, '2');
    expect(textOf(told as never)).toContain(answerOut);
    await world.practice.idle();
    expect(world.text(messageId)).toContain(answerOut);
  });

  it('because nobody knows where that is comes when a press has told', async () => {
    const world = startPractice();
    world.board.find = async () => 'unknown';
    const place = { id: '900', guildId: guild, channelId: channel, askerId: '1', isPrivate: false };
    const asked = world.practice.ask({ ...place, atMs: world.clock.now() }, {}, async (card) => {
      await world.board.send(channel, card);
      throw unavailable();
    });
    await expect(asked).rejects.toThrow();
    await world.clock.advanceBy(dayMs + hourMs);
    const [messageId = ''] = world.board.messages.keys();
    await world.practice.open('900', '2');
    world.practice.seen('900', messageId);
    await world.clock.advanceBy(hourMs);
    expect(world.text(messageId)).toContain(answerOut);
    expect(world.clock.pending).toBe(0);
  });

  it('because nobody knows where that is is let go in the end', async () => {
    const world = startPractice();
    world.board.find = async () => 'unknown';
    const place = { id: '900', guildId: guild, channelId: channel, askerId: '1', isPrivate: false };
    const asked = world.practice.ask({ ...place, atMs: world.clock.now() }, {}, async () => {
      throw unavailable();
    });
    await expect(asked).rejects.toThrow();
    await world.clock.advanceBy(9 * dayMs);
    expect(world.clock.pending).toBe(0);
  });

  it('is let go when the message was deleted', async () => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    world.board.messages.delete(messageId);
    await expect(world.reveal(id, '1', messageId)).rejects.toThrow('Unknown Message');
    await world.clock.settle();
    expect(world.clock.pending).toBe(0);
    expect([...world.database.rows.keys()]).not.toContain(`cards:${guild}`);
  });

  it('is not tried again for what is our own fault', async () => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    world.board.edits = apiError(400, 50035, 'Invalid Form Body');
    await expect(world.reveal(id, '1', messageId)).rejects.toThrow();
    await world.clock.advanceBy(6 * hourMs);
    expect(world.board.tries).toBeLessThanOrEqual(2);
    expect(world.lines.some(({ msg }) => msg === 'A card could not be made to show its answer')).toBe(true);
  });

  it('by itself is tried again while the disk is full', async () => {
    const world = startPractice();
    const { messageId } = await world.ask('1');
    world.database.failsWrite = () => true;
    await world.clock.advanceBy(dayMs + 10_000);
    expect(world.text(messageId)).not.toContain(answerOut);
    world.database.failsWrite = () => false;
    await world.clock.advance('3s');
    expect(world.text(messageId)).toContain(answerOut);
  });
});

describe('edits of cards older than an hour', () => {
  const mostIn = (times: readonly number[], ms: number): number =>
    Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));

  it('keep to three in six seconds a channel, and all come', async () => {
    const world = startPractice();
    const cards = [];
    for (let n = 0; n < 6; n++) cards.push(await world.ask(String(n)));
    await world.practice.stop();
    world.clock.jumpTo(world.clock.now() + 2 * dayMs);
    await world.restart();
    await world.clock.advance('2m');
    for (const { messageId } of cards) expect(world.text(messageId)).toContain(answerOut);
    expect(world.board.editedAt).toHaveLength(6);
    expect(mostIn(world.board.editedAt, 6_000)).toBe(3);
  });

  it('of counters wait for those of answers', async () => {
    const world = startPractice();
    const cards = [];
    for (let n = 0; n < 6; n++) cards.push(await world.ask(String(n)));
    await world.clock.advanceBy(2 * hourMs);
    for (const { id } of cards) await world.answer(id, '77', 0);
    await world.clock.advance('2s');
    expect(world.board.editedAt).toHaveLength(2);
    await world.clock.advance('1m');
    for (const { messageId } of cards) expect(world.text(messageId)).toContain('1 answered');
    expect(mostIn(world.board.editedAt, 6_000)).toBe(2);
  });
});

describe('a card whose question has changed', () => {
  const other = bankOf(questions.map(({ id }) => question(id, { rev: 'r2' })));

  it('closes with words when somebody presses it', async () => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    await world.restart(other);
    expect(textOf((await world.practice.open(id, '2')) as never)).toContain('has been changed');
    await world.practice.idle();
    expect(world.text(messageId)).toContain('has been changed in the bank');
    expect(world.clock.pending).toBe(0);
  });

  it('closes by itself when the day is over, and counts what was answered', async () => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    await world.answer(id, '2', 0);
    await world.restart(other);
    await world.clock.advanceBy(dayMs);
    expect(world.text(messageId)).toContain('has been changed in the bank');
    expect((await world.profiles.get(guild, '2')).days.total).toBe(1);
  });
});

describe('profiles', () => {
  it('change at the reveal of a public card, by the day of each answer, and not before', async () => {
    const world = startPractice();
    // 23:59 in Berlin, where the server is.
    world.clock.jumpTo('2026-03-04T22:58:57Z');
    const { id, messageId } = await world.ask('1');
    await world.answer(id, '2', 0);
    await world.clock.advanceBy(2 * 60_000);
    await world.answer(id, '3', 0);
    expect((await world.profiles.get(guild, '2')).days.total).toBe(0);
    await world.reveal(id, '1', messageId);
    expect((await world.profiles.get(guild, '2')).days.last).toBe('2026-03-04');
    expect((await world.profiles.get(guild, '3')).days.last).toBe('2026-03-05');
  });

  it('change at the answer of a private card', async () => {
    const world = startPractice();
    const { id } = await world.ask('1', { isPrivate: true });
    await world.answer(id, '1', 0);
    expect((await world.profiles.get(guild, '1')).days.total).toBe(1);
  });
});

describe('a question', () => {
  it('that is open is not drawn again, and what is left says so', async () => {
    const world = startPractice();
    const cards = [];
    for (let n = 0; n < 6; n++) cards.push(await world.ask('1', { isPrivate: n % 2 === 0 }));
    const prompts = cards.map(({ shown }) => /What does (\w+) do/.exec(textOf(shown))?.[1]);
    expect(new Set(prompts).size).toBe(6);
    await expect(world.ask('2')).rejects.toThrow('Every question that fits is open');
    await world.reveal(cards[1]?.id ?? '', '1', cards[1]?.messageId ?? '');
    await expect(world.ask('2')).resolves.toBeDefined();
  });

  it('of a private card left for long is not told while others are asked it', async () => {
    const world = startPractice();
    const mine = await world.ask('1', { isPrivate: true });
    const asked = /What does (\w+) do/.exec(textOf(mine.shown))?.[1] ?? '';
    await world.clock.advanceBy(hourMs);
    let open = '';
    for (let n = 0; n < 6; n++) {
      const card = await world.ask('2');
      if (textOf(card.shown).includes(asked)) open = card.messageId;
    }
    expect(open).not.toBe('');
    await expect(world.answer(mine.id, '1', 0)).rejects.toThrow(UserError);
    await expect(world.reveal(mine.id, '1', '')).rejects.toThrow('is open in this server');
    await world.clock.advanceBy(dayMs);
    expect(textOf(await world.answer(mine.id, '1', 0))).toContain('Right');
  });
});

describe('the pace of asking', () => {
  it('lets one of many presses of the same instant through, and says how long to wait', async () => {
    const world = startPractice();
    const place = { guildId: guild, channelId: channel, askerId: '1', isPrivate: false };
    const asks = Array.from({ length: 60 }, (_, index) =>
      world.practice.ask({ ...place, id: `9${index}`, atMs: world.clock.now() }, {}, (card) =>
        world.board.send(channel, card),
      ),
    );
    const outcomes = await Promise.allSettled(asks);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(String(outcomes.flatMap((one) => ('reason' in one ? [one.reason] : []))[0])).toContain(
      '3 seconds',
    );
  });

  it('keeps a channel readable, whoever asks', async () => {
    const world = startPractice();
    const place = { guildId: guild, channelId: channel, isPrivate: false };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, async (_, index) => {
        const id = `9${index}`;
        await world.practice.ask({ ...place, askerId: id, id, atMs: world.clock.now() }, {}, (card) =>
          world.board.send(channel, card),
        );
      }),
    );
    const refused = outcomes.flatMap((one) => ('reason' in one ? [String(one.reason)] : []));
    expect(refused.length).toBeGreaterThanOrEqual(10);
    await expect(world.ask('77', { isPrivate: true })).rejects.toThrow('open');
  });

  it('takes nobody’s turn when no question could be asked', async () => {
    const world = startPractice();
    const place = { guildId: guild, channelId: channel, askerId: '1', isPrivate: false };
    const ask = (id: string, filter = {}) =>
      world.practice.ask({ ...place, id, atMs: world.clock.now() }, filter, (card) =>
        world.board.send(channel, card),
      );
    await expect(ask('91', { level: 'advanced' })).rejects.toThrow('No question of the bank fits');
    world.database.failsWrite = () => true;
    await expect(ask('92')).rejects.toThrow(StoreError);
    world.database.failsWrite = () => false;
    await ask('93');
  });
});

describe('very many answers at once', () => {
  it('to one card are all stored, in few writes', async () => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    const members = Array.from({ length: 2_000 }, (_, index) => String(10_000 + index));
    let writes = 0;
    world.database.failsWrite = () => {
      writes++;
      return false;
    };
    await Promise.all(members.map((member, index) => world.answer(id, member, index % 3)));
    expect(writes).toBeLessThan(20);
    await world.restart();
    await world.reveal(id, '1', messageId);
    expect(world.text(messageId)).toContain('667 of 2000 right');
  });
});

describe('a card of before answers had a log', () => {
  it('keeps its answers, and takes more', async () => {
    const world = startPractice();
    const { id, messageId } = await world.ask('1');
    const card = await world.memory.store.get(cardRecord, id);
    if (!card) throw new Error('The card is not stored');
    const answers = { '77': { answer: { picks: [0] }, right: true } };
    await world.memory.store.commit(new Batch().put(cardRecord, id, () => ({ ...card, answers })));
    await world.restart();
    expect(textOf(await world.answer(id, '77', 1))).toContain('answered already');
    await world.answer(id, '78', 1);
    await world.reveal(id, '1', messageId);
    expect(world.text(messageId)).toContain('1 of 2 right: <@77>');
    expect((await world.profiles.get(guild, '77')).days.total).toBe(1);
  });
});
