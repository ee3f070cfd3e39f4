import { expect, test } from 'vitest';
import { type LocalDiscord, violationText } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

const v2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const button = (over: object = {}) => ({ type: 2, style: 1, label: 'A', custom_id: 'a', ...over });
const row = (...components: object[]) => ({ type: 1, components });
const buttons = (count: number) =>
  row(...Array.from({ length: count }, (_, i) => button({ custom_id: `${i}` })));
const choices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ label: `${i}`, value: `${i}` }));
const select = (over: object = {}) => row({ type: 3, custom_id: 's', options: choices(3), ...over });
const cards = (components: object[]) => ({ flags: v2, components });
const picture = (url: string) => ({ type: 12, items: [{ media: { url } }] });
const container = (...components: object[]) => ({ type: 17, components });
const many = (count: number) => Array.from({ length: count }, () => text('x'));

function post(discord: LocalDiscord, body: object): Promise<unknown> {
  const channel = discord.server('Study group').channel('general');
  return restOf(discord).post(`/channels/${channel.id}/messages`, { body });
}

test.each<[string, object, string]>([
  ['content of 2,001 characters', { content: 'x'.repeat(2001) }, 'content'],
  ['content beside Components V2', { ...cards([text('x')]), content: 'x' }, 'content'],
  ['embeds beside Components V2', { ...cards([text('x')]), embeds: [{ title: 'x' }] }, 'embeds'],
  ['Components V2 without their flag', { components: [text('x')] }, 'components.0'],
  [
    'embeds of 6,001 characters',
    { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
    'embeds',
  ],
  ['11 embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'embeds'],
  ['an embed title of 257 characters', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds.0.title'],
  ['41 components', cards(many(41)), 'components'],
  [
    '41 components, some of them nested',
    cards([container(...many(20)), container(...many(19))]),
    'components',
  ],
  ['4,001 characters in one text display', cards([text('x'.repeat(4001))]), 'components.0.content'],
  [
    '4,001 characters in several text displays',
    cards([text('x'.repeat(2001)), container(text('x'.repeat(2000)))]),
    'components',
  ],
  ['an empty text display', cards([text('')]), 'components.0.content'],
  ['an empty container', cards([container()]), 'components.0.components'],
  ['a container in a container', cards([container(container(text('x')))]), 'components.0.components.0'],
  ['a section without an accessory', cards([{ type: 9, components: [text('x')] }]), 'components.0.accessory'],
  [
    '6 rows without Components V2',
    { components: Array.from({ length: 6 }, (_, i) => row(button({ custom_id: `${i}` }))) },
    'components',
  ],
  ['6 buttons in a row', { components: [buttons(6)] }, 'components.0.components'],
  ['an empty row', { components: [row()] }, 'components.0.components'],
  [
    'a button beside a select',
    { components: [{ type: 1, components: [...select().components, button()] }] },
    'components.0.components.1',
  ],
  [
    'a label of 81 characters',
    { components: [row(button({ label: 'x'.repeat(81) }))] },
    'components.0.components.0.label',
  ],
  [
    'a button with neither label nor emoji',
    { components: [row({ type: 2, style: 1, custom_id: 'a' })] },
    'components.0.components.0.label',
  ],
  [
    'a button without a custom id',
    { components: [row({ type: 2, style: 1, label: 'A' })] },
    'components.0.components.0.custom_id',
  ],
  [
    'an empty custom id',
    { components: [row(button({ custom_id: '' }))] },
    'components.0.components.0.custom_id',
  ],
  [
    'a custom id of 101 characters',
    { components: [row(button({ custom_id: 'x'.repeat(101) }))] },
    'components.0.components.0.custom_id',
  ],
  [
    'the same custom id twice',
    cards([container(row(button())), row(button())]),
    'components.1.components.0.custom_id',
  ],
  [
    'a custom id that a button in a section has already',
    cards([row(button()), { type: 9, components: [text('x')], accessory: button() }]),
    'components.1.accessory.custom_id',
  ],
  [
    'the same component id twice',
    cards([
      { ...text('x'), id: 7 },
      { ...text('y'), id: 7 },
    ]),
    'components.1.id',
  ],
  [
    'a style that does not exist',
    { components: [row(button({ style: 9 }))] },
    'components.0.components.0.style',
  ],
  [
    'a link with a custom id',
    { components: [row(button({ style: 5, url: 'https://example.com' }))] },
    'components.0.components.0.custom_id',
  ],
  [
    'a link to nowhere',
    { components: [row({ type: 2, style: 5, label: 'A' })] },
    'components.0.components.0.url',
  ],
  [
    'a link that is no address',
    { components: [row({ type: 2, style: 5, label: 'A', url: 'nowhere' })] },
    'components.0.components.0.url',
  ],
  [
    'a link by another scheme',
    { components: [row({ type: 2, style: 5, label: 'A', url: 'ftp://example.com' })] },
    'components.0.components.0.url',
  ],
  ['26 options', { components: [select({ options: choices(26) })] }, 'components.0.components.0.options'],
  ['no options', { components: [select({ options: [] })] }, 'components.0.components.0.options'],
  [
    'two options of one value',
    { components: [select({ options: [...choices(2), ...choices(1)] })] },
    'components.0.components.0.options.2',
  ],
  [
    'an option label of 101 characters',
    { components: [select({ options: [{ label: 'x'.repeat(101), value: 'x' }] })] },
    'components.0.components.0.options.0.label',
  ],
  [
    'more to choose than there is',
    { components: [select({ max_values: 4 })] },
    'components.0.components.0.max_values',
  ],
  [
    'a placeholder of 151 characters',
    { components: [select({ placeholder: 'x'.repeat(151) })] },
    'components.0.components.0.placeholder',
  ],
  [
    'a picture that was not uploaded',
    cards([picture('attachment://podium.png')]),
    'components.0.items.0.media.url',
  ],
  ['a picture by a file address', cards([picture('file:///podium.png')]), 'components.0.items.0.media.url'],
  [
    '11 pictures',
    cards([
      {
        type: 12,
        items: Array.from({ length: 11 }, () => ({ media: { url: 'https://example.com/a.png' } })),
      },
    ]),
    'components.0.items',
  ],
  [
    'a file that was not uploaded',
    cards([{ type: 13, file: { url: 'attachment://notes.txt' } }]),
    'components.0.file.url',
  ],
  [
    'a file from elsewhere',
    cards([{ type: 13, file: { url: 'https://example.com/notes.txt' } }]),
    'components.0.file.url',
  ],
  [
    'an attachment that there is no file for',
    { content: 'x', attachments: [{ id: '0', filename: 'a.png' }] },
    'attachments.0.id',
  ],
  [
    'an embedded picture that was not uploaded',
    { embeds: [{ image: { url: 'attachment://a.png' } }] },
    'embeds.0.image.url',
  ],
  [
    'mentions allowed both wholesale and one by one',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions',
  ],
  ['content that is no text', { content: 7 }, 'content'],
  [
    'an emoji that is none',
    { components: [row(button({ emoji: { name: 'smile' } }))] },
    'components.0.components.0.emoji.name',
  ],
  [
    'an emoji of nobody’s server',
    { components: [row(button({ emoji: { id: '123456789012345678', name: 'smile' } }))] },
    'components.0.components.0.emoji.id',
  ],
  [
    'an option whose emoji is none',
    { components: [select({ options: [{ label: 'A', value: 'a', emoji: { name: 'x' } }] })] },
    'components.0.components.0.options.0.emoji.name',
  ],
  [
    'a premium button with a label',
    { components: [row({ type: 2, style: 6, sku_id: '1', label: 'Buy' })] },
    'components.0.components.0.label',
  ],
  [
    'a button that sells something and is not premium',
    { components: [row(button({ sku_id: '1' }))] },
    'components.0.components.0.sku_id',
  ],
  [
    'more people chosen beforehand than may be',
    {
      components: [
        row({ type: 5, custom_id: 's', default_values: ['1', '2'].map((id) => ({ id, type: 'user' })) }),
      ],
    },
    'components.0.components.0.default_values',
  ],
  [
    'a field of an embed without a value',
    { embeds: [{ fields: [{ name: 'a', value: ' ' }] }] },
    'embeds.0.fields.0.value',
  ],
  ['a misspelt field of an embed', { embeds: [{ title: 'x', tittle: 'y' }] }, 'embeds.0.tittle'],
  ['the flag of ephemeral messages', { content: 'x', flags: 64 }, 'flags'],
  ['a voice message', { content: 'x', flags: 1 << 13 }, 'flags'],
  ['a poll, which is not there', { content: 'x', poll: { question: { text: 'x' }, answers: [] } }, 'poll'],
  ['a component that does not exist', cards([{ type: 99 }]), 'components.0'],
  [
    'a reply to a message that is not there',
    { content: 'x', message_reference: { message_id: '1' } },
    'message_reference',
  ],
])('a message with %s is refused', async (_what, body, path) => {
  const discord = await startDiscord({ violationsExpected: true });
  expect(await failure(post(discord, body))).toMatchObject({ status: 400, code: 50035 });
  expect(discord.violations[0]?.faults.map((fault) => fault.path.join('.'))).toContain(path);
  expect(violationText(discord.violations[0] ?? never())).toContain(`  ${path}: `);
  expect(discord.server('Study group').channel('general').messages).toEqual([]);
});

test.each<[string, object]>([
  ['content of 2,000 characters', { content: 'x'.repeat(2000) }],
  ['40 components', cards(many(40))],
  ['4,000 characters of text displays', cards([text('x'.repeat(2000)), container(text('x'.repeat(2000)))])],
  [
    '5 rows of 5 buttons',
    {
      components: Array.from({ length: 5 }, (_, r) =>
        row(...Array.from({ length: 5 }, (_, i) => button({ custom_id: `${r}${i}` }))),
      ),
    },
  ],
  [
    'a label of 80 and a custom id of 100 characters',
    { components: [row(button({ label: 'x'.repeat(80), custom_id: 'x'.repeat(100) }))] },
  ],
  [
    '25 options, all of which can be chosen',
    { components: [select({ options: choices(25), max_values: 25 })] },
  ],
  [
    'an emoji instead of a label',
    { components: [row({ type: 2, style: 1, custom_id: 'a', emoji: { name: '◀' } })] },
  ],
  [
    'embeds of 6,000 characters',
    { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2000) }] },
  ],
  ['a link', { components: [row({ type: 2, style: 5, label: 'A', url: 'https://example.com' })] }],
  [
    'an embed that Discord has shown',
    {
      embeds: [
        {
          type: 'rich',
          title: 'x',
          image: { url: 'https://e.com/a.png', proxy_url: 'https://e.com/b.png', width: 3 },
        },
      ],
    },
  ],
  [
    'as many people chosen beforehand as may be',
    {
      components: [
        row({
          type: 5,
          custom_id: 's',
          max_values: 2,
          default_values: ['1', '2'].map((id) => ({ id, type: 'user' })),
        }),
      ],
    },
  ],
  [
    'a section with a button, and a separator',
    cards([{ type: 9, components: [text('x')], accessory: button() }, { type: 14 }]),
  ],
])('a message with %s is taken', async (_what, body) => {
  const discord = await startDiscord();
  await post(discord, body);
  expect(discord.server('Study group').channel('general').messages).toHaveLength(1);
});

