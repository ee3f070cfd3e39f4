import type { TextFault } from '../../src/bank/texts.js';
import type { Outcome } from './runner.js';

export interface JudgedFault extends TextFault {
  /** Where in the question it is. */
  readonly path: readonly (string | number)[];
}

/** What a proof says will happen. */
export interface Outcomes {
  readonly prints?: string | undefined;
  readonly raises?: string | undefined;
}

/** Where an outcome is another than was claimed; `path` leads to the claim. */
export function claimedFault(
  { prints = '', raises }: Outcomes,
  { printed, raised, detail }: Outcome,
  path: readonly (string | number)[],
): JudgedFault | undefined {
  const remedy = 'put the question or its proof right, whichever is wrong';
  if ((raised ?? undefined) !== raises) {
    const ended = raised === null ? 'nothing' : `${raised}: ${detail}`;
    return {
      path: [...path, 'raises'],
      message: `raised ${ended}; claimed is ${raises ?? 'nothing'}`,
      remedy,
    };
  }
  if (exact(printed) !== exact(prints)) {
    const message = `printed ${shown(printed)}; claimed is ${shown(prints)}`;
    return { path: [...path, 'prints'], message, remedy };
  }
  return undefined;
}

/** Blanks at the ends of lines and empty lines around the whole do not count. */
const exact = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');

export const shown = (text: string): string => JSON.stringify(exact(text));
