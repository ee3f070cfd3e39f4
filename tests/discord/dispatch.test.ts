import { Events, InteractionResponseType, MessageFlags, Routes } from 'discord.js';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Command, Services } from '../../src/app/command.js';
import { type Metrics, noMetrics } from '../../src/app/metrics.js';
import { Outbox } from '../../src/discord/budget/outbox.js';
import { createClient } from '../../src/discord/client.js';
import { createDispatch } from '../../src/discord/dispatch.js';
import { UserError } from '../../src/discord/errors.js';
import { restMessenger } from '../../src/discord/messenger.js';
import { registerCommands } from '../../src/discord/register.js';
import { post, reply as replyTo, showForm, whisper } from '../../src/discord/respond.js';
import { StoreError } from '../../src/store/store.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';

type Execute = Command['execute'];

const card = { components: [{ type: 10 as const, content: 'The card' }] };

/** A bot with one command, /try, that does what the test says. */
async function botThat(
  execute: Execute,
  { isPublic = false, violationsExpected = false, isSure = (): boolean => true } = {},
) {
  const clock = new ManualClock();
  const discord = await startDiscord({ clock, violationsExpected });
  const server = discord.server('Study group');
  const ada = discord.member('Ada', { server });
  const ben = discord.member('Ben', { server });
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const command: Command = {
    data: { name: 'try', description: 'Tries something' },
    execute,
    repliesPublicly: () => isPublic,
  };
  const commands = new Map([['try', command]]);
  const outbox = new Outbox({ perSecond: 10_000, log, metrics: { request: () => {} } });
  const client = createClient({
    apiUrl: discord.apiUrl,
    shards: { ids: undefined, count: undefined },
    makeRequest: outbox.door(isSure),
  });
  onTestFinished(() => client.destroy());
  const measured: string[] = [];
  const metrics: Metrics = { ...noMetrics, interaction: (name) => measured.push(name()) };
  const services = { metrics } as Services;
  const dispatch = createDispatch({
    clock,
    log,
    commands,
    routeOf: () => undefined,
    services,
    metrics,
    ready: Promise.resolve(),
    isSure,
  });
  client.on(Events.InteractionCreate, (interaction) => dispatch.take(interaction));
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  const application = { rest: client.rest, applicationId: client.application?.id ?? '' };
  await registerCommands(commands, application);
  return { clock, discord, server, ada, ben, logged, client, dispatch, commands, application, measured };
}

it('an interaction that Discord delivers twice is dealt with once', async () => {
  let executed = 0;
  const { ada, discord, dispatch, logged, measured } = await botThat(async (interaction) => {
    executed += 1;
    await replyTo(interaction, card);
  });
  discord.faults.chaos({ seed: 1, percent: 100, kinds: ['repeated'] });
  expect((await ada.slash('/try')).text).toBe('The card');
  expect((await ada.slash('/try')).text).toBe('The card');
  await dispatch.idle();
  expect({ executed, logged, measured }).toEqual({ executed: 2, logged: [], measured: ['/try', '/try'] });
});

describe('a failure', () => {
  it('of the person is told to that person in its own words', async () => {
    const { ada, logged } = await botThat(async () => {
      throw new UserError('Choose a topic first.');
    });
    const reply = await ada.slash('/try');
    expect([reply.ephemeral, reply.text]).toEqual([true, 'Choose a topic first.']);
    expect(logged).toEqual([]);
  });

  it('of ours is an apology with a reference, and one log entry with the same', async () => {
    const { ada, logged } = await botThat(async () => {
      throw new TypeError('secret detail');
    });
    const reply = await ada.slash('/try');
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('our side');
    expect(reply.text).not.toContain('secret detail');
    const reference = /`(\d+)`/.exec(reply.text)?.[1];
    expect(logged).toMatchObject([
      { reference, err: { message: 'secret detail' }, interaction: { name: '/try' } },
    ]);
  });

  it('of a command’s word on who sees its answers ends nothing', async () => {
    const { ada, commands, logged } = await botThat(async () => {});
    const thrower: Command = {
      data: { name: 'try', description: 'Tries something' },
      execute: async () => {},
      repliesPublicly: () => {
        throw new TypeError('a slip');
      },
    };
    commands.set('try', thrower);
    expect((await ada.slash('/try')).text).toContain('our side');
    expect(logged).toMatchObject([{ err: { message: 'a slip' } }]);
  });

  it('of the store says that nothing was changed', async () => {
    const { ada } = await botThat(async () => {
      throw new StoreError('disk full', { fault: 'write' });
    });
    expect((await ada.slash('/try')).text).toContain('could not be stored, so nothing was changed');
  });

  it('after a public reply is private', async () => {
    const { ada, ben, server } = await botThat(async (interaction) => {
      await post(interaction, card);
      throw new UserError('Something after that went wrong.');
    });
    const reply = await ada.slash('/try');
    expect((await reply.followUp()).ephemeral).toBe(true);
    expect(ben.sees(server.channel('general')).map(({ text }) => text)).toEqual(['The card']);
  });
});

