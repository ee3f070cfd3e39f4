import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusing } from './refusing.js';

let there: Awaited<ReturnType<typeof refusing>>;
const ask: typeof there.ask = (method, path, body) => there.ask(method, path, body);

beforeAll(async () => {
  there = await refusing();
});
afterAll(() => there.discord.close());

/** What the documentation, and reports of others, say that Discord answers with. */
const row = (...components: object[]): object => ({ type: 1, components });
const button = (fields: object = {}): object => ({
  type: 2,
  style: 1,
  label: 'A',
  custom_id: 'a',
  ...fields,
});
const options = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` }));
const withComponents = (...components: object[]): object => ({ content: 'x', components });

/** A refused body: what was posted as a message, at which place, with which code and in which words. */
test.each<[string, unknown, string, string, string]>([
  ['content', { content: 5 }, 'content', 'STRING_TYPE_CONVERT', 'Could not interpret "5" as string.'],
  [
    'length',
    { content: 'x'.repeat(2001) },
    'content',
    'BASE_TYPE_MAX_LENGTH',
    'Must be 2000 or fewer in length.',
  ],
  ['body', ['x'], '', 'MODEL_TYPE_CONVERT', 'Expected an object/dictionary.'],
  ['embeds', { embeds: 'x' }, 'embeds', 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'],
  ['flags', { content: 'x', flags: 'a' }, 'flags', 'NUMBER_TYPE_COERCE', 'Value "a" is not int.'],
  [
    'a colour',
    { embeds: [{ title: 'a', color: 16_777_216 }] },
    'embeds.0.color',
    'NUMBER_TYPE_MAX',
    'int value should be less than or equal to 16777215.',
  ],
  [
    'a time',
    { embeds: [{ title: 'a', timestamp: 'soon' }] },
    'embeds.0.timestamp',
    'DATE_TIME_TYPE_PARSE',
    'Could not parse soon. Should be ISO8601.',
  ],
  [
    'a URL',
    { embeds: [{ title: 'a', url: 'no' }] },
    'embeds.0.url',
    'URL_TYPE_INVALID_URL',
    'Not a well formed URL.',
  ],
  [
    'a field',
    { embeds: [{ fields: [{ name: 'a' }] }] },
    'embeds.0.fields.0.value',
    'BASE_TYPE_REQUIRED',
    'This field is required',
  ],
  [
    'embeds in all',
    { embeds: [{ description: 'a'.repeat(4000) }, { description: 'b'.repeat(2001) }] },
    'embeds',
    'MAX_EMBED_SIZE_EXCEEDED',
    'Embed size exceeds maximum size of 6000',
  ],
  [
    'an unknown component',
    withComponents(row({ type: 77 })),
    'components.0.components.0',
    'UNION_TYPE_CHOICES',
    'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).',
  ],
  [
    'a custom id',
    withComponents(row(button({ custom_id: 'a'.repeat(101) }))),
    'components.0.components.0.custom_id',
    'BASE_TYPE_BAD_LENGTH',
    'Must be between 1 and 100 in length.',
  ],
  [
    'two custom ids',
    withComponents(row(button(), button())),
    'components.0.components.1.custom_id',
    'COMPONENT_CUSTOM_ID_DUPLICATED',
    'Component custom id cannot be duplicated',
  ],
  [
    'six buttons',
    withComponents(row(...Array.from({ length: 6 }, (_, index) => button({ custom_id: `${index}` })))),
    'components.0.components',
    'BASE_TYPE_BAD_LENGTH',
    'Must be between 1 and 5 in length.',
  ],
  [
    'a style',
    withComponents(row(button({ style: 9 }))),
    'components.0.components.0.style',
    'BASE_TYPE_CHOICES',
    'Value must be one of {1, 2, 3, 4, 5, 6}.',
  ],
  [
    '26 options',
    withComponents(row({ type: 3, custom_id: 's', options: options(26) })),
    'components.0.components.0.options',
    'BASE_TYPE_BAD_LENGTH',
    'Must be between 1 and 25 in length.',
  ],
  [
    'empty embed',
    { embeds: [{}] },
    'embeds.0',
    'LIST_ITEM_VALUE_REQUIRED',
    'List item values of ModelType are required',
  ],
  [
    'a colour below nothing',
    { embeds: [{ title: 'a', color: -1 }] },
    'embeds.0.color',
    'NUMBER_TYPE_MIN',
    'int value should be greater than or equal to 0.',
  ],
  [
    'the scheme of a URL',
    { embeds: [{ title: 'a', url: 'ttps://example.com' }] },
    'embeds.0.url',
    'URL_TYPE_INVALID_SCHEME',
    `Scheme "ttps" is not supported. Scheme must be one of ('http', 'https').`,
  ],
  [
    'a URL of this machine',
    { embeds: [{ title: 'a', url: 'http://localhost/a' }] },
    'embeds.0.url',
    'URL_TYPE_INVALID_URL',
    'Not a well formed URL.',
  ],
  [
    'the scheme of a link',
    withComponents(row({ type: 2, style: 5, label: 'A', url: 'steam://connect' })),
    'components.0.components.0.url',
    'URL_TYPE_INVALID_SCHEME',
    `Scheme "steam" is not supported. Scheme must be one of ('http', 'https', 'discord').`,
  ],
  [
    '11 embeds',
    { embeds: Array.from({ length: 11 }, () => ({ title: 'a' })) },
    'embeds',
    'BASE_TYPE_MAX_LENGTH',
    'Must be 10 or fewer in length.',
  ],
  [
    'a display without its flag',
    withComponents({ type: 10, content: 'a' }),
    'components.0',
    'UNION_TYPE_CHOICES',
    'Value of field "type" must be one of (1,).',
  ],
  [
    'content beside Components V2',
    { content: 'a', flags: 1 << 15, components: [{ type: 10, content: 'a' }] },
    'content',
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
  ],
  [
    'text displays in all',
    { flags: 1 << 15, components: [0, 1].map(() => ({ type: 10, content: 'a'.repeat(2001) })) },
    'components',
    'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    'Components displayable text size exceeds maximum size of 4000',
  ],
  [
    'nothing instead of an embed',
    { embeds: [null] },
    'embeds.0',
    'LIST_ITEM_VALUE_REQUIRED',
    'List item values of ModelType are required',
  ],
  [
    'a long nonce',
    { content: 'x', nonce: 'a'.repeat(26) },
    'nonce',
    'NONCE_TYPE_TOO_LONG',
    'Must be 25 or fewer characters long.',
  ],
  [
    'a button without a row',
    withComponents(button()),
    'components.0',
    'UNION_TYPE_CHOICES',
    'Value of field "type" must be one of (1,).',
  ],
  [
    'a button without a row in Components V2',
    { flags: 1 << 15, components: [button()] },
    'components.0',
    'UNION_TYPE_CHOICES',
    'Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).',
  ],
  [
    'somebody who is named twice',
    { content: 'x', allowed_mentions: { users: ['123456789012345678', '123456789012345678'] } },
    'allowed_mentions.users.1',
    'SET_TYPE_ALREADY_CONTAINS_VALUE',
    'The set already contains this value',
  ],
  [
    'a button without an id',
    withComponents(row({ type: 2, style: 1, label: 'A' })),
    'components.0.components.0.custom_id',
    'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
    'A custom id is required',
  ],
  [
    'a link with an id',
    withComponents(row(button({ style: 5, url: 'https://example.com' }))),
    'components.0.components.0.custom_id',
    'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    'A custom id and url cannot both be specified',
  ],
  [
    'an emoji',
    withComponents(row(button({ emoji: { name: 'a' } }))),
    'components.0.components.0.emoji.name',
    'BUTTON_COMPONENT_INVALID_EMOJI',
    'Invalid emoji',
  ],
  [
    'a button beside a select',
    withComponents(row({ type: 3, custom_id: 's', options: options(2) }, button())),
    'components.0.components.1',
    'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    'The specified component exceeds the maximum width',
  ],
  [
    'two options of one value',
    withComponents(row({ type: 3, custom_id: 's', options: [...options(1), ...options(1)] })),
    'components.0.components.0.options.1',
    'COMPONENT_OPTION_VALUE_DUPLICATED',
    'The specified option value is already used',
  ],
  [
    'two defaults where one may be chosen',
    withComponents(
      row({ type: 3, custom_id: 's', options: options(2).map((option) => ({ ...option, default: true })) }),
    ),
    'components.0.components.0.options',
    'COMPONENT_TOO_MANY_DEFAULT_VALUES',
    'The specified number of default values exceeds the specified maximum values',
  ],
  [
    'pings that exclude each other',
    { content: 'a', allowed_mentions: { parse: ['users'], users: ['123456789012345678'] } },
    'allowed_mentions',
    'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    'parse:["users"] and users: [ids...] are mutually exclusive.',
  ],
  [
    'a kind of ping',
    { content: 'a', allowed_mentions: { parse: ['all'] } },
    'allowed_mentions.parse.0',
    'BASE_TYPE_CHOICES',
    `Value must be one of ('users', 'roles', 'everyone').`,
  ],
  [
    'what is answered',
    { content: 'x', message_reference: { message_id: 'abc' } },
    'message_reference.message_id',
    'NUMBER_TYPE_COERCE',
    'Value "abc" is not snowflake.',
  ],
  [
    'an answer to what is elsewhere',
    { content: 'x', message_reference: { message_id: ':hers', channel_id: ':secret' } },
    'message_reference',
    'REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL',
    'Cannot reply to a message in a different channel',
  ],
  [
    'a forward from nowhere',
    { message_reference: { type: 1, message_id: ':hers' } },
    'message_reference.channel_id',
    'BASE_TYPE_REQUIRED',
    'This field is required',
  ],
  [
    'an answer to nothing',
    { content: 'x', message_reference: { message_id: '123456789012345678' } },
    'message_reference',
    'REPLIES_UNKNOWN_MESSAGE',
    'Unknown message',
  ],
])('a message is refused for its %s in Discord’s words', async (_what, body, path, code, message) => {
  const { status, json } = await ask('POST', '/channels/:general/messages', body);
  expect([status, json.code, json.message]).toEqual([400, 50035, 'Invalid Form Body']);
  expect(errorsAt(json.errors, path)).toEqual([{ code, message }]);
});

const command = (...options: object[]): object => ({ name: 'a', description: 'A', options });
const text = (name: string, fields: object = {}): object => ({ type: 3, name, description: 'A', ...fields });
const choices = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${index}`, value: `${index}` }));