test('a message of nothing is refused', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  expect(await failure(post(discord, {}))).toMatchObject({ status: 400, code: 50006 });
  expect(discord.violations).toHaveLength(1);
});

test('a body that is no JSON is refused', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const channel = discord.server('Study group').channel('general');
  const response = await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
    method: 'POST',
    body: '{"content": ',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 50109 });
});

test('the answer names each fault at its place, as Discord does', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const body = { content: 7, components: [row(button({ label: 'x'.repeat(81) }))] };
  const { errors } = await failure(post(discord, body));
  expect(errors).toEqual({
    content: { _errors: [{ code: 'STRING_TYPE_CONVERT', message: 'Could not interpret "7" as string.' }] },
    components: {
      0: {
        components: {
          0: {
            label: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 80 or fewer in length.' }] },
          },
        },
      },
    },
  });
});

test.each<[string, object, boolean]>([
  ['content put into a message of Components V2', { content: 'x' }, false],
  ['41 components', { components: many(41) }, false],
  ['its text changed, the flag left out', { components: [text('y')] }, true],
])('an edit with %s is judged by what the message is', async (_what, body, taken) => {
  const discord = await startDiscord({ violationsExpected: true });
  await post(discord, cards([text('x')]));
  const card = discord.server('Study group').channel('general').last;
  const edit = restOf(discord).patch(`/channels/${card.raw.channel_id}/messages/${card.id}`, { body });
  if (taken) await edit;
  else expect(await failure(edit)).toMatchObject({ status: 400, code: 50035 });
});

