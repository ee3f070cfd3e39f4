import type { Logger } from 'pino';
import { type PodiumPlace, renderPodium } from '../podium/podium.js';
import { type QuizState, standings } from './players.js';
import { teamStandings } from './teams.js';
import { teamName } from './words.js';

const podiumPlaces = 3;

/** Who stands on the podium, shared places included: teams where there are any, else members; nobody for no points. */
export function podiumOf(state: QuizState): PodiumPlace[] {
  const teams = teamStandings(state);
  const all =
    teams.length > 0
      ? teams.map(({ team, points, place }) => ({ name: teamName(team), points, place }))
      : standings(state);
  return all.filter(({ place, points }) => place <= podiumPlaces && points > 0);
}

/** The picture of the podium; one that cannot be drawn must not hold the results up. */
export async function drawPodium(state: QuizState, log: Pick<Logger, 'error'>): Promise<Buffer | undefined> {
  const { id, phase } = state.game;
  const isBroken = phase.name === 'over' && phase.ending === 'failed';
  const places = podiumOf(state);
  if (places.length === 0 || isBroken) return undefined;
  try {
    return await renderPodium(places);
  } catch (error) {
    log.error({ err: error, game: id }, 'The podium could not be drawn');
    return undefined;
  }
}
