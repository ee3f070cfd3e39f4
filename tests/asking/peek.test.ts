import { expect, it } from 'vitest';
import { answerSlowly, openerOn } from '../../src/sandbox/web/slow-answers.js';
import { stage } from '../helpers/stage.js';

it('whoever knows a card answers it rightly by picker and form, as classmates of the sandbox do', async () => {
  const { ada, ben, bot, clock, drills } = await stage();
  const openers = new Set<string>();
  for (let asked = 0; asked < 12 && openers.size < 3; asked++) {
    const card = (await ada.slash('/question any topic:kinds')).message;
    const opener = openerOn(card);
    if (opener && !openers.has(opener)) {
      openers.add(opener);
      const { customId = '' } = card.button(opener);
      const help = await bot.app.helpFor(customId);
      await answerSlowly(ben, card, help?.texts, () => 0);
      await ada.press(card, 'Reveal');
      await drills.waitFor(({ id, text }) => id === card.id && text.includes('1 of 1 right'));
    }
    await clock.advance('10s');
  }
  expect(openers.size).toBe(3);
});