test('content must go before a message becomes one of Components V2', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  await post(discord, { content: 'x' });
  const card = discord.server('Study group').channel('general').last;
  const path = `/channels/${card.raw.channel_id}/messages/${card.id}` as const;
  expect(await failure(restOf(discord).patch(path, { body: cards([text('x')]) }))).toMatchObject({
    code: 50035,
  });
  await restOf(discord).patch(path, { body: { ...cards([text('y')]), content: null } });
  expect(card.text).toBe('y');
});

const input = (over: object = {}) => ({ type: 4, custom_id: 'i', style: 1, ...over });
const label = (component: object, over: object = {}) => ({ type: 18, label: 'Label', component, ...over });
const form = (components: object[], over: object = {}) => ({
  type: 9,
  data: { custom_id: 'form', title: 'Form', components, ...over },
});
const reply = (data: object) => ({ type: 4, data });

test.each<[string, object, string]>([
  ['a reply of 2,001 characters', reply({ content: 'x'.repeat(2001) }), 'data.content'],
  [
    'a reply whose custom ids clash',
    reply({ components: [row(button(), button())] }),
    'data.components.0.components.1.custom_id',
  ],
  [
    'a reply with an upload that is not there',
    reply(cards([picture('attachment://a.png')])),
    'data.components.0.items.0.media.url',
  ],
  ['a form title of 46 characters', form([label(input())], { title: 'x'.repeat(46) }), 'data.title'],
  ['a form without fields', form([]), 'data.components'],
  [
    'a form of 6 fields',
    form(Array.from({ length: 6 }, (_, i) => label(input({ custom_id: `${i}` })))),
    'data.components',
  ],
  [
    'a form field label of 46 characters',
    form([label(input(), { label: 'x'.repeat(46) })]),
    'data.components.0.label',
  ],
  [
    'a form custom id of 101 characters',
    form([label(input())], { custom_id: 'x'.repeat(101) }),
    'data.custom_id',
  ],
  [
    'form fields of one custom id',
    form([label(input()), label(input())]),
    'data.components.1.component.custom_id',
  ],
  ['a text input in a row without a label', form([row(input())]), 'data.components.0.components.0.label'],
  ['a button in a form', form([row(button())]), 'data.components.0.components.0.type'],
  [
    'a text shorter than it is long',
    form([label(input({ min_length: 9, max_length: 3 }))]),
    'data.components.0.component.min_length',
  ],
  [
    'a placeholder of 101 characters',
    form([label(input({ placeholder: 'x'.repeat(101) }))]),
    'data.components.0.component.placeholder',
  ],
  [
    'a field that is required and may be empty',
    form([label({ type: 3, custom_id: 's', min_values: 0, options: choices(2) })]),
    'data.components.0.component.min_values',
  ],
  ['a reply with a sticker', reply({ content: 'x', sticker_ids: ['1'] }), 'data.sticker_ids'],
  ['a reply with a poll', reply({ poll: { question: { text: 'x' }, answers: [] } }), 'data.poll'],
  ['a deferral with another flag than EPHEMERAL', { type: 5, data: { flags: v2 } }, 'data.flags'],
  [
    'one radio button',
    form([label({ type: 21, custom_id: 'r', options: choices(1) })]),
    'data.components.0.component.options',
  ],
])('%s is refused', async (_what, body, path) => {
  const discord = await startDiscord({ violationsExpected: true });
  const bot = await startBot(discord, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const { id, token, client } = interaction;
    await client.rest.post(`/interactions/${id}/${token}/callback`, { body, auth: false }).catch(() => {});
    await interaction.reply('sorry');
  });
  await bot.application.commands.set([{ name: 'try', description: 'Tries' }]);
  expect((await discord.member('Ada').slash('/try')).text).toBe('sorry');
  expect(discord.violations[0]?.faults.map((fault) => fault.path.join('.'))).toContain(path);
});

