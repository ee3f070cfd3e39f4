import { expect, it } from 'vitest';
import { loadCommands } from '../../src/app/loader.js';
import { openRows } from '../../src/store/open-rows.js';
import type { Stage } from '../helpers/stage.js';
import { cases, channel, type Forged, roleJson, type World, world } from './forged.js';

/** Kinds of options whose values are ids, by Discord's numbers. */
const kinds: Readonly<Record<number, 'users' | 'channels' | 'roles'>> = {
  6: 'users',
  7: 'channels',
  8: 'roles',
};
const firstWithIds = 6;
const withFigures = 10;

/** How each command with such an option is sent without it. */
const plainly: Readonly<Record<string, string>> = {
  'daily set': '/daily set time:09:00 timezone:UTC',
  'night set': '/night set weekday:friday time:20:00 timezone:UTC',
  stats: '/stats',
};

interface Option {
  readonly path: string;
  readonly name: string;
  readonly type: number;
}

async function optionsWithIds(): Promise<Option[]> {
  type Json = { readonly name: string; readonly type?: number; readonly options?: readonly Json[] };
  const inside = (json: Json, path: string): Option[] =>
    (json.options ?? []).flatMap((option) => {
      const { name, type = 0 } = option;
      if (type <= 2) return inside(option, `${path} ${name}`);
      return type >= firstWithIds && type !== withFigures ? [{ path, name, type }] : [];
    });
  return [...(await loadCommands()).values()].flatMap(({ data }) => inside(data as Json, data.name));
}

/** Sends the command with this value for the option. */
async function send({ ada }: Stage, { path, name, type }: Option, { value, as }: Forged) {
  const forge = (data: Record<string, unknown>) => {
    const option = { name, type, value };
    const given = (data['options'] ?? []) as { type: number; options?: object[] }[];
    const [sub] = given;
    const options =
      sub?.type === 1 ? [{ ...sub, options: [...(sub.options ?? []), option] }] : [...given, option];
    const resolved = as && { [kinds[type] ?? '']: { [String(value)]: as } };
    return { ...data, options, ...(resolved && { resolved }) };
  };
  return ada.slash(plainly[path] ?? '', { forge });
}

/** All that is stored. */
async function stored({ bot, clock }: Stage): Promise<string> {
  await clock.settle();
  const rows = await openRows(bot.databaseUrl, 'look');
  const all: string[] = [];
  for await (const page of rows.pages()) all.push(...page.rows.map(({ key, value }) => `${key} ${value}`));
  await rows.close();
  return all.sort().join('\n');
}

it('every option that takes an id is looked at here, and no select of users, roles or channels is asked', async () => {
  const options = await optionsWithIds();
  expect(options.map(({ path }) => path).filter((path) => !plainly[path])).toEqual([]);
  expect(options.filter(({ type }) => !kinds[type])).toEqual([]);
  expect(options.map(({ path, name }) => `${path} ${name}`)).toEqual([
    'daily set channel',
    'daily set role',
    'night set channel',
    'night set role',
    'stats member',
  ]);
});

it.each(Object.keys(cases) as (keyof typeof cases)[])(
  'forged %s are refused with what to do, and nothing is stored',
  async (kind) => {
    const scene = await world();
    const options = (await optionsWithIds()).filter(({ type }) => kinds[type] === kind);
    // It is noted that she has used the bot here, as with every command that may store something.
    await scene.ada.slash('/daily status');
    const before = await stored(scene);
    for (const [what, words, make] of cases[kind]) {
      const forged = make(scene);
      for (const option of options) {
        const about = `${option.path} ${option.name}: ${what}`;
        // Twice: discord.js remembers what the first one said.
        for (const _again of [1, 2]) {
          const { ephemeral, text } = await send(scene, option, forged);
          expect([about, ephemeral, text]).toEqual([about, true, expect.stringMatching(words)]);
        }
      }
      expect(await stored(scene), what).toBe(before);
    }
    expect(scene.bot.complaints).toEqual([]);
  },
);

it.each([
  ['channel', 7, 'a thread', channel(({ server, drills }) => server.thread(drills, 'talk'))],
  ['channel', 7, 'another channel', channel(({ server }) => server.channel('lounge'))],
  [
    'role',
    8,
    'the role of the server’s boosters, which Discord gives',
    ({ server }: World) => {
      const role = server.role('boosters', { mentionable: true });
      role.managed = true;
      return { value: role.id, as: { ...roleJson(role.id), managed: true } };
    },
  ],
] as const)('a schedule takes for its %s (%i) %s', async (name, type, _, make) => {
  const scene = await world();
  for (const path of ['daily set', 'night set']) {
    const forged = make(scene);
    const reply = await send(scene, { path, name, type }, forged);
    expect(reply.text).toContain('is set');
    expect(reply.text).toContain(`${forged.value}>`);
  }
});
