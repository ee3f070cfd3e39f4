import type { Game, Round } from './game.js';

/** How long a round lasts, in milliseconds. */
export const lengthOf = ({ settings }: Game, round: Round | undefined): number =>
  (round?.seconds ?? settings.seconds) * 1000;
