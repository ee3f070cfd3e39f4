import type { Logger } from 'pino';
import type { Profile } from '../profiles/profile.js';
import { answeredCells, type Offered } from '../profiles/tallies.js';
import { shortDate } from '../time/date-names.js';
import { coverageRows } from './coverage.js';
import type { OwnView } from './view.js';

/** The pictures of one's own profile. One that cannot be drawn is left out: all of it stands in words too. */
export async function drawOwn(
  profile: Profile,
  topics: readonly Offered[],
  percent: number,
  log: Pick<Logger, 'error'>,
): Promise<OwnView['pictures']> {
  try {
    const [{ renderCoverage }, { renderWeeks }] = await Promise.all([
      import('./coverage-picture.js'),
      import('./weeks-picture.js'),
    ]);
    const weeks = (profile.weeks ?? []).map(([monday, at]) => ({ label: shortDate(monday), percent: at }));
    const [coverage, line] = await Promise.all([
      renderCoverage(coverageRows(answeredCells(profile), topics)),
      // One week alone is no line.
      weeks.length > 0 ? renderWeeks([...weeks, { label: 'now', percent }]) : undefined,
    ]);
    return { coverage, weeks: line };
  } catch (error) {
    log.error({ err: error }, 'The pictures of a profile could not be drawn');
    return {};
  }
}
