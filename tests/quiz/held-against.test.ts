import { expect, it } from 'vitest';
import { holdAgainstTheDisk } from '../crash/play.js';
import { guildId, quizWorld } from './world.js';

const game = '900000000000000001';
const [ada, ben] = ['10', '11'];

it('who came into a quiz by an answer and is told that they are in already stands on the disk in the answers', async () => {
  const world = await quizWorld();
  await world.start(game, '2', ada, { lobby: 0 });
  await world.clock.settle();
  await world.press(game, 0, ben, 1);
  const { outcome } = await world.quizzes.act(game, { kind: 'join', member: ben, name: 'M11' });
  expect(outcome).toBe('already');
  const receipts = [{ member: ben, customId: `quiz:join:${game}` }];
  await holdAgainstTheDisk(world.store, guildId, receipts, -1);
  const others = [{ member: '12', customId: `quiz:join:${game}` }];
  await expect(holdAgainstTheDisk(world.store, guildId, others, -1)).rejects.toThrow('12 is in');
});
