import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  /** A file of ours from the root, e.g. `src/time/clock.ts`, or a package's name. */
  readonly target: string;
  /** False for `import type`, which is gone at run time. */
  readonly atRunTime: boolean;
  readonly dynamic: boolean;
}

interface SourceFile {
  readonly path: string;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

function read(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => posix.join(folder, String(name)))
    .filter((path) => /(?<!\.d)\.ts$/.test(path))
    .sort()
    .map((path) => {
      const code = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
      return { path, code, imports: importsOf(path, code) };
    });
}

function importsOf(path: string, code: string): Import[] {
  const target = (specifier = ''): string =>
    specifier.startsWith('.')
      ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
      : specifier;
  const fixed = [...code.matchAll(/^(?:import|export) (type )?(?:[^'";]*? from )?'([^']+)'/gm)].map(
    ([, type, specifier]) => ({ target: target(specifier), atRunTime: !type, dynamic: false }),
  );
  const later = /(typeof )?\b(?:import|new URL)\('([^']+\.js|[^./'][^']*)'(?:, import\.meta\.url)?\)/g;
  const dynamic = [...code.matchAll(later)].map(([, type, specifier]) => ({
    target: target(specifier),
    atRunTime: !type,
    dynamic: true,
  }));
  return [...fixed, ...dynamic];
}

const source = read('src');
const commands = read('commands');
const local = read('packages/local-discord').filter(
  ({ path }) => !path.includes('/dist/') && !path.includes('/node_modules/'),
);
const all = [...source, ...commands, ...local, ...read('scripts'), ...read('bench'), ...read('tests')];
const byPath = new Map(all.map((file) => [file.path, file]));

/** `src/quiz/rules.ts` is in `quiz`, `src/index.ts` in `index.ts`, a command in `commands`. */
function roomOf(path: string): string {
  const [top = '', name = ''] = path.split('/');
  return top === 'src' ? name : top;
}

const isOurs = (target: string): boolean => /^(src|commands|packages|scripts|bench|tests)\//.test(target);

/** From the process down to the disk; a room uses those of lower floors, and its neighbours only where it says so. */
const floors: readonly (readonly string[])[] = [
  ['index.ts'],
  ['app'],
  [
    'daily',
    'help',
    'interview',
    'leaderboard',
    'night',
    'plan',
    'privacy',
    'question',
    'quiz',
    'retention',
    'review',
    'stats',
  ],
  ['asked', 'asking', 'ledger', 'next', 'podium', 'profiles', 'schedule', 'session'],
  ['people'],
  ['bank', 'discord', 'time'],
  ['store'],
  ['place.ts'],
];
const neighbours: Readonly<Record<string, readonly string[]>> = {
  discord: ['time'],
  // A night is a quiz that comes by a schedule.
  night: ['quiz'],
  asked: ['profiles'],
  asking: ['asked', 'ledger', 'profiles'],
  next: ['profiles'],
  schedule: ['asking'],
  session: ['asked', 'asking', 'next'],
};

const mayUse: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    floors.flatMap((rooms, floor) =>
      rooms.map((room) => [room, [...floors.slice(floor + 1).flat(), ...(neighbours[room] ?? [])]]),
    ),
  ),
  'index.ts': ['app', 'bank', 'time', 'sandbox'],
  // A command says what it is called and takes; the rest is its feature's.
  commands: floors.slice(1, -2).flat(),
  sandbox: ['place.ts'],
};

describe('imports point one way', () => {
  it.each(Object.entries(mayUse))('%s uses nothing but %j', (room, allowed) => {
    const permitted = new Set([room, ...allowed]);
    const strangers = [...source, ...commands]
      .filter(({ path }) => roomOf(path) === room)
      .flatMap(({ path, imports }) => imports.map(({ target }) => ({ path, target })))
      .filter(({ target }) => isOurs(target) && !permitted.has(roomOf(target)));
    expect(strangers).toEqual([]);
  });

  it('has a rule for every room', () => {
    const rooms = new Set(source.map(({ path }) => roomOf(path)));
    expect([...rooms].filter((room) => !(room in mayUse))).toEqual([]);
  });

  it('finds its files from one place, so that it can be bundled; packages are found from anywhere', () => {
    const finders = [...source, ...commands].filter(({ code }) =>
      /import\.meta\b/.test(code.replace(/createRequire\(import\.meta\.url\)/g, '')),
    );
    expect(finders.map(({ path }) => path)).toEqual(['src/place.ts']);
  });

  it('lets only the process know the sandbox, and only when there is no token', () => {
    const users = [...source, ...commands].flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => roomOf(path) !== 'sandbox' && target.startsWith('src/sandbox/'))
        .map(({ dynamic }) => ({ path, dynamic })),
    );
    expect(users).toEqual([{ path: 'src/index.ts', dynamic: true }]);
  });

  it('keeps the local Discord free of the bot, and the bot free of the local Discord', () => {
    const isStranger = (target: string): boolean =>
      isOurs(target) ? !target.startsWith('packages/local-discord/') : target === 'pino';
    const strangers = local.filter(({ imports }) => imports.some(({ target }) => isStranger(target)));
    expect(strangers.map(({ path }) => path)).toEqual([]);
    const users = [...source, ...commands].filter(
      ({ path, imports }) =>
        roomOf(path) !== 'sandbox' && imports.some(({ target }) => target.startsWith('local-discord')),
    );
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it('keeps Discord out of the store and the bank', () => {
    const users = source
      .filter(({ path }) => ['store', 'bank'].includes(roomOf(path)))
      .filter(({ imports }) => imports.some(({ target }) => /discord/.test(target)));
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it('has no files that need each other, types included', () => {
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (trail.includes(path) || done.has(path)) return;
      for (const { target } of byPath.get(path)?.imports ?? [])
        if (isOurs(target)) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const { path } of [...source, ...commands, ...local]) visit(path, []);
    expect(cycles).toEqual([]);
  });
});

/** Decide from what they are given; everything that happens around them is somebody else's. */
const pure = [
  'src/asking/asked.ts',
  'src/bank/bag.ts',
  'src/bank/grade.ts',
  'src/time/calendar.ts',
  'src/next/rules.ts',
  'src/plan/rules.ts',
  'src/daily/rules.ts',
  'src/time/timetable.ts',
  'src/schedule/timing.ts',
  'src/night/plan.ts',
  'src/night/rules.ts',
  'src/night/season.ts',
  'src/privacy/rules.ts',
  'src/question/rules.ts',
  'src/interview/rota.ts',
  'src/interview/rules.ts',
  'src/quiz/rules.ts',
  'src/time/local-day.ts',
  'src/ledger/periods.ts',
  'src/ledger/points.ts',
  'src/profiles/readiness.ts',
  'src/review/rules.ts',
  'src/session/rules.ts',
];

/** What a file loads at run time, with all that these load. */
function loadedBy(path: string, seen = new Set<string>()): Set<string> {
  for (const { target, atRunTime } of byPath.get(path)?.imports ?? []) {
    if (!atRunTime || seen.has(target)) continue;
    seen.add(target);
    if (isOurs(target)) loadedBy(target, seen);
  }
  return seen;
}

const timeOrChance =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bset(Timeout|Interval)\(/;

describe('what is done in Discord', () => {
  const bot = [...source, ...commands].filter(({ path }) => !path.startsWith('src/sandbox/'));
  const found = (pattern: RegExp): string[] =>
    bot.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

  it('goes through one door, which is shut while the servers may be another process’s', () => {
    expect(found(/\bcreateClient\(\{ \.\.\.config,[^}]*\bmakeRequest\b/), 'one client').toEqual([
      'src/app/compose.ts',
    ]);
    expect(byPath.get('src/app/compose.ts')?.code).toContain('const makeRequest = outbox.door(isSure);');
    // Its one request asks where the gateway is.
    expect(found(/\bnew REST\(/)).toEqual(['src/discord/gateway-info.ts']);
    const others = /(?<![.\w])fetch\(|'(?:undici|node:https?|@discordjs\/rest)'/;
    expect(found(others)).toEqual([
      'src/app/health.ts',
      'src/discord/budget/received.ts',
      'src/discord/budget/transport.ts',
    ]);
  });

  it('is asked for by the room of Discord alone: features have messengers, threads, events and replies', () => {
    const acts =
      /\brest\s*\.(?:post|put|patch|delete|request)\(|\binteraction\s*\.(?:reply|editReply|followUp|defer\w+|update|deleteReply|showModal|respond)\(/;
    expect(found(acts).filter((path) => !path.startsWith('src/discord/'))).toEqual([]);
    expect(found(acts).length).toBeGreaterThan(5);
  });

  it('is true whatever has become of a server where the door is passed by: an announcement, an apology', () => {
    expect(found(/\btrueAnyway\b/)).toEqual([
      'src/discord/announced.ts',
      'src/discord/budget/sure.ts',
      'src/discord/whisper.ts',
    ]);
    const apologies = bot.filter(({ code }) => /\bapologise\(/.test(code)).map(({ path }) => path);
    expect(apologies).toEqual(['src/discord/failure.ts', 'src/discord/whisper.ts']);
  });
});

describe('decisions are pure', () => {
  it.each(pure)('%s loads no I/O, no logger and no Discord', (path) => {
    expect(byPath.has(path)).toBe(true);
    const packages = [...loadedBy(path)].filter((target) => !isOurs(target));
    expect(packages.filter((name) => !['zod', 'temporal-polyfill', 'ts-fsrs'].includes(name))).toEqual([]);
  });

  it.each(pure)('%s asks neither the clock nor chance', (path) => {
    expect(byPath.get(path)?.code).not.toMatch(timeOrChance);
    expect(byPath.get(path)?.code).not.toMatch(/\bprocess\.|\bawait\b/);
  });

  it('takes no format of a locale for data: what is kept and compared is asked for in English', () => {
    const asked = source.flatMap(({ path, code }) =>
      [...code.matchAll(/(?:\bIntl\.[A-Z]\w+|\.toLocale\w*String|\.localeCompare)\(([^),]*)/g)].map(
        ([what = '', locale = '']) => ({ path, what, locale }),
      ),
    );
    expect(asked.length).toBeGreaterThan(3);
    const shown = ({ path }: { path: string }): boolean => path.startsWith('src/sandbox/page/');
    const isEnglish = ({ locale }: { locale: string }): boolean => /^'en(-US)?'$/.test(locale);
    expect(asked.filter((one) => !shown(one) && !isEnglish(one))).toEqual([]);
  });

  it('takes time and chance as arguments everywhere but at the root', () => {
    const root = ['src/app/compose.ts', 'src/app/ground.ts', 'src/time/clock.ts', 'src/index.ts'];
    // Whether this machine stood still, the machine's own clocks tell.
    const exempt = [...root, 'src/store/heard.ts'];
    const users = [...source, ...commands].filter(
      ({ path, code }) =>
        !exempt.includes(path) &&
        roomOf(path) !== 'sandbox' &&
        /Date\.now|new Date\(\)|Math\.random/.test(code),
    );
    expect(users.map(({ path }) => path)).toEqual([]);
  });
});

it.each(['audit', 'backup', 'restore', 'export', 'move'])('the tool %s starts without discord.js', (name) => {
  expect([...loadedBy(`scripts/${name}.ts`)]).not.toContain('discord.js');
});

describe('files stay small enough to be read at once', () => {
  const lengths = source
    .map(({ path }) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines);
  const linesAt = (share: number): number => lengths[Math.floor(lengths.length * share)]?.lines ?? 0;

  it('half of them have 70 lines or fewer, nine in ten 160', () => {
    expect(linesAt(0.5)).toBeLessThanOrEqual(70);
    expect(linesAt(0.9)).toBeLessThanOrEqual(160);
  });

  it('none has more than 260', () => {
    expect(lengths.filter(({ lines }) => lines > 260)).toEqual([]);
  });
});

describe('a name means one thing', () => {
  it('is exported by one file only; a room’s words and the page in the browser are read as a whole', () => {
    const isOwn = (path: string): boolean =>
      path.endsWith('words.ts') || path.startsWith('src/sandbox/page/');
    const declared = /^export (?:async |abstract )?(?:function\*?|class|const|interface|type) (\w+)/gm;
    const files = new Map<string, string[]>();
    for (const { path, code } of source.filter((file) => !isOwn(file.path)))
      for (const [, name = ''] of code.matchAll(declared))
        files.set(name, [...(files.get(name) ?? []), path]);
    expect(files.size).toBeGreaterThan(1_000);
    // Overloads are one name in one file.
    expect([...files].filter(([, paths]) => new Set(paths).size > 1)).toEqual([]);
  });
});

describe('nothing is left over', () => {
  it('every source file is used by the program, a script or, in the sandbox, the tests', () => {
    const used = new Set(
      all
        .filter(({ path }) => !path.startsWith('bench/'))
        .flatMap(({ path, imports }) =>
          imports
            .filter(({ target }) => !path.startsWith('tests/') || target.startsWith('src/sandbox/'))
            .map(({ target }) => target),
        ),
    );
    const entries = ['src/index.ts', 'src/sandbox/page/main.ts'];
    const unused = source.filter(({ path }) => !entries.includes(path) && !used.has(path));
    expect(unused.map(({ path }) => path)).toEqual([]);
  });

  it('every package of the lock file is held to its integrity', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const entries = Object.entries<{ link?: boolean; integrity?: string; resolved?: string }>(packages);
    const fetched = entries.filter(([path, { link }]) => path.startsWith('node_modules/') && !link);
    expect(fetched.length).toBeGreaterThan(100);
    expect(fetched.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
    // Where they come from is each machine's own setting.
    expect(fetched.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
  });

  it('every package in package.json is used', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const text = [...source, ...commands].map(({ code }) => code).join('\n');
    const fonts = /^@fontsource/;
    const unused = Object.keys(dependencies).filter(
      (name) => !fonts.test(name) && !text.includes(`'${name}'`),
    );
    expect(unused).toEqual([]);
    for (const name of Object.keys(dependencies).filter((each) => fonts.test(each))) {
      expect(text).toContain(name.replace(/^.*noto-(sans)?/, ''));
    }
  });
});
