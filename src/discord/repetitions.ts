/** Discord sends an event again now and then, soon after the first time; so many interactions are remembered. */
const remembered = 10_000;

/**
 * Whether an interaction has come before. What it asks for (a quiz, a second card) would be done twice.
 * https://docs.discord.com/developers/reference#consistency
 */
export function repetitions(): (id: string) => boolean {
  let [latest, before] = [new Set<string>(), new Set<string>()];
  return (id) => {
    if (latest.has(id) || before.has(id)) return true;
    if (latest.size >= remembered) [before, latest] = [latest, new Set()];
    latest.add(id);
    return false;
  };
}
