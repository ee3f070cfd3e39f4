import { createHash } from 'node:crypto';
import { type CommandBody, commandFaults, duplicateFaults } from '../checks/commands.js';
import { emptyItem } from '../checks/figures.js';
import { fieldFaults, schemaFaults } from '../checks/schema.js';
import { errors, type Fault } from '../errors.js';
import type { CommandJson } from '../json.js';
import { type Api, guildWithBot } from './api.js';
import type { Answer, Call } from './call.js';
import type { Params, Router } from './router.js';

/** How many commands of each type there may be: typed, on people, on messages. */
const mostCommands: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const mostCreatesADay = 200;
const dayMs = 86_400_000;

/** Digests of lists without a fault: a bot registers the same at each of its starts, and looking at a long one takes long. */
const faultless = new Set<string>();
const mostRemembered = 100;

/** Registered commands: https://docs.discord.com/developers/interactions/application-commands */
export function commandRoutes(router: Router, api: Api): void {
  const { world, builder } = api;
  const registry = (params: Params): Map<string, CommandJson> => {
    if (params.application !== world.bot.id) throw errors.unknownApplication();
    return params.guild ? guildWithBot(api, params.guild).commands : world.globalCommands;
  };
  const known = (commands: Map<string, CommandJson>, id: string | undefined): CommandJson => {
    const command = commands.get(id ?? '');
    if (!command) throw errors.unknownCommand();
    return command;
  };
  const write = (call: Call, params: Params, names: readonly string[]): void => {
    api.commandWrites.push({ method: call.method, guildId: params.guild, names, at: call.at });
    world.commandsChanged.emit();
  };
  const make = (body: CommandBody, guildId: string | undefined, id?: string): CommandJson => ({
    ...body,
    id: id ?? builder.snowflakes.next(),
    application_id: world.bot.id,
    version: builder.snowflakes.next(),
    type: body.type ?? 1,
    description: body.description ?? '',
    default_member_permissions:
      body.default_member_permissions == null ? null : String(body.default_member_permissions),
    contexts: body.contexts ?? null,
    integration_types: body.integration_types ?? [0],
    nsfw: body.nsfw === true,
    ...(guildId && { guild_id: guildId }),
  });
  const named = (commands: Map<string, CommandJson>, body: CommandBody): CommandJson | undefined =>
    [...commands.values()].find(({ name, type }) => name === body.name && type === (body.type ?? 1));

  /** Times of creations by server; globally under no name. */
  const creates = new Map<string | undefined, number[]>();
  const countCreates = (guildId: string | undefined, count: number, nowMs: number): void => {
    const lately = (creates.get(guildId) ?? []).filter((at) => nowMs - at < dayMs);
    if (count > 0 && lately.length + count > mostCreatesADay) throw errors.tooManyCreates();
    creates.set(guildId, [...lately, ...Array.from({ length: count }, () => nowMs)]);
  };

  for (const scope of ['', '/guilds/:guild']) {
    const base = `/applications/:application${scope}/commands`;
    router.add(`GET ${base}`, (_call, params) => ({ status: 200, body: [...registry(params).values()] }));
    router.add(`PUT ${base}`, (call, params): Answer => {
      const commands = registry(params);
      const bodies = checkAll(api, call.body);
      countCreates(params.guild, bodies.filter((body) => !named(commands, body)).length, call.at);
      const next = bodies.map((body) => make(body, params.guild, named(commands, body)?.id));
      commands.clear();
      for (const command of next) commands.set(command.id, command);
      write(
        call,
        params,
        next.map(({ name }) => name),
      );
      return { status: 200, body: next };
    });
    router.add(`POST ${base}`, (call, params): Answer => {
      const commands = registry(params);
      refuseStrangeFields(api, call.body, 'commandCreate', []);
      const body = checkOne(api, call.body, 'commandCreate');
      const before = named(commands, body);
      if (!before && sameType(commands.values(), body) >= (mostCommands[body.type ?? 1] ?? 0))
        throw errors.tooManyCommands();
      if (!before) countCreates(params.guild, 1, call.at);
      const command = make(body, params.guild, before?.id);
      commands.set(command.id, command);
      write(call, params, [command.name]);
      return { status: before ? 200 : 201, body: command };
    });
    router.add(`GET ${base}/:command`, (_call, params) => ({
      status: 200,
      body: known(registry(params), params.command),
    }));
    router.add(`PATCH ${base}/:command`, (call, params): Answer => {
      const commands = registry(params);
      const before = known(commands, params.command);
      refuseStrangeFields(api, call.body, 'commandPatch', []);
      const body = checkOne(api, { ...before, ...(call.body as object) }, 'commandPatch');
      const command = make(body, params.guild, before.id);
      commands.set(command.id, command);
      write(call, params, [command.name]);
      return { status: 200, body: command };
    });
    router.add(`DELETE ${base}/:command`, (call, params): Answer => {
      const commands = registry(params);
      const command = known(commands, params.command);
      commands.delete(command.id);
      write(call, params, [command.name]);
      return { status: 204 };
    });
  }
}

function sameType(
  commands: Iterable<Pick<CommandBody, 'type'>>,
  { type }: Pick<CommandBody, 'type'>,
): number {
  return [...commands].filter((command) => (command.type ?? 1) === (type ?? 1)).length;
}

function checkAll(api: Api, body: unknown): CommandBody[] {
  if (!Array.isArray(body)) {
    throw errors.invalidBody([
      { path: [], code: 'BASE_TYPE_BAD_TYPE', message: 'Must be a list of commands.' },
    ]);
  }
  const nothing = body.flatMap((command, index) =>
    command === null ? [{ path: [index], ...emptyItem }] : [],
  );
  if (nothing.length > 0) throw errors.invalidBody(nothing);
  if (!api.strict) return body as CommandBody[];
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64');
  if (faultless.has(digest)) return body as CommandBody[];
  body.forEach((command, index) => {
    refuseStrangeFields(api, command, 'commandUpdate', [index]);
  });
  const faults = body.flatMap((command, index) => faultsOf(command, 'commandUpdate', [index]));
  if (faults.length === 0) faults.push(...duplicateFaults(body as CommandBody[]));
  for (const [type, most] of Object.entries(mostCommands)) {
    if (sameType(body as CommandBody[], { type: Number(type) }) > most)
      faults.push({ path: [], code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${most} or fewer in length.` });
  }
  if (faults.length > 0) throw errors.invalidBody(faults);
  if (faultless.size >= mostRemembered) faultless.clear();
  faultless.add(digest);
  return body as CommandBody[];
}

function checkOne(api: Api, body: unknown, kind: 'commandCreate' | 'commandPatch'): CommandBody {
  const faults = api.strict ? faultsOf(body, kind, []) : [];
  if (faults.length > 0) throw errors.invalidBody(faults);
  return body as CommandBody;
}

function faultsOf(
  body: unknown,
  kind: 'commandCreate' | 'commandUpdate' | 'commandPatch',
  path: readonly number[],
): Fault[] {
  const faults = schemaFaults(kind, body);
  if (faults.length === 0) return commandFaults(body as CommandBody, path);
  return faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
}

function refuseStrangeFields(
  { strict }: Api,
  body: unknown,
  kind: 'commandCreate' | 'commandUpdate' | 'commandPatch',
  path: readonly number[],
): void {
  const faults = strict ? fieldFaults(kind, body) : [];
  if (faults.length > 0) {
    throw errors.invalidBody(faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] })));
  }
}
