import { eventFaults, eventType, isFinished, statusFaults } from '../checks/events.js';
import { errors } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import { isoTime } from '../iso-time.js';
import type { ScheduledEventBody, ScheduledEventJson } from '../json.js';
import { guildPermissions, type PermissionName, permissionBits } from '../permissions.js';
import type { GuildState } from '../state.js';
import { type Api, checkBody, guildWithBot } from './api.js';
import type { Answer, Call } from './call.js';
import type { Params, Router } from './router.js';

const mostOpen = 100;
const open: readonly number[] = [1, 2];

/** https://docs.discord.com/developers/resources/guild-scheduled-event */
export function eventRoutes(router: Router, api: Api): void {
  const base = '/guilds/:guild/scheduled-events';
  router.add(`GET ${base}`, (_call, params) => ({
    status: 200,
    body: [...guildWithBot(api, params.guild).events.values()],
  }));
  router.add(`POST ${base}`, (call, params) => create(api, guildWithBot(api, params.guild), call));
  router.add(`GET ${base}/:event`, (_call, params) => ({ status: 200, body: known(api, params).event }));
  router.add(`PATCH ${base}/:event`, (call, params) => modify(api, params, call));
  router.add(`DELETE ${base}/:event`, (_call, params): Answer => {
    const { guild, event } = known(api, params);
    mayChange(api, guild, event);
    guild.events.delete(event.id);
    tell(api, guild, 'DELETE', event);
    return { status: 204 };
  });
}

function create(api: Api, guild: GuildState, call: Call): Answer {
  const body = (call.body ?? {}) as ScheduledEventBody;
  const kind = body.entity_type === eventType.external ? 'eventCreate' : 'voiceEventCreate';
  checkBody(api, kind, body, () => eventFaults(body, call.at, body, guild.channels));
  if (!has(api, guild, 'CreateEvents')) throw errors.missingPermissions();
  if ([...guild.events.values()].filter(({ status }) => open.includes(status)).length >= mostOpen) {
    throw errors.tooManyEvents();
  }
  const event: ScheduledEventJson = {
    description: null,
    scheduled_end_time: null,
    channel_id: null,
    entity_id: null,
    image: null,
    entity_metadata: null,
    recurrence_rule: null,
    ...(withTimes(body) as Required<
      Pick<ScheduledEventBody, 'name' | 'scheduled_start_time' | 'entity_type'>
    >),
    id: api.builder.snowflakes.next(),
    guild_id: guild.id,
    creator_id: api.world.bot.id,
    status: 1,
  };
  guild.events.set(event.id, event);
  tell(api, guild, 'CREATE', event);
  return { status: 200, body: event };
}

function modify(api: Api, params: Params, call: Call): Answer {
  const { guild, event } = known(api, params);
  const body = (call.body ?? {}) as ScheduledEventBody;
  const next = { ...event, ...body };
  checkBody(api, 'eventEdit', body, () => [
    ...eventFaults(next, call.at, body, guild.channels),
    ...(isFinished(event) ? [] : statusFaults(event, body)),
  ]);
  mayChange(api, guild, event);
  if (isFinished(event)) throw errors.finishedEvent();
  const changed = { ...event, ...withTimes(body) };
  guild.events.set(event.id, changed);
  tell(api, guild, 'UPDATE', changed);
  return { status: 200, body: changed };
}

/** The same, with its times as Discord writes them. */
function withTimes(body: ScheduledEventBody): ScheduledEventBody {
  const { scheduled_start_time: start, scheduled_end_time: end } = body;
  return {
    ...body,
    ...(start && { scheduled_start_time: isoTime(start) }),
    ...(end && { scheduled_end_time: isoTime(end) }),
  };
}

function known(api: Api, params: Params): { guild: GuildState; event: ScheduledEventJson } {
  const guild = guildWithBot(api, params.guild);
  const event = guild.events.get(params.event ?? '');
  if (!event) throw errors.unknownEvent();
  return { guild, event };
}

/** A bot's own events take Create Events, those of others Manage Events. */
function mayChange(api: Api, guild: GuildState, event: ScheduledEventJson): void {
  const own = event.creator_id === api.world.bot.id && has(api, guild, 'CreateEvents');
  if (!own && !has(api, guild, 'ManageEvents')) throw errors.missingPermissions();
}

function has({ world }: Api, guild: GuildState, name: PermissionName): boolean {
  return (guildPermissions(guild, world.bot.id) & permissionBits(name)) !== 0n;
}

function tell({ gateway }: Api, guild: GuildState, what: string, event: ScheduledEventJson): void {
  gateway.dispatch(guild, Intent.scheduledEvents, `GUILD_SCHEDULED_EVENT_${what}`, JSON.stringify(event));
}
