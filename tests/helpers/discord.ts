export { type OnInteraction, restOf, startBot } from '../../packages/local-discord/tests/bot.js';
export { startDiscord, type TestDiscordOptions } from '../../packages/local-discord/tests/discord.js';
