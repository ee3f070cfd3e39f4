import { GatewayIntentBits } from 'discord.js';
import { LocalDiscord } from '../src/index.js';
import { restOf } from './bot.js';

export interface Refusal {
  readonly code?: number;
  readonly message?: string;
  readonly errors?: unknown;
}

/**
 * A server with what requests are refused for, and `ask`, in which `:general` stands for that channel's id. What is
 * refused changes nothing, so all tests of a file share one, which is to be closed after the last.
 */
export async function refusing() {
  const discord = await LocalDiscord.start({ privilegedIntents: GatewayIntentBits.GuildMembers });
  const server = discord.server('Study group', {
    channels: ['general', 'secret'],
    botPermissions: [
      'ViewChannel',
      'SendMessages',
      'ReadMessageHistory',
      'EmbedLinks',
      'PinMessages',
      'ManageMessages',
    ],
  });
  const elsewhere = discord.server('Elsewhere', { bot: false });
  const ada = discord.member('Ada', { server });
  const [general, secret] = [server.channel('general'), server.channel('secret')];
  const category = server.channel('Rooms', { type: 'category' });
  discord.faults.losePermission(secret, 'ViewChannel');
  const hers = ada.says('Mine');
  await restOf(discord).put(`/channels/${general.id}/messages/pins/${hers.id}`);
  const note = general.last;
  const ids: Readonly<Record<string, string>> = {
    general: general.id,
    secret: secret.id,
    category: category.id,
    guild: server.id,
    elsewhere: elsewhere.id,
    ada: ada.id,
    bot: discord.world.bot.id,
    hers: hers.id,
    note: note.id,
  };
  const named = (text: string): string => text.replaceAll(/:([a-z]+)/g, (all, name) => ids[name] ?? all);
  const ask = async (
    method: string,
    path: string,
    body: unknown,
    { type = 'application/json', raw = false, empty = false } = {},
  ): Promise<{ status: number; json: Refusal }> => {
    const sent =
      typeof body === 'string' && !raw ? body : body && named(raw ? String(body) : JSON.stringify(body));
    const response = await fetch(`${discord.apiUrl}/v10${named(path)}`, {
      method,
      headers: { authorization: `Bot ${discord.token}`, 'content-type': type },
      ...(typeof sent === 'string' && { body: Buffer.from(sent) }),
    });
    return { status: response.status, json: (empty ? {} : await response.json()) as Refusal };
  };
  return { discord, ask };
}
