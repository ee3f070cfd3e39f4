/**
 * For bots that are run as they are: `node --import local-discord/register bot.js` sends every discord.js client of
 * the process to the local Discord at `LOCAL_DISCORD_API`. The bot itself needs the local token, as `DISCORD_TOKEN`
 * or however it takes one.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface RestModule {
  readonly DefaultRestOptions: { api: string };
}

const api = process.env['LOCAL_DISCORD_API'];
if (!api)
  throw new Error('Set LOCAL_DISCORD_API to the apiUrl of a LocalDiscord, e.g. http://127.0.0.1:4000/api');

// The bot's own copy of discord.js counts, and of its REST client the one that discord.js uses.
const ofBot = createRequire(join(process.cwd(), 'package.json'));
const ofLibrary = createRequire(ofBot.resolve('discord.js'));
(ofLibrary('@discordjs/rest') as RestModule).DefaultRestOptions.api = api;