describe('a reply that is long in coming', () => {
  function slowly(answer: Execute) {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const execute: Execute = async (interaction, services) => {
      await released;
      await answer(interaction, services);
    };
    return { execute, release };
  }

  it.each([true, false])('is announced in time and filled in later (to everybody: %s)', async (isPublic) => {
    const slow = slowly(async (interaction) => {
      if (isPublic) await post(interaction, card);
      else await whisper(interaction, 'The card');
    });
    const { ada, ben, clock, server } = await botThat(slow.execute, { isPublic });
    const reply = await ada.slash('/try', { wait: false });
    await clock.advanceBy(1_500);
    await reply.acknowledged();
    await clock.advanceBy(5_000);
    slow.release();
    await reply.answered();
    expect(reply.failed).toBeUndefined();
    expect(reply.text).toBe('The card');
    expect(reply.ephemeral).toBe(!isPublic);
    expect(ben.sees(server.channel('general'))).toHaveLength(isPublic ? 1 : 0);
  });

  it('only on its way to Discord is not announced on top', async () => {
    const { ada, clock, discord, logged } = await botThat(async (interaction) => {
      await whisper(interaction, 'The card');
    });
    discord.faults.next('POST /interactions/:id/:token/callback', { delayMs: 100 });
    const reply = await ada.slash('/try', { wait: false });
    await clock.advanceBy(2_000);
    await reply.answered();
    expect([reply.text, reply.failed]).toEqual(['The card', undefined]);
    const callbacks = discord.requests.filter(({ path }) => path.includes('/callback'));
    expect(callbacks).toHaveLength(1);
    expect(logged).toEqual([]);
  });

  it('and then fails is told in private, also where it was announced to everybody', async () => {
    const slow = slowly(async () => {
      throw new UserError('That did not work.');
    });
    const { ada, ben, clock, server } = await botThat(slow.execute, { isPublic: true });
    const reply = await ada.slash('/try', { wait: false });
    await clock.advanceBy(1_500);
    await reply.acknowledged();
    slow.release();
    const told = await reply.followUp();
    expect([told.text, told.ephemeral]).toEqual(['That did not work.', true]);
    expect(ben.sees(server.channel('general'))).toEqual([]);
  });

  it.each([
    ['an answer', true],
    ['an answer', false],
    ['a refusal', true],
    ['a refusal', false],
  ])(
    'and is %s by what a process remembers that may have lost the server, is not given (to everybody: %s)',
    async (what, isPublic) => {
      let sure = true;
      const slow = slowly(async (interaction) => {
        if (what === 'a refusal') throw new UserError('It is over.');
        await replyTo(interaction, card, { ephemeral: !isPublic });
      });
      const { ada, clock, server, logged } = await botThat(slow.execute, { isPublic, isSure: () => sure });
      const asked = await ada.slash('/try', { wait: false });
      await clock.advance('1s');
      // It is announced all the same: the one whom it reached is the one to answer.
      sure = false;
      await clock.advance('1s');
      await asked.acknowledged();
      slow.release();
      const told = isPublic ? await asked.followUp() : (await asked.answered()).message;
      expect([told.ephemeral, told.text]).toEqual([true, expect.stringContaining('I was held up')]);
      expect(server.channel('general').messages).toEqual([]);
      expect(logged).toEqual([]);
    },
  );

  it('that comes too late even to be announced is a warning in the log, and nothing worse', async () => {
    const slow = slowly(async (interaction) => {
      await interaction.reply({ content: 'late', flags: MessageFlags.Ephemeral });
    });
    const { ada, clock, discord, logged, dispatch } = await botThat(slow.execute);
    discord.faults.next('POST /interactions/:id/:token/callback', { status: 404, times: 1 });
    const reply = await ada.slash('/try', { wait: false });
    await clock.advanceBy(10_000);
    slow.release();
    await dispatch.idle();
    await reply.answered();
    expect(reply.failed).toBeDefined();
    expect(logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

describe('an announcement', () => {
  const form = {
    custom_id: 'x:1',
    title: 'The card',
    components: [
      {
        type: 18 as const,
        label: 'Why',
        component: { type: 4 as const, custom_id: 'why', style: 1 as const },
      },
    ],
  };
  const ways: readonly { name: string; execute: Execute }[] = [
    { name: 'a line', execute: (interaction) => whisper(interaction, 'The card') },
    { name: 'a reply', execute: (interaction) => replyTo(interaction, card) },
    { name: 'a post', execute: async (interaction) => void (await post(interaction, card)) },
  ];
  const callback = 'POST /interactions/:id/:token/callback';

  async function announcedTo(execute: Execute, prepare: (discord: Bot['discord']) => void, isPublic = false) {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const bot = await botThat(
      async (interaction, services) => {
        await released;
        await execute(interaction, services);
      },
      { isPublic },
    );
    prepare(bot.discord);
    const reply = await bot.ada.slash('/try', { wait: false });
    await bot.clock.advanceBy(1_500);
    await bot.clock.advanceBy(500);
    release();
    await bot.dispatch.idle();
    return { ...bot, reply };
  }
  type Bot = Awaited<ReturnType<typeof botThat>>;

  it.each(ways)('that Discord refused leaves the first reply open: $name', async ({ execute }) => {
    const { reply, logged } = await announcedTo(execute, ({ faults }) =>
      faults.next(callback, { status: 400 }),
    );
    expect([reply.text, reply.failed]).toEqual(['The card', undefined]);
    expect(logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it.each(ways)('that never reached Discord leaves the first reply open: $name', async ({ execute }) => {
    const { reply, logged } = await announcedTo(execute, ({ faults }) =>
      faults.next(callback, { status: 503, times: 4 }),
    );
    expect([reply.text, reply.failed]).toEqual(['The card', undefined]);
    expect(logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it.each(ways.flatMap((way) => [1, 4].map((times) => ({ ...way, times }))))(
    'that got through unheard ($times tries) is filled in: $name',
    async ({ execute, times }) => {
      const { ada, server, reply, logged } = await announcedTo(execute, ({ faults }) =>
        faults.next(callback, { status: 503, after: true, times }),
      );
      expect(logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
      const texts = [reply, ...reply.followUps].map(({ text }) => text);
      expect([...texts, ...ada.sees(server.channel('general')).map(({ text }) => text)]).toContain(
        'The card',
      );
    },
  );

  it.each([
    ['words', { content: 'Recorded', flags: MessageFlags.Ephemeral }],
    ['a card', { ...card, flags: MessageFlags.IsComponentsV2 }],
  ])('of what another process has answered leaves that answer alone: %s', async (_, data) => {
    let refuse = (): void => {};
    const refused = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    const { ada, clock, dispatch, logged } = await botThat(async ({ client, id, token }) => {
      // As the process does that has taken over the shard of one that was frozen.
      await client.rest.post(Routes.interactionCallback(id, token), {
        auth: false,
        body: { type: InteractionResponseType.ChannelMessageWithSource, data },
      });
      await refused;
      throw new StoreError('The shard is lost', { fault: 'write' });
    });
    const reply = await ada.slash('/try');
    const { text } = reply;
    await clock.advanceBy(1_500);
    refuse();
    await dispatch.idle();
    expect([reply.text, reply.followUps]).toEqual([text, []]);
    expect(logged.map(({ msg }) => msg)).toContain('The person could not be told what went wrong');
  });

  it('that came too late ends it: Discord is not asked once more', async () => {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const bot = await botThat(
      async (interaction) => {
        await released;
        await whisper(interaction, 'The card');
      },
      { violationsExpected: true },
    );
    bot.discord.faults.next(callback, { delayMs: 100 });
    await bot.ada.slash('/try', { wait: false });
    await bot.clock.advanceBy(1_500);
    await bot.clock.advanceBy(10_000);
    release();
    await bot.dispatch.idle();
    expect(bot.discord.requests.filter(({ path }) => path.includes('/callback'))).toHaveLength(1);
    expect(bot.logged.map(({ level, msg }) => [level, msg])).toEqual([
      [40, 'A slow reply could not be announced'],
      [40, 'Discord no longer took the reply'],
    ]);
  });

  it('that Discord refused leaves a form possible', async () => {
    const { reply } = await announcedTo(
      (interaction) => showForm(interaction, form),
      ({ faults }) => faults.next(callback, { status: 400 }),
    );
    expect([reply.modal?.title, reply.failed]).toEqual(['The card', undefined]);
  });

  it('to everybody, once filled in, is not taken away by a failure after that', async () => {
    const { reply, ben, server } = await announcedTo(
      async (interaction) => {
        await post(interaction, card);
        throw new UserError('Something after that went wrong.');
      },
      () => {},
      true,
    );
    expect((await reply.followUp()).ephemeral).toBe(true);
    expect(ben.sees(server.channel('general')).map(({ text }) => text)).toEqual(['The card']);
  });

  it('to one, whose answer went to all, takes what fails after that', async () => {
    const { reply, ben, server } = await announcedTo(
      async (interaction) => {
        await post(interaction, card);
        throw new UserError('Something after that went wrong.');
      },
      () => {},
    );
    expect(reply.followUps.map(({ text }) => text)).toContain('Something after that went wrong.');
    expect(ben.sees(server.channel('general')).map(({ text }) => text)).toEqual(['The card']);
  });
});

const firsts: readonly [string, Execute][] = [
  ['a line', (interaction) => whisper(interaction, 'The card')],
  ['a reply', (interaction) => replyTo(interaction, card)],
  ['a post', async (interaction) => void (await post(interaction, card))],
];

it.each(firsts)('a first reply that got through unheard is one: %s', async (_name, execute) => {
  let went = false;
  const { ada, discord, dispatch, logged } = await botThat(async (interaction, services) => {
    await execute(interaction, services);
    went = true;
  });
  discord.faults.next('POST /interactions/:id/:token/callback', { status: 503, after: true });
  const reply = await ada.slash('/try');
  await dispatch.idle();
  expect([reply.text, went, logged]).toEqual(['The card', true, []]);
});

it.each(firsts)(
  'a first reply of which nothing was heard at all is followed by an apology: %s',
  async (_, execute) => {
    const { ada, discord, dispatch } = await botThat(execute);
    discord.faults.next('POST /interactions/:id/:token/callback', { status: 503, after: true, times: 4 });
    const reply = await ada.slash('/try');
    await dispatch.idle();
    expect(reply.text).toBe('The card');
    expect((await reply.followUp()).text).toContain('Something went wrong on our side');
  },
);

it('metrics name what there is, never what was forged', async () => {
  const { ada, discord, dispatch, measured } = await botThat(async (interaction) => {
    await post(interaction, {
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'x:1' }] }],
    });
  });
  const card = await ada.slash('/try');
  for (const id of ['x:1', 'quiz:__proto__', 'a'.repeat(100)]) await ada.pressId(card.message, id);
  await dispatch.idle();
  expect(new Set(measured)).toEqual(new Set(['/try', 'unknown button']));
  expect(discord.violations).toEqual([]);
});

describe('registration', () => {
  it('tells Discord of the commands once, and again when they changed', async () => {
    const { discord, commands, application } = await botThat(async () => {});
    expect(discord.commandWrites).toHaveLength(1);
    expect((await registerCommands(commands, application)).changed).toBe(false);
    expect(discord.commandWrites).toHaveLength(1);
    const [command] = commands.values() as IterableIterator<Command>;
    const other = { ...command, data: { name: 'other', description: 'Another' } } as Command;
    const told = await registerCommands(new Map([...commands, ['other', other]]), application);
    expect(told.changed).toBe(true);
    expect([...told.ids.keys()]).toEqual(['try', 'other']);
  });

  it('puts right what somebody else has overwritten at Discord', async () => {
    const { discord, commands, application, client } = await botThat(async () => {});
    const path = `/applications/${application.applicationId}/commands` as const;
    await client.rest.put(path, { body: [{ name: 'foreign', description: 'Not ours' }] });
    expect((await registerCommands(commands, application)).changed).toBe(true);
    expect(discord.commandWrites).toHaveLength(3);
    expect((await registerCommands(commands, application)).changed).toBe(false);
  });

  it('of what Discord refuses names the commands and the reason', async () => {
    const { application } = await botThat(async () => {}, { violationsExpected: true });
    const bad = new Map([['bad', { data: { name: 'bad', description: 'x'.repeat(101) } } as Command]]);
    await expect(registerCommands(bad, application)).rejects.toMatchObject({
      name: 'CommandError',
      message: expect.stringMatching(/0 is \/bad[\s\S]*description/),
    });
  });
});

it('pings nobody, whatever a message says', async () => {
  const { client, server } = await botThat(async () => {});
  const channel = server.channel('general');
  const words = `@everyone @here <@${server.state.ownerId}> <@&${server.id}>`;
  await restMessenger(client.rest).send(channel.id, { components: [{ type: 10, content: words }] });
  expect(channel.last.pings).toEqual({ everyone: false, users: [], roles: [] });
});
