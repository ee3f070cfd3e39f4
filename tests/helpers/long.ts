/** `npm run test:long` takes every moment and many draws, where the ordinary suite takes some of each kind. */
export const isLong = process.env.KILLS !== undefined;

/** How often something is killed: `KILLS=50 npx vitest run <file>` for any number. */
export const killsOf = (ordinary: number): number => Number(process.env.KILLS ?? ordinary);

/** How many draws of a property: `RUNS=5000 npx vitest run <file>` for any number. */
export const runs = (ordinary: number, long: number): number =>
  Number(process.env.RUNS ?? (isLong ? long : ordinary));

/** From 1 on: `SEEDS=200 npx vitest run <file>` for any number. */
export const seedsTo = (ordinary: number, long: number): number[] =>
  Array.from({ length: Number(process.env.SEEDS ?? (isLong ? long : ordinary)) }, (_, index) => index + 1);
