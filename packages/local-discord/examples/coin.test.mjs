import assert from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { closeAndCheck, LocalDiscord, matchers } from 'local-discord';

test('the coin shows a side, and shows one again', async () => {
  const discord = await LocalDiscord.start();
  const ada = discord.member('Ada');
  const bot = spawn(process.execPath, ['--import', 'local-discord/register', 'coin.mjs'], {
    env: { ...process.env, LOCAL_DISCORD_API: discord.apiUrl, DISCORD_TOKEN: discord.token },
    stdio: 'inherit',
  });
  try {
    await discord.commandsRegistered();
    const card = await ada.slash('/flip');
    assert.match(card.text, /^(Heads|Tails)!$/);
    assert.match((await ada.press(card, 'Again')).text, /^(Heads|Tails)!$/);
    assert(matchers.toBeEphemeral(await ada.slash('/odds')).pass);
  } finally {
    // First the bot: one whose Discord is gone tries to come back for ever.
    const gone = once(bot, 'exit');
    bot.kill();
    await gone;
    await closeAndCheck(discord);
  }
});