/** What was put in place of all commands. */
test.each<[string, object[], string, string, string]>([
  [
    'name',
    [{ name: 'A', description: 'A' }],
    '0.name',
    'APPLICATION_COMMAND_INVALID_NAME',
    'Command name is invalid',
  ],
  ['missing description', [{ name: 'a' }], '0.description', 'BASE_TYPE_REQUIRED', 'This field is required'],
  [
    'long description',
    [{ name: 'a', description: 'a'.repeat(101) }],
    '0.description',
    'BASE_TYPE_BAD_LENGTH',
    'Must be between 1 and 100 in length.',
  ],
  [
    'twin',
    [command(), command()],
    '1',
    'APPLICATION_COMMANDS_DUPLICATE_NAME',
    'Application command names must be unique',
  ],
  [
    'order of options',
    [command(text('b'), text('c', { required: true }))],
    '0.options.1',
    'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    'Required options must be placed before non-required options',
  ],
  [
    'option beside a subcommand',
    [command(text('b'), { type: 1, name: 'c', description: 'C' })],
    '0.options',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    'Sub-command and sub-command group option types are mutually exclusive to all other types',
  ],
  [
    '26 choices',
    [command(text('b', { choices: choices(26) }))],
    '0.options.0.choices',
    'BASE_TYPE_MAX_LENGTH',
    'Must be 25 or fewer in length.',
  ],
  [
    '26 options',
    [command(...Array.from({ length: 26 }, (_, index) => text(`b${index}`)))],
    '0.options',
    'BASE_TYPE_MAX_LENGTH',
    'Must be 25 or fewer in length.',
  ],
  [
    'locale',
    [{ ...command(), name_localizations: { en: 'a' } }],
    '0.name_localizations.en',
    'ENUM_TYPE_COERCE',
    'Value "en" is not a valid enum value.',
  ],
  [
    'size',
    [command(...Array.from({ length: 25 }, (_, index) => text(`b${index}`, { choices: longChoices() })))],
    '0',
    'APPLICATION_COMMAND_TOO_LARGE',
    'Command exceeds maximum size (8000)',
  ],
])('commands are refused for their %s in Discord’s words', async (_what, body, path, code, message) => {
  const { status, json } = await ask('PUT', '/applications/:bot/commands', body);
  expect([status, json.code, json.message]).toEqual([400, 50035, 'Invalid Form Body']);
  expect(errorsAt(json.errors, path)).toEqual([{ code, message }]);
});

