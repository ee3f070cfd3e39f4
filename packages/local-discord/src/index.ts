/**
 * A Discord on this machine, for tests, benchmarks and playgrounds. It knows no bot.
 *
 *     const discord = await LocalDiscord.start();
 *     const server = discord.server('Study group', { channels: ['general', 'drills'] });
 *     const ada = discord.member('Ada', { server, permissions: ['ManageGuild'] });
 *     // a bot logs in with discord.token and { rest: { api: discord.apiUrl } }, then:
 *     const card = await ada.slash('/question advanced topic:queries', { channel: server.channel('drills') });
 *     const receipt = await ada.press(card, 'B');
 *     discord.faults.dropGateway();
 *
 * The REST side is in `rest/`, what it refuses in `checks/`, people in `people/`; `state.ts` holds what there is.
 * `local-discord/client` has what a page in a browser needs, `local-discord/checks` what judges a message alone.
 */

export { type Violation, violationText } from './findings.js';
export { isOwnOrigin } from './guard.js';
export type { FaultAnswer } from './http.js';
export type { ChoiceJson, Interaction } from './interaction.js';
export type { CommandJson, MessageJson } from './json.js';
export { LocalDiscord } from './local-discord.js';
export { ManualTime, milliseconds, type TestTimers } from './manual-time.js';
export { matchers, type Verdict } from './matchers.js';
export type { LocalDiscordOptions, Site } from './options.js';
export { Card } from './people/card.js';
export { Channel } from './people/channel.js';
export { Member } from './people/member.js';
export { Reply } from './people/reply.js';
export { type ChannelOptions, Server, type ServerOptions } from './people/server.js';
export { Refused } from './people/slash.js';
export { guildPermissions, may, type PermissionName, permissionBits } from './permissions.js';
export { closeAndCheck, Overlooked } from './problems.js';
export { seeded } from './random.js';
export type { RecordedRequest } from './rest/call.js';
export type { Shown } from './shown.js';
export { Snowflakes, snowflakeAt, snowflakeTime } from './snowflake.js';
export type { GuildState, MessageChange, MessageState } from './state.js';
