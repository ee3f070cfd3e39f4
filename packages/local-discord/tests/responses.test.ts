import {
  MessageFlags,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RequestData,
} from 'discord.js';
import * as spec from 'discord-api-spec/zod';
import { expect, test } from 'vitest';
import type { LocalDiscord } from '../src/index.js';
import { restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

type Ask = (discord: LocalDiscord) => Promise<unknown>;

const get =
  (path: (discord: LocalDiscord) => `/${string}`): Ask =>
  (discord) =>
    restOf(discord).get(path(discord));
const first =
  (ask: Ask): Ask =>
  async (discord) =>
    ((await ask(discord)) as unknown[])[0];
const guild = (discord: LocalDiscord): `/${string}` => `/guilds/${discord.server('Study group').id}`;
const channel = (discord: LocalDiscord): `/${string}` =>
  `/channels/${discord.server('Study group').channel('general').id}`;
const send =
  (body: object, more: RequestData = {}): Ask =>
  (discord) =>
    restOf(discord).post(`${channel(discord)}/messages`, { body, ...more });

const command: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  name: 'hello',
  description: 'Says hello',
  options: [{ type: 3, name: 'word', description: 'A word', choices: [{ name: 'Yes', value: 'yes' }] }],
};
const button = { type: 2, style: 1, label: 'A', custom_id: 'a' };
const everything = {
  flags: 1 << 15,
  components: [
    {
      type: 17,
      components: [
        { type: 10, content: 'Text' },
        { type: 14 },
        { type: 9, components: [{ type: 10, content: 'Section' }], accessory: button },
        {
          type: 9,
          components: [{ type: 10, content: 'Section' }],
          accessory: { type: 11, media: { url: 'https://example.com/a.png' } },
        },
        { type: 1, components: [{ type: 3, custom_id: 's', options: [{ label: 'One', value: '1' }] }] },
        { type: 1, components: [{ type: 5, custom_id: 'u' }] },
        { type: 12, items: [{ media: { url: 'attachment://a.png' } }] },
        { type: 13, file: { url: 'attachment://b.txt' } },
      ],
    },
  ],
};
const files = [
  { name: 'a.png', data: Buffer.from('a') },
  { name: 'b.txt', data: Buffer.from('b') },
];

test.each<[string, spec.Schema, Ask]>([
  ['the bot', spec.UserPIIResponseSchema, get(() => '/users/@me')],
  ['a person', spec.UserResponseSchema, get((discord) => `/users/${discord.member('Ada').id}`)],
  ['the application', spec.PrivateApplicationResponseSchema, get(() => '/applications/@me')],
  ['the gateway', spec.GatewayBotResponseSchema, get(() => '/gateway/bot')],
  ['a server of the bot', spec.MyGuildResponseSchema, first(get(() => '/users/@me/guilds'))],
  ['a server', spec.GuildWithCountsResponseSchema, get((discord) => `${guild(discord)}?with_counts=true`)],
  ['a role', spec.GuildRoleResponseSchema, first(get((discord) => `${guild(discord)}/roles`))],
  [
    'a member',
    spec.GuildMemberResponseSchema,
    get((discord) => `${guild(discord)}/members/${discord.member('Ada').id}`),
  ],
  ['a channel', spec.GuildChannelResponseSchema, get(channel)],
  [
    'a direct message',
    spec.PrivateChannelResponseSchema,
    (discord) =>
      restOf(discord).post('/users/@me/channels', { body: { recipient_id: discord.member('Ada').id } }),
  ],
  [
    'a thread',
    spec.ThreadResponseSchema,
    (discord) => restOf(discord).post(`${channel(discord)}/threads`, { body: { name: 'Aside', type: 11 } }),
  ],
  [
    'a command',
    spec.ApplicationCommandResponseSchema,
    first((discord) =>
      restOf(discord).put(`/applications/${discord.world.bot.id}/commands`, { body: [command] }),
    ),
  ],
  [
    'a message',
    spec.MessageResponseSchema,
    send({ content: 'Hello', embeds: [{ title: 'x' }], components: [{ type: 1, components: [button] }] }),
  ],
  ['a message of every component', spec.MessageResponseSchema, send(everything, { files })],
])('%s is shown as Discord’s published schema has it', async (_what, schema, ask) => {
  const discord = await startDiscord();
  discord.member('Ada');
  expect(faultsOf(schema, await ask(discord))).toEqual([]);
});

test('a reply, its message under the hood and the answer to it are as published', async () => {
  const discord = await startDiscord();
  const bot = await startBot(discord);
  await bot.application.commands.set([command]);
  const answered = new Promise((resolve) => {
    bot.on('interactionCreate', async ({ id, token }) => {
      const body = { type: 4, data: { content: 'Hello', flags: MessageFlags.Ephemeral } };
      resolve(
        await bot.rest.post(`/interactions/${id}/${token}/callback?with_response=true`, {
          body,
          auth: false,
        }),
      );
    });
  });
  const reply = await discord.member('Ada').slash('/hello word:Yes');
  expect(faultsOf(spec.InteractionCallbackResponseSchema, await answered)).toEqual([]);
  expect(faultsOf(spec.MessageResponseSchema, reply.message.raw)).toEqual([]);
});

function faultsOf(schema: spec.Schema, value: unknown): string[] {
  const result = schema.safeParse(value);
  // The schema takes no time with an offset; Discord writes none without: `+00:00`.
  const issues = result.success ? [] : result.error.issues.filter(({ format }) => format !== 'datetime');
  return issues.map((issue) => JSON.stringify(issue));
}