function longChoices(): object[] {
  return Array.from({ length: 4 }, (_, index) => ({ name: `${index}`, value: `${index}`.padEnd(100) }));
}

function errorsAt(errors: unknown, path: string): unknown {
  const steps = path === '' ? [] : path.split('.');
  return steps.reduce((node, step) => node?.[step] as Tree | undefined, errors as Tree | undefined)?.[
    '_errors'
  ];
}

/** Other refusals: the request, then status, code and message. */
test.each<[string, string, unknown, number, number, string]>([
  ['POST', '/channels/:general/messages', {}, 400, 50006, 'Cannot send an empty message'],
  [
    'POST',
    '/channels/:general/messages',
    '{"content":',
    400,
    50109,
    'The request body contains invalid JSON.',
  ],
  ['POST', '/channels/:secret/messages', { content: 'x' }, 403, 50001, 'Missing Access'],
  [
    'POST',
    '/channels/:category/messages',
    { content: 'x' },
    400,
    50008,
    'Cannot send messages in a non-text channel',
  ],
  ['POST', '/channels/123456789012345678/messages', { content: 'x' }, 404, 10003, 'Unknown Channel'],
  ['PUT', '/channels/:general/messages', { content: 'x' }, 405, 0, '405: Method Not Allowed'],
  ['GET', '/nothing', undefined, 404, 0, '404: Not Found'],
  [
    'PATCH',
    '/channels/:general/messages/:hers',
    { content: 'x' },
    403,
    50005,
    'Cannot edit a message authored by another user',
  ],
  [
    'PATCH',
    '/channels/:general/messages/:note',
    { content: 'x' },
    403,
    50021,
    'Cannot execute action on a system message',
  ],
  [
    'PUT',
    '/channels/:general/messages/pins/:note',
    undefined,
    403,
    50021,
    'Cannot execute action on a system message',
  ],
  [
    'POST',
    '/channels/:general/messages/:note/threads',
    { name: 'a' },
    403,
    50021,
    'Cannot execute action on a system message',
  ],
  ['PUT', '/channels/:general/messages/:hers/reactions/abc/@me', undefined, 400, 10014, 'Unknown Emoji'],
  ['GET', '/guilds/:guild/members/@me', undefined, 400, 50035, 'Invalid Form Body'],
  ['GET', '/guilds/:guild/members?after=x', undefined, 400, 50035, 'Invalid Form Body'],
  ['GET', '/guilds/:guild?with_counts=maybe', undefined, 400, 50035, 'Invalid Form Body'],
  ['GET', '/applications/:bot/guilds/:guild/commands/permissions', undefined, 404, 0, '404: Not Found'],
  ['POST', '/channels/:general/messages/bulk-delete', { messages: [] }, 400, 50016, tooFew()],
  ['POST', '/users/@me/channels', { recipient_id: '123456789012345678' }, 400, 50033, 'Invalid Recipient(s)'],
  ['GET', '/guilds/:elsewhere', undefined, 403, 50001, 'Missing Access'],
  ['GET', '/guilds/123456789012345678', undefined, 404, 10004, 'Unknown Guild'],
  ['DELETE', '/guilds/:guild/members/:ada', undefined, 403, 50013, 'Missing Permissions'],
  ['GET', '/guilds/:guild/members/123456789012345678', undefined, 404, 10013, 'Unknown User'],
  ['POST', '/webhooks/123456789012345678/token', { content: 'x' }, 404, 10015, 'Unknown Webhook'],
  ['POST', '/interactions/123456789012345678/token/callback', { type: 1 }, 404, 10062, 'Unknown interaction'],
  ['GET', '/applications/123456789012345678/commands', undefined, 404, 10002, 'Unknown Application'],
  [
    'POST',
    '/channels/:general/messages',
    { message_reference: { type: 1, channel_id: ':general', message_id: ':hers' } },
    403,
    160014,
    'You cannot forward a message whose content you cannot read',
  ],
])('%s %s of %o is answered as Discord does', async (method, path, body, status, code, message) => {
  const answer = await ask(method, path, body);
  expect([answer.status, answer.json.code, answer.json.message]).toEqual([status, code, message]);
});

test('a note of Discord’s is neither answered nor forwarded', async () => {
  for (const type of [0, 1]) {
    const reference = { type, channel_id: ':general', message_id: ':note' };
    const { json } = await ask('POST', '/channels/:general/messages', {
      content: 'x',
      message_reference: reference,
    });
    expect(json.code).toBe(50035);
  }
});

function tooFew(): string {
  return 'Provided too few or too many messages to delete. Must provide at least 2 and at most 100 messages to delete.';
}

interface Tree {
  readonly [step: string]: unknown;
}
