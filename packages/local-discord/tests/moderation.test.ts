import { GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import type { PermissionName } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

const members = GatewayIntentBits.GuildMembers;
const dayMs = 86_400_000;

async function stage(...botPermissions: PermissionName[]) {
  const discord = await startDiscord({ privilegedIntents: members, violationsExpected: true });
  const server = discord.server('Study group', {
    botPermissions: ['ViewChannel', 'SendMessages', ...botPermissions],
  });
  const ada = discord.member('Ada', { server });
  const ben = discord.member('Ben', { server });
  const intents = [GatewayIntentBits.Guilds, members, GatewayIntentBits.GuildModeration];
  const bot = await startBot(discord, undefined, { intents });
  const guild = bot.guilds.cache.get(server.id);
  if (!guild) throw new Error('The bot is not in the server');
  return { discord, server, ada, ben, bot, guild, events: eventsOf(bot), rest: restOf(discord) };
}

test('roles are made, changed, moved and deleted, and the bot hears of each', async () => {
  const { guild, events, server } = await stage('ManageRoles');
  const role = await guild.roles.create({ name: 'Owls', mentionable: true, reason: 'For the night' });
  const other = await guild.roles.create({ name: 'Larks' });
  expect(server.role('Owls').mentionable).toBe(true);
  await role.edit({ hoist: true, colors: { primaryColor: 0xff0000 } });
  await role.setPosition(1);
  const gone = events.next('GUILD_ROLE_DELETE');
  await other.delete();
  await gone;
  const told = events.all.filter(({ t, d }) => t.startsWith('GUILD_ROLE') && d.role?.id === role.id);
  expect(told.length).toBeGreaterThan(2);
  expect(told.at(-1)?.d.role).toMatchObject({ hoist: true, color: 0xff0000, position: 1 });
  expect(events.all.at(-1)).toMatchObject({ t: 'GUILD_ROLE_DELETE', d: { role_id: other.id } });
  expect([...server.state.roles.values()].map(({ name }) => name)).not.toContain('Larks');
});

test('a role is given and taken, with the channels that come with it', async () => {
  const { guild, ada, server, events } = await stage('ManageRoles');
  const { id } = server.role('Owls');
  const member = await guild.members.fetch(ada.id);
  const told = events.next('GUILD_MEMBER_UPDATE');
  await member.roles.add(id);
  expect((await told).d).toMatchObject({ guild_id: server.id, roles: [id] });
  expect(ada.roles).toEqual(['Owls']);
  await member.roles.remove(id);
  expect(ada.roles).toEqual([]);
  ada.gets('Owls');
  expect(ada.roles).toEqual(['Owls']);
});

test.each<[string, PermissionName[], (world: Awaited<ReturnType<typeof stage>>) => Promise<unknown>, number]>(
  [
    [
      'giving roles without Manage Roles',
      [],
      ({ guild, ada, server }) => guild.members.addRole({ user: ada.id, role: server.role('Owls').id }),
      50013,
    ],
    [
      'a role above the bot’s own',
      ['ManageRoles'],
      ({ guild, ada, server }) => {
        const role = server.role('Owls');
        role.position = 99;
        return guild.members.addRole({ user: ada.id, role: role.id });
      },
      50013,
    ],
    [
      'permissions that the bot has not got',
      ['ManageRoles'],
      ({ guild }) => guild.roles.create({ permissions: PermissionFlagsBits.BanMembers }),
      50013,
    ],
    [
      'the role of a bot',
      ['ManageRoles'],
      ({ guild, ada }) =>
        guild.members.addRole({ user: ada.id, role: guild.members.me?.roles.highest.id ?? '' }),
      50013,
    ],
    [
      '@everyone',
      ['ManageRoles'],
      ({ guild, ada, server }) => guild.members.addRole({ user: ada.id, role: server.id }),
      50028,
    ],
    [
      'a role that is none',
      ['ManageRoles'],
      ({ guild, ada }) => guild.members.addRole({ user: ada.id, role: '1' }),
      10011,
    ],
    [
      'a timeout without Moderate Members',
      [],
      ({ guild, ada }) =>
        guild.members.edit(ada.id, {
          communicationDisabledUntil: new Date(Date.now() + 1_000),
        }),
      50013,
    ],
    [
      'a timeout of more than 28 days',
      ['ModerateMembers'],
      ({ guild, ada }) =>
        guild.members.edit(ada.id, {
          communicationDisabledUntil: new Date(Date.now() + 29 * dayMs),
        }),
      50035,
    ],
    ['kicking without Kick Members', [], ({ guild, ada }) => guild.members.kick(ada.id), 50013],
    ['kicking the owner', ['KickMembers'], ({ guild }) => guild.members.kick(guild.ownerId), 50013],
    ['banning without Ban Members', [], ({ guild, ada }) => guild.bans.create(ada.id), 50013],
    ['a ban that there is none of', ['BanMembers'], ({ guild, ada }) => guild.bans.remove(ada.id), 10026],
    [
      'a nickname of more than 32 letters',
      ['ManageNicknames'],
      ({ guild, ada }) => guild.members.edit(ada.id, { nick: 'a'.repeat(33) }),
      50035,
    ],
    [
      'muting somebody, which is not there',
      ['MuteMembers'],
      ({ guild, ada }) => guild.members.edit(ada.id, { mute: true }),
      50035,
    ],
  ],
)('%s is refused', async (_what, permissions, attempt, code) => {
  const world = await stage(...permissions);
  expect(await failure(attempt(world))).toMatchObject({ code });
});

test('somebody who outranks the bot is not timed out, renamed or kicked', async () => {
  const { guild, ada, server } = await stage('ModerateMembers', 'KickMembers', 'ManageNicknames');
  ada.gets('Bosses');
  server.role('Bosses').position = 99;
  const until = new Date(Date.now() + 60_000);
  expect(await failure(guild.members.edit(ada.id, { communicationDisabledUntil: until }))).toMatchObject({
    code: 50013,
  });
  expect(await failure(guild.members.edit(ada.id, { nick: 'Addie' }))).toMatchObject({ code: 50013 });
  expect(await failure(guild.members.kick(ada.id))).toMatchObject({ code: 50013 });
});

test('a member is renamed, timed out, kicked and banned; what the banned wrote lately is gone', async () => {
  const { guild, ada, ben, server, events } = await stage(
    'ManageNicknames',
    'ModerateMembers',
    'KickMembers',
    'BanMembers',
  );
  const card = ben.says('Rubbish');
  await guild.members.edit(ada.id, { nick: 'Addie' });
  expect(server.state.members.get(ada.id)?.nick).toBe('Addie');
  await guild.members.edit(ada.id, { communicationDisabledUntil: new Date(Date.now() + 60_000) });
  expect(() => ada.says('Hello')).toThrow('Ada may not write');
  await guild.members.kick(ada.id, 'Enough');
  expect(() => ada.says('Hello')).toThrow('Ada is not in Study group');
  await guild.bans.create(ben.id, { deleteMessageSeconds: 3_600 });
  expect(card.deleted).toBe(true);
  expect((await guild.bans.fetch()).map(({ user }) => user.id)).toEqual([ben.id]);
  await guild.bans.remove(ben.id);
  await expect
    .poll(() => events.all.map(({ t }) => t))
    .toEqual(
      expect.arrayContaining([
        'GUILD_MEMBER_UPDATE',
        'GUILD_MEMBER_REMOVE',
        'GUILD_BAN_ADD',
        'GUILD_BAN_REMOVE',
      ]),
    );
});

test('members are listed with the intent, found by name, and asked for over the gateway', async () => {
  const { discord, guild, ada, bot, events } = await stage();
  const chunk = events.next('GUILD_MEMBERS_CHUNK');
  const user_ids = ['123123', discord.world.bot.id, '308994132968210433'];
  bot.ws.shards.first()?.send({ op: 8, d: { guild_id: guild.id, user_ids } });
  expect((await chunk).d.not_found).toEqual([123123, '308994132968210433']);
  expect((await guild.members.list({ limit: 100 })).size).toBe(4);
  expect((await guild.members.search({ query: 'ad' })).map(({ id }) => id)).toEqual([ada.id]);
  expect((await guild.members.fetch()).size).toBe(4);
  expect((await guild.members.fetch({ user: [ada.id] })).map(({ id }) => id)).toEqual([ada.id]);
  const without = await startDiscord();
  without.server('Study group');
  expect(await failure(restOf(without).get(`/guilds/${without.servers[0]?.id}/members`))).toMatchObject({
    code: 50001,
  });
  expect(discord.problems()).toEqual([]);
});

test('who comes later is told of, and who goes', async () => {
  const { discord, server, events } = await stage();
  const added = events.next('GUILD_MEMBER_ADD');
  const cyd = discord.member('Cyd', { server });
  expect((await added).d).toMatchObject({ guild_id: server.id, user: { id: cyd.id } });
  const removed = events.next('GUILD_MEMBER_REMOVE');
  cyd.leaves();
  expect((await removed).d.user.id).toBe(cyd.id);
});
