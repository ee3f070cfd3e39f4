import { describe, expect, it } from 'vitest';
import { auditAll } from '../../scripts/upkeep/audit/audit.js';
import type { StoredRow } from '../../src/ledger/rows.js';
import type { Profile } from '../../src/profiles/profile.js';
import type { Game } from '../../src/quiz/game.js';
import { openRows } from '../../src/store/open-rows.js';
import { bookedRows, edit, type PlayedDatabase, playedDatabase } from './played.js';
import { runTool } from './run-tool.js';

async function audited(url: string) {
  const rows = await openRows(url, 'look');
  try {
    return await auditAll(rows, () => {});
  } finally {
    await rows.close();
  }
}

async function keysOf(url: string, start: string): Promise<string[]> {
  const rows = await openRows(url, 'look');
  const found: string[] = [];
  for await (const keys of rows.keys()) found.push(...keys.filter((key) => key.startsWith(start)));
  await rows.close();
  return found;
}

/** The finished quiz, or the one that is under way. */
async function quizOf({ url, path }: PlayedDatabase, isOver: boolean): Promise<string> {
  let found = '';
  for (const key of await keysOf(url, 'game:'))
    await edit(path, key, (game: Game) => {
      if ((game.phase.name === 'over') === isOver) found = key.slice('game:'.length);
      return game;
    });
  return found;
}

const onLedger =
  (change: (rows: StoredRow[]) => unknown) =>
  ({ path, server }: PlayedDatabase): Promise<void> =>
    edit(path, `ledger:${server}:0`, change);

const faults: Record<string, [plant: (data: PlayedDatabase) => Promise<void>, says: RegExp]> = {
  'a row that is gone': [onLedger(([, ...rows]) => rows), /is missing in the ledger|the ledger 0 of/],
  'a row that is booked twice': [
    onLedger(([first, ...rows]) => [first, first, ...rows]),
    /booked twice for member/,
  ],
  'points that nobody earned': [
    onLedger((rows) => [...rows.slice(0, -1), rows.at(-1)?.with(2, 9_999)]),
    /has 9999 points .* the answer earned/,
  ],
  'a wrong answer that became right': [
    onLedger((rows) => rows.map((row) => (row[3] === 0 ? row.with(3, 1) : row))),
    /\(right\) in the ledger, the answer earned 0 \(wrong\)/,
  ],
  'a row of a daily question without an answer': [
    onLedger((rows) => [...rows, ['daily:2026-03-03', '77', 100, 1, 0, 'queries', 1]]),
    /no answer that earned them/,
  ],
  'a profile that counts too much': [
    ({ path, server, ben }) =>
      edit(path, `profile:${server}:${ben}`, (profile: Profile) => ({
        ...profile,
        topics: { ...profile.topics, imagined: { basic: [1, 1, 0, 0] } },
      })),
    /has 1 of 1 right in imagined\/basic, the ledger 0 of 0/,
  ],
  'a profile that is gone': [
    ({ path, server, ben }) => edit(path, `profile:${server}:${ben}`, () => undefined),
    /has points in the ledger, and no profile/,
  ],
  'a member that no list names': [
    ({ path, server }) => edit(path, `members:${server}:0`, ([, ...rest]: string[]) => rest),
    /has a profile, and is not listed/,
  ],
  'a player with points from nowhere': [
    async (data) =>
      edit(data.path, `game:${await quizOf(data, true)}`, (game: Game) => ({
        ...game,
        players: Object.fromEntries(
          Object.entries(game.players).map(([id, player]) => [id, { ...player, points: player.points + 1 }]),
        ),
      })),
    /their answers make/,
  ],
  'a quiz that is gone': [
    async (data) => edit(data.path, `game:${await quizOf(data, true)}`, () => undefined),
    /is listed, and not there/,
  ],
  'a quiz that nobody would take up': [
    ({ path, server }) => edit(path, `running:${server}`, () => undefined),
    /would not be taken up/,
  ],
  'an answer to a daily question that is gone': [
    ({ path, server }) =>
      edit(path, `daily-answers:${server}-2026-03-04:0`, ([, ...rest]: unknown[]) => rest),
    /the profile of member \d+ has 0 of 1 right in \S+, the ledger 0 of 0/,
  ],
  'a daily question that closed and was not counted': [
    ({ path, server }) =>
      edit(path, `daily-post:${server}-2026-03-04`, (post: object) => ({ ...post, state: 'closed' })),
    /daily:2026-03-04 \d+ is missing in the ledger/,
  ],
  'a damaged record': [
    ({ path, server, ben }) => edit(path, `profile:${server}:${ben}`, () => ({ topics: 3 })),
    /is damaged: topics/,
  ],
};

describe('the audit', () => {
  it('finds nothing wrong with what a bot has stored', async () => {
    const { url } = await playedDatabase();
    const found = await audited(url);
    expect(found.findings).toEqual([]);
    expect(found).toMatchObject({ scopes: 2, rows: bookedRows });
  });

  it.each(Object.entries(faults))('finds %s', async (_, [plant, says]) => {
    const data = await playedDatabase();
    await plant(data);
    const { findings } = await audited(data.url);
    expect(findings.map(({ fault }) => fault).join('\n')).toMatch(says);
  });

  it('changes nothing', async () => {
    const data = await playedDatabase();
    await edit(data.path, `profile:${data.server}:${data.ben}`, () => ({ topics: 3 }));
    await audited(data.url);
    expect(await keysOf(data.url, 'damaged:')).toEqual([]);
  });

  it('ends with 1 when something does not agree, and looks at no file that is not there', async () => {
    const data = await playedDatabase();
    await edit(data.path, `running:${data.server}`, () => undefined);
    expect(await runTool('audit', [], data.url)).toMatchObject({ code: 1 });
    await expect(audited(`${data.url}.not`)).rejects.toThrow('there is no such file');
  });
});
