import { cardRecord } from '../../src/question/records.js';
import { gameRecord } from '../../src/quiz/records.js';
import { unwrap } from '../../src/store/record.js';
import type { Row, Rows } from '../../src/store/rows.js';

/** One record as it is handed out. */
export interface ExportedRecord {
  readonly key: string;
  readonly version: number;
  readonly data: unknown;
}

interface Envelope {
  readonly v: number;
  readonly d?: unknown;
}

/**
 * Records whose id others have in their keys, e.g. the answers to a card. Only of these: an id of a member, say, in
 * the key of a record that is of the server must not hand out what is stored of them elsewhere.
 */
const owners: ReadonlySet<string> = new Set([cardRecord.name, gameRecord.name]);

/**
 * All records of a server: those whose key begins with its id or that say that they are of it, and those that belong to
 * its cards and quizzes. Reads everything twice; of what is read only ids are kept meanwhile.
 */
export async function* exportGuild(rows: Rows, guildId: string): AsyncGenerator<ExportedRecord> {
  const owned = new Set([guildId]);
  for await (const { key, data } of every(rows)) {
    const [type = '', id = ''] = key.split(':', 2);
    if (owners.has(type) && saysSo(data, guildId)) owned.add(id);
  }
  for await (const record of every(rows))
    if (saysSo(record.data, guildId) || owned.has(ownerOf(record.key))) yield record;
}

/** The same as the text of one JSON object, a record a line. @param told is kept up with their number */
export async function* exportText(
  rows: Rows,
  guildId: string,
  at: Date,
  told: { records: number },
): AsyncGenerator<string> {
  yield `{"guild":${JSON.stringify(guildId)},"at":${JSON.stringify(at)},"records":[`;
  for await (const record of exportGuild(rows, guildId))
    yield `${told.records++ === 0 ? '' : ','}\n${JSON.stringify(record)}`;
  yield '\n]}\n';
}

async function* every(rows: Rows): AsyncGenerator<ExportedRecord> {
  for await (const { rows: page } of rows.pages())
    for (const row of page) {
      const envelope = envelopeOf(row);
      if (envelope && envelope.v > 0) yield { key: row.key, version: envelope.v, data: envelope.d };
    }
}

function envelopeOf({ value }: Row): Envelope | undefined {
  const { value: stored } = unwrap<unknown>(value);
  const isEnvelope = typeof stored === 'object' && stored !== null && 'v' in stored;
  return isEnvelope && typeof stored.v === 'number' ? (stored as Envelope) : undefined;
}

const saysSo = (data: unknown, guildId: string): boolean =>
  typeof data === 'object' && data !== null && 'guildId' in data && data.guildId === guildId;

/** The first id behind a key's type: the scope or the thing that the record is of. */
const ownerOf = (key: string): string => /^[^:]*:([^:/-]*)/.exec(key)?.[1] ?? '';