test.each<[string, { name: string; value: string }[], string]>([
  ['26 choices', Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` })), 'data.choices'],
  ['a choice of 101 characters', [{ name: 'x'.repeat(101), value: 'x' }], 'data.choices.0.name'],
  ['a value of 101 characters', [{ name: 'x', value: 'x'.repeat(101) }], 'data.choices.0.value'],
])('autocomplete with %s is refused', async (_what, offered, path) => {
  const discord = await startDiscord({ violationsExpected: true });
  const bot = await startBot(discord, async (interaction) => {
    if (!interaction.isAutocomplete()) return;
    const { id, token, client } = interaction;
    const body = { type: 8, data: { choices: offered } };
    await client.rest.post(`/interactions/${id}/${token}/callback`, { body, auth: false }).catch(() => {});
    await interaction.respond([]);
  });
  const options = [{ type: 3, name: 'word', description: 'A word', autocomplete: true }];
  await bot.application.commands.set([{ name: 'try', description: 'Tries', options }]);
  expect(await discord.member('Ada').complete('/try word:x')).toEqual([]);
  expect(discord.violations[0]?.faults.map((fault) => fault.path.join('.'))).toContain(path);
});

test('for load the checks can be left out', async () => {
  const discord = await startDiscord({ strict: false });
  await post(discord, { content: 'x'.repeat(2001) });
  expect(discord.server('Study group').channel('general').messages).toHaveLength(1);
});

function never(): never {
  throw new Error('There is no violation');
}
