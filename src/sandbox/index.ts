/**
 * A Discord on this machine, for tests, benchmarks and the sandbox's page. It imports nothing of the bot.
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
 * `web/` serves the sandbox's page, whose own code is in `page/`.
 */

export type { FaultAnswer, RecordedRequest } from './http.js';
export type { ChoiceJson, Interaction } from './interaction.js';
export { LocalDiscord, type LocalDiscordOptions, type Violation, violationText } from './local-discord.js';
export { Card } from './people/card.js';
export { Channel } from './people/channel.js';
export { Member } from './people/member.js';
export { Reply } from './people/reply.js';
export { Server } from './people/server.js';
export { Refused } from './people/slash.js';
export type { PermissionName } from './permissions.js';
export type { Shown } from './shown.js';
export { snowflakeAt, snowflakeTime } from './snowflake.js';
