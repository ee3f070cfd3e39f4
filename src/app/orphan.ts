const lookMs = 1_000;

/**
 * Calls once when whoever started this process has ended. `npm start` is npm, a shell and this: where the shell stays in
 * between (Debian's does), a signal to npm ends both and reaches nobody else, and the bot would run on with nobody to
 * stop it. Does not keep the process alive.
 */
export function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    then();
  }, lookMs);
  looking.unref();
}
