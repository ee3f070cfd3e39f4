import { Channel, type Server } from 'local-discord';
import { type Stage, stage } from '../helpers/stage.js';

/** What an id stands for, in the interaction's own words; absent: Discord has not said. */
export interface Forged {
  readonly value: unknown;
  readonly as?: object | undefined;
}

/** Beside the study group, a server with the bot and one without it. */
export interface World extends Stage {
  readonly other: Server;
  readonly away: Server;
}

export async function world(): Promise<World> {
  const scene = await stage();
  scene.ada.allow('ManageGuild');
  const other = scene.discord.server('Other group', { channels: ['there'] });
  const away = scene.discord.server('Without the bot', { channels: ['far'], bot: false });
  return { ...scene, other, away };
}

const channelJson = ({ state }: Channel): object => ({
  id: state.id,
  type: state.type,
  name: state.name,
  parent_id: state.parent?.id ?? null,
  permissions: '2147483647',
  app_permissions: '2147483647',
});
export const roleJson = (id: string): object => ({
  id,
  name: 'helpers',
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  position: 1,
  permissions: '0',
  managed: false,
  mentionable: true,
  flags: 0,
});
const userJson = (id: string): object => ({
  id,
  username: 'zoe',
  discriminator: '0',
  global_name: 'Zoe',
  avatar: null,
});

type Case = readonly [what: string, words: RegExp, make: (world: World) => Forged];

const both = (what: string, words: RegExp, make: (world: World) => Forged): Case[] => [
  [what, words, make],
  [`${what}, not resolved`, words, (scene) => ({ value: make(scene).value })],
];

export const channel = (find: (world: World) => Channel) => (scene: World) => {
  const found = find(scene);
  return { value: found.id, as: channelJson(found) };
};

const ofType = (type: number) =>
  channel(({ server }) => {
    const made = server.channel(`of type ${type}`);
    Object.assign(made.state, { type });
    return made;
  });

const noSuchChannel = /This server has no such channel\. .*choose another one/;
const unseen = /I cannot see <#\d+>\. Give me View Channel there, or choose another channel/;
const noPosts = /I can post in text and announcement channels and in threads, not in <#\d+>\. Choose/;
const noSuchRole = /This server has no such role\. Choose/;
const nowhere = '999999999999999999';

/** What is given, what is said of it, and how it is made: for each kind of ids. */
export const cases: Readonly<Record<'users' | 'channels' | 'roles', readonly Case[]>> = {
  channels: [
    ...both(
      'another server’s channel',
      noSuchChannel,
      channel(({ other }) => other.channel('there')),
    ),
    ...both(
      'a channel of a server without the bot',
      unseen,
      channel(({ away }) => away.channel('far')),
    ),
    ...both(
      'a thread of another server',
      noSuchChannel,
      channel(({ other }) => other.thread(other.channel('there'), 'talk')),
    ),
    ...both(
      'a deleted channel',
      noSuchChannel,
      channel(({ server, discord }) => {
        const gone = server.channel('gone');
        discord.faults.deleteChannel(gone);
        return gone;
      }),
    ),
    ...both(
      'a deleted thread',
      noSuchChannel,
      channel(({ server, drills, discord }) => {
        const gone = server.thread(drills, 'gone');
        discord.faults.deleteChannel(gone);
        return gone;
      }),
    ),
    ...both('a voice channel', noPosts, ofType(2)),
    ...both('a category', noPosts, ofType(4)),
    ...both('a stage', noPosts, ofType(13)),
    ...both('a forum', noPosts, ofType(15)),
    ...both('a media channel', noPosts, ofType(16)),
    ...both(
      'a channel that the bot cannot see',
      unseen,
      channel(({ server, discord }) => {
        const secret = server.channel('secret');
        discord.faults.losePermission(secret, 'ViewChannel');
        return secret;
      }),
    ),
    ...both(
      'a private thread that the bot is not in',
      unseen,
      channel(({ server, drills }) => {
        const { builder, world: of } = server.around;
        const thread = new Channel(builder.thread(drills.state, 'private', 12, server.state.ownerId), of);
        return thread;
      }),
    ),
    ...both(
      'a channel in which it may not write',
      /I lack \*\*Send Messages\*\*/,
      channel(({ server, discord }) => {
        const mute = server.channel('mute');
        discord.faults.losePermission(mute, 'SendMessages');
        return mute;
      }),
    ),
    ...both(
      'the bot’s own direct message',
      noSuchChannel,
      channel(({ ada }) => ada.dm),
    ),
    ['an id that is nobody’s', noSuchChannel, () => ({ value: nowhere })],
    ['a path', noSuchChannel, () => ({ value: '../users/@me' })],
    ['nothing', noSuchChannel, () => ({ value: '' })],
    ['a number', noSuchChannel, () => ({ value: 7 })],
  ],
  roles: [
    ...both('@everyone', /I do not mention @everyone\. Choose/, ({ server }) => ({
      value: server.id,
      as: roleJson(server.id),
    })),
    ...both('another server’s role', noSuchRole, ({ other }) => {
      const { id } = other.role('helpers', { mentionable: true });
      return { value: id, as: roleJson(id) };
    }),
    ...both('another server’s @everyone', noSuchRole, ({ other }) => ({
      value: other.id,
      as: roleJson(other.id),
    })),
    ...both('a deleted role', noSuchRole, () => ({ value: nowhere, as: roleJson(nowhere) })),
    ...both('the role of a bot', /<@&\d+> is the role of a bot\. Choose/, ({ server }) => {
      const own = [...server.state.roles.values()].find(({ botId }) => botId);
      return { value: own?.id, as: roleJson(own?.id ?? '') };
    }),
    ['a path', noSuchRole, () => ({ value: '../members/1' })],
    ['nothing', noSuchRole, () => ({ value: '' })],
    ['a number', noSuchRole, () => ({ value: 7 })],
  ],
  users: [
    ...both('somebody of another server', /is not in this server\. Choose/, ({ discord, other }) => {
      const { id } = discord.member('Zoe', { server: other });
      return { value: id, as: userJson(id) };
    }),
    ['an id that is nobody’s', /is not in this server\. Choose/, () => ({ value: nowhere })],
    ['a path', /is not in this server\. Choose/, () => ({ value: '../users/@me' })],
    ['nothing', /is not in this server\. Choose/, () => ({ value: '' })],
    ['a number', /is not in this server\. Choose/, () => ({ value: 7 })],
  ],
};
