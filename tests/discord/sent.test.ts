import { REST } from 'discord.js';
import type { LocalDiscord } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { restMessenger } from '../../src/discord/messenger.js';
import { restSentMessages } from '../../src/discord/sent.js';
import { restOf, startDiscord } from '../helpers/discord.js';

const mark = '1001-2026-01-05';
const card = (id: string) => ({
  components: [
    {
      type: 1 as const,
      components: [{ type: 2 as const, style: 2 as const, label: 'A', custom_id: `daily:a:${id}:0` }],
    },
  ],
});

async function scene(): Promise<{
  discord: LocalDiscord;
  channelId: string;
  send(id: string): Promise<string>;
  find(sinceMs?: number): Promise<unknown>;
}> {
  const discord = await startDiscord();
  const drills = discord.server('Study group', { channels: ['drills'] }).channel('drills');
  const rest = restOf(discord);
  const messenger = restMessenger(rest);
  const sent = restSentMessages(rest);
  return {
    discord,
    channelId: drills.id,
    send: (id) => messenger.send(drills.id, card(id)),
    find: (sinceMs = Date.now()) => sent.find(drills.id, mark, sinceMs),
  };
}

describe('a message of which no answer came back', () => {
  it('is there once, in a channel and as a direct message, when the library has asked again', async () => {
    const discord = await startDiscord();
    const ada = discord.member('Ada');
    const messenger = restMessenger(new REST({ api: discord.apiUrl }).setToken(discord.token));
    const loses = (): unknown =>
      discord.faults.next('POST /channels/:id/messages', { status: 502, after: true });
    loses();
    const messageId = await messenger.send(ada.channel.id, card('1'));
    loses();
    await messenger.sendDirect(ada.id, card('2'));
    expect(ada.channel.messages.map(({ id }) => id)).toEqual([messageId]);
    expect(ada.dm.messages).toHaveLength(1);
    // Two messages that say the same are two all the same.
    await messenger.send(ada.channel.id, card('1'));
    expect(ada.channel.messages).toHaveLength(2);
  });

  it('is found by its buttons, among others', async () => {
    const { send, find } = await scene();
    await send('1001-2026-01-04');
    const messageId = await send(mark);
    await send('1001-2026-01-06');
    expect(await find()).toEqual({ messageId });
  });

  it('is absent from a channel without messages, or with others only', async () => {
    const { send, find } = await scene();
    expect(await find()).toBe('absent');
    await send('1001-2026-01-04');
    expect(await find()).toBe('absent');
  });

  it('is found behind a hundred others', async () => {
    const { send, find } = await scene();
    const messageId = await send(mark);
    for (let other = 0; other < 120; other++) await send(`9-${other}`);
    expect(await find()).toEqual({ messageId });
    expect(await find(Date.now() + 3_600_000)).toBe('absent');
  });

  it('cannot be known of where the history is hidden, unless nothing was written since', async () => {
    const { discord, channelId, send, find } = await scene();
    const channel = discord.people.servers[0]?.channel('drills');
    expect(channel?.id).toBe(channelId);
    if (channel) discord.faults.losePermission(channel, 'ReadMessageHistory');
    expect(await find()).toBe('absent');
    await send(mark);
    expect(await find()).toBe('unknown');
    expect(await find(Date.now() + 3_600_000)).toBe('absent');
  });

  it('is gone with its channel, and cannot be known of where the channel is hidden', async () => {
    const { discord, find, send } = await scene();
    await send(mark);
    const channel = discord.people.servers[0]?.channel('drills');
    if (!channel) throw new Error('No channel');
    discord.faults.losePermission(channel, 'ViewChannel');
    expect(await find()).toBe('unknown');
    discord.faults.deleteChannel(channel);
    expect(await find()).toBe('absent');
  });

  it('is looked for later when Discord is out of reach', async () => {
    const { discord, find } = await scene();
    discord.faults.next('GET /channels/:id/messages', { status: 502, times: 10 });
    await expect(find()).rejects.toThrow();
  });
});
