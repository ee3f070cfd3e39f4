import { noEntries } from '../../src/quiz/entries.js';
import { type Game, newPlayer } from '../../src/quiz/game.js';
import { givenFold } from '../../src/quiz/given.js';
import { createGame } from '../../src/quiz/rules.js';

const settings = {
  rounds: 4,
  seconds: 20,
  lobby: 0,
  kinds: 'choice',
  mode: 'race',
  scoring: 'speed',
  from: 'bank',
} as const;

/** A quiz of four rounds that is over, of which one did not count, with players of these points, rights and answers. */
export function over(players: Record<string, readonly [points: number, right: number, answered: number]>) {
  const game = createGame(
    { id: '9', guildId: '1', channelId: '2' },
    { id: '10', name: 'Ada' },
    { settings, planned: 4, now: 0 },
  );
  const round = { asked: { questionId: 'gone' }, ended: 'all', right: [0] };
  return {
    game: {
      ...game,
      players: Object.fromEntries(
        Object.entries(players).map(([id, [points, right, answered]]) => [
          id,
          { ...newPlayer(`P${id}`), points, right, answered },
        ]),
      ),
      rounds: [round, { ...round, ended: 'void' }, round, round],
      phase: { name: 'over', ending: 'finished', at: 0, told: true },
    } as unknown as Game,
    given: givenFold.empty([]),
    entries: noEntries,
  };
}
