import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/app/config.js';
import { environmentOf, execForm, lastOf, stagesOf } from './dockerfile.js';
import { readYaml } from './files.js';

const image = stagesOf().at(-1);
if (!image) throw new Error('There is no image');

/** What we use of https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json, and nothing else. */
const duration = z.string().regex(/^\d+(ms|s|m)$/);
const service = z.strictObject({
  image: z.string().optional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string().regex(/^[a-z]+:\/\S+$/)).optional(),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  healthcheck: z
    .strictObject({ test: z.array(z.string()), interval: duration, timeout: duration, retries: z.int() })
    .optional(),
  stop_grace_period: duration.optional(),
  init: z.boolean().optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  mem_limit: z.string().optional(),
  pids_limit: z.int().optional(),
});
const file = z.strictObject({
  name: z.string().optional(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

const read = (name: string) => file.parse(readYaml(name)[0]);
const plain = read('compose.yaml');
const withPostgres = read('compose.postgres.yaml');

/** As Compose puts variables in. */
function filled(environment: Record<string, string>, values: Record<string, string>): Record<string, string> {
  const fill = (text: string): string =>
    text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, sign, other) => {
      const value = values[name] ?? (sign === '-' ? other : undefined);
      if (value === undefined) throw new Error(`${name}: ${other}`);
      return value;
    });
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, fill(text)]));
}

describe('compose.yaml', () => {
  const bot = plain.services['bot'];

  it('gives the bot a root that cannot be written, no rights, and a volume for its file', () => {
    expect(bot).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    const [volume = '', path] = bot?.volumes?.[0]?.split(':') ?? [];
    expect([path]).toEqual(execForm(lastOf(image, 'VOLUME')));
    expect(Object.keys(plain.volumes)).toContain(volume);
    expect(bot?.ports).toEqual([`127.0.0.1:${lastOf(image, 'EXPOSE')}:${lastOf(image, 'EXPOSE')}`]);
  });

  it('waits longer for a stop than the bot takes', () => {
    expect(Number.parseInt(bot?.stop_grace_period ?? '', 10)).toBeGreaterThan(5);
  });

  it('asks for a token, and sets nothing that the bot would refuse', () => {
    const environment = bot?.environment ?? {};
    expect(() => filled(environment, {})).toThrow('DISCORD_TOKEN');
    const config = readConfig(
      { ...environmentOf(image), ...filled(environment, { DISCORD_TOKEN: 'x' }) },
      false,
    );
    expect(config).toMatchObject({ token: 'x', databaseUrl: 'sqlite:///data/drills.sqlite' });
  });
});

describe('compose.postgres.yaml, on top of it', () => {
  const { bot, postgres } = withPostgres.services;

  it('lets the bot wait for a PostgreSQL that is ready, with one password for both', () => {
    const values = { POSTGRES_PASSWORD: 'hush' };
    const config = readConfig(filled(bot?.environment ?? {}, values), false);
    const { username, password, host, pathname } = new URL(config.databaseUrl);
    const given = filled(postgres?.environment ?? {}, values);
    expect({ user: username, password, database: pathname.slice(1) }).toEqual({
      user: given['POSTGRES_USER'],
      password: given['POSTGRES_PASSWORD'],
      database: given['POSTGRES_DB'],
    });
    expect(host).toBe('postgres:5432');
    expect(bot?.depends_on).toHaveProperty('postgres');
    expect(postgres?.healthcheck?.test).toContain('pg_isready');
  });

  it('keeps its data in a volume', () => {
    const [volume = ''] = postgres?.volumes?.[0]?.split(':') ?? [];
    expect(Object.keys(withPostgres.volumes)).toContain(volume);
  });
});
