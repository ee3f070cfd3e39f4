import { errors } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import type { Interaction } from '../interaction.js';
import { isoTime } from '../iso-time.js';
import { type MessageBody, MessageFlag } from '../json.js';
import { may } from '../permissions.js';
import { memberJson, threadMemberJson } from '../shapes.js';
import { type ChannelState, ChannelType } from '../state.js';
import type { Api } from './api.js';
import { announce } from './channel-events.js';

const withoutMessages: readonly number[] = [ChannelType.category, ChannelType.forum, ChannelType.media];

/**
 * Whether the bot may post this here.
 * @throws ApiError 50008, 50013, 50007, 50278 or 160005
 */
export function mayWrite(api: Api, channel: ChannelState, body: MessageBody, uploads: number): void {
  const { world } = api;
  const can = (...names: Parameters<typeof may>[2][]): boolean => may(channel, world.bot.id, ...names);
  if (withoutMessages.includes(channel.type)) throw errors.notATextChannel();
  if (!can(channel.thread ? 'SendMessagesInThreads' : 'SendMessages')) throw errors.missingPermissions();
  if (uploads > 0 && !can('AttachFiles')) throw errors.missingPermissions();
  if (body.tts && !can('SendTTSMessages')) throw errors.missingPermissions();
  const embedsAlone =
    !!body.embeds?.length && !body.content?.trim() && uploads === 0 && !body.components?.length;
  if (embedsAlone && !can('EmbedLinks')) throw errors.missingPermissions();
  if (channel.thread?.locked && !can('ManageThreads')) throw errors.threadLocked();
  const person = channel.guild ? undefined : channel.recipients.find((id) => id !== world.bot.id);
  if (person === undefined) return;
  const mutual = [...world.guilds.values()].some((guild) => guild.hasBot && guild.members.has(person));
  if (!mutual) throw errors.noMutualServer();
  if (world.users.get(person)?.refusesDirectMessages) throw errors.cannotSendToUser();
}

/** Somebody writes in a channel: if that is a thread, it comes back from the archive, and she joins it. */
export function wakeThread(
  api: Pick<Api, 'gateway' | 'world'>,
  channel: ChannelState,
  userId: string | undefined,
): void {
  const { thread } = channel;
  if (!thread || !channel.guild) return;
  if (thread.archived) {
    thread.archived = false;
    thread.archiveChangedAt = isoTime(channel.guild.now());
    api.world.threadChanged.emit(channel);
    announce(api, channel, 'UPDATE');
    tellOwnMembership(api, channel);
  }
  if (userId !== undefined) joinThread(api, channel, userId);
}

/** An answer that everybody sees wakes a thread as any other message does. */
export function wakeByAnswer(
  api: Pick<Api, 'gateway' | 'world'>,
  { channel }: Pick<Interaction, 'channel'>,
  { flags }: MessageBody,
): void {
  if (((flags ?? 0) & MessageFlag.ephemeral) === 0) wakeThread(api, channel, undefined);
}

/** After a thread came back from the archive: a bot that is a member may have it in memory no longer. */
export function tellOwnMembership(
  { gateway, world }: Pick<Api, 'gateway' | 'world'>,
  thread: ChannelState,
): void {
  if (!thread.thread?.members.has(world.bot.id)) return;
  const json = { ...threadMemberJson(thread, world.bot.id), guild_id: thread.guild?.id };
  gateway.dispatchIn(thread, Intent.guilds, 'THREAD_MEMBER_UPDATE', JSON.stringify(json));
}

/** Makes somebody a member of a thread, and tells the bot. */
export function joinThread(api: Pick<Api, 'gateway' | 'world'>, channel: ChannelState, userId: string): void {
  const { thread, guild } = channel;
  if (!thread || !guild || thread.members.has(userId)) return;
  thread.members.set(userId, isoTime(guild.now()));
  channel.permissions.delete(userId);
  channel.revision += 1;
  if (userId === api.world.bot.id && channel.type === ChannelType.privateThread)
    announce(api, channel, 'UPDATE');
  const member = guild.members.get(userId);
  const added = [
    { ...threadMemberJson(channel, userId), member: member && memberJson(member), presence: null },
  ];
  tellMembers(api, channel, { added_members: added });
}

export function leaveThread(
  api: Pick<Api, 'gateway' | 'world'>,
  channel: ChannelState,
  userId: string,
): void {
  if (!channel.thread?.members.has(userId)) return;
  tellMembers(api, channel, { removed_member_ids: [userId] });
  channel.thread.members.delete(userId);
  channel.permissions.delete(userId);
  channel.revision += 1;
}

function tellMembers({ gateway }: Pick<Api, 'gateway'>, channel: ChannelState, change: object): void {
  const { guild, thread } = channel;
  const event = {
    id: channel.id,
    guild_id: guild?.id,
    member_count: Math.min(50, thread?.members.size ?? 0),
    ...change,
  };
  gateway.dispatchIn(channel, Intent.guilds, 'THREAD_MEMBERS_UPDATE', JSON.stringify(event));
}
