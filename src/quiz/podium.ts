import type { Logger } from 'pino';
import { renderPodium } from '../podium/podium.js';
import { type QuizState, standings } from './players.js';

const podiumPlaces = 3;

/** The picture of the first three; one that cannot be drawn must not hold the results up. */
export async function drawPodium(state: QuizState, log: Logger): Promise<Buffer | undefined> {
  const { id, phase } = state.game;
  const isBroken = phase.name === 'over' && phase.ending === 'failed';
  const places = standings(state).filter(({ answered }) => answered > 0);
  if (places.length === 0 || isBroken) return undefined;
  try {
    return await renderPodium(places.slice(0, podiumPlaces));
  } catch (error) {
    log.error({ err: error, game: id }, 'The podium could not be drawn');
    return undefined;
  }
}
