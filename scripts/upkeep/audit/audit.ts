import { audit } from '../../../src/ledger/audit.js';
import { ledgerType } from '../../../src/ledger/rows.js';
import { readRows } from '../../../src/store/log-segments.js';
import type { Rows } from '../../../src/store/rows.js';
import { RowsStore } from '../rows-store.js';
import { auditDailies } from './dailies.js';
import { shortened } from './expected.js';
import { auditProfiles } from './profiles.js';
import { auditQuizzes } from './quizzes.js';
import { scopesOf } from './scopes.js';

/** One thing that does not agree with another. */
export interface Finding {
  /** A server's id, or `dm-<user>`; `store` for what belongs to none. */
  readonly scope: string;
  readonly fault: string;
}

export interface WholeAudit {
  readonly scopes: number;
  readonly rows: number;
  readonly points: number;
  readonly findings: readonly Finding[];
}

/**
 * Holds everything that says the same thing twice against the other: the ledger's rows against the answers of
 * quizzes and daily questions, what players have in quizzes against their rounds, profiles against the ledger, and
 * lists against what they name. Changes nothing.
 */
export async function auditAll(rows: Rows, tell: (done: number, of: number) => void): Promise<WholeAudit> {
  const store = new RowsStore(rows);
  const { ids, profiles, setAside } = await scopesOf(rows);
  const findings: Finding[] = [];
  const sums = { rows: 0, points: 0 };
  for (const [index, scope] of ids.entries()) {
    const ledger = await all(readRows(store, ledgerType, scope));
    const said = await audit(inOnePiece(ledger), new Map(), () => true);
    sums.rows += said.rows;
    sums.points += said.points;
    const twice = said.duplicates.map(
      ({ source, member }) => `${source} is booked twice for member ${member}`,
    );
    const dailies = await auditDailies(store, scope, ledger);
    const counted = [...ledger, ...dailies.held];
    for (const fault of [
      ...shortened(twice),
      ...(await auditQuizzes(store, scope, ledger)),
      ...dailies.faults,
      ...(await auditProfiles(store, scope, counted, profiles.get(scope) ?? [])),
    ])
      findings.push({ scope, fault });
    tell(index + 1, ids.length);
  }
  for (const [key, reason] of store.damaged)
    findings.push({ scope: 'store', fault: `${key} is damaged: ${reason}` });
  for (const key of setAside)
    findings.push({ scope: 'store', fault: `${key} was found damaged and set aside; mend it, or delete it` });
  return { scopes: ids.length, ...sums, findings };
}

async function* inOnePiece<T>(whole: T): AsyncGenerator<T> {
  yield whole;
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const row of rows) gathered.push(row);
  return gathered;
}
