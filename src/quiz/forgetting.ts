import { nobody } from '../asking/nobody.js';
import { RecordLog } from '../store/log.js';
import { Batch, type Store } from '../store/store.js';
import { gameRecord, quizAnswersLog } from './records.js';
import { type Game, type GameState, leave, replay } from './rules.js';

/** Takes a member out of a game: their place, their answers, and their being its host. */
export function leaveOut(state: GameState, member: string): void {
  const { game, answers } = state;
  leave(state, member);
  delete game.players[member];
  if (game.hostId === member) game.hostId = nobody;
  for (const ofRound of answers.values()) ofRound.delete(member);
}

/** Removes quizzes that are not running. */
export async function removeGames(store: Store, ids: readonly string[]): Promise<void> {
  const logs = await Promise.all(ids.map((id) => RecordLog.open(store, quizAnswersLog, id)));
  const batch = new Batch();
  for (const log of logs) log.remove(batch);
  for (const id of ids) batch.remove(gameRecord, id);
  await store.commit(batch);
}

/**
 * Takes a member out of quizzes that are not running. Those who are left move up: places are counted from the
 * players whenever results are shown.
 */
export async function removeMember(store: Store, ids: readonly string[], member: string): Promise<void> {
  const games = await store.getMany(gameRecord, ids);
  for (const [id, game] of games) {
    if (!mayMention(game, member)) continue;
    // The answers first: while they are there, the game tells that they have to go.
    const log = await RecordLog.open(store, quizAnswersLog, id);
    await log.drop((given) => given.member === member);
    leaveOut(replay(game, []), member);
    await store.commit(new Batch().put(gameRecord, id, () => game));
  }
}

/** Who joined an unfinished game by an answer may be named by that alone. */
const mayMention = ({ hostId, players, phase }: Game, member: string): boolean =>
  hostId === member || players[member] !== undefined || phase.name !== 'over';
