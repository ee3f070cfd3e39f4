import { describe, expect, it } from 'vitest';
import { letterOf, stage } from '../helpers/stage.js';

describe('a picker', () => {
  it('shows every option in full, and there is one for each person: a second one keeps the choice', async () => {
    const { ada, ben, drills } = await stage();
    const card = (await ada.slash('/question any kind:"multiple choice"')).message;
    const first = await ada.press(card, 'Choose…');
    for (const option of ['the first right option', 'the second right option', 'a wrong option'])
      expect(first.text).toContain(option);
    await ada.press(first, 'A');
    const second = await ada.press(card, 'Choose…');
    expect(second.text).toContain('☑ **A**');
    await ada.press(second, 'Submit');
    expect(second.message.text).toContain('Your answer is recorded');
    expect(ada.sees(drills).filter(({ text }) => text.includes('Your choice so far'))).toEqual([]);
    expect(ben.sees(drills).filter(({ ephemeral }) => ephemeral)).toEqual([]);
  });

  it('on a private card takes its place, and the card shows the result', async () => {
    const { ada, drills } = await stage();
    const asked = await ada.slash('/question any kind:ordering private:true');
    const card = asked.message;
    await ada.press(card, 'Put in order…');
    expect(card.text).toContain('Your order so far');
    for (const step of ['step one', 'step two', 'step three']) {
      const letter = new RegExp(`\\*\\*([A-F])\\*\\*  ${step}`).exec(card.text)?.[1] ?? '';
      await ada.press(card, letter);
    }
    await ada.press(card, 'Submit');
    expect(card.text).toContain('✅ **Right.**');
    expect(ada.sees(drills).filter(({ ephemeral }) => ephemeral)).toHaveLength(1);
  });
});

describe('a private card', () => {
  it('pressed twice shows its result twice', async () => {
    const { ada, drills } = await stage();
    const card = (await ada.slash('/question advanced topic:queries private:true')).message;
    const letter = letterOf(card, true);
    const presses = await Promise.all([1, 2].map(() => ada.press(card, letter, { wait: false })));
    await Promise.all(presses.map((press) => press.answered()));
    expect(card.text).toContain('✅ **Right.**');
    expect(ada.sees(drills).map(({ text }) => text)).toEqual([card.text]);
  });

  it('is of no use to anybody else, whose forged press is told so', async () => {
    const { ada, ben } = await stage();
    const card = (await ada.slash('/question advanced topic:queries private:true')).message;
    const mine = (await ben.slash('/question any topic:queries private:true')).message;
    const forged = await ben.pressId(mine, card.button('A').customId ?? '');
    expect(forged.text).toContain('belongs to somebody else');
    await ada.press(card, letterOf(card, true));
    expect(card.text).toContain('✅ **Right.**');
  });
});

describe('buttons of another server', () => {
  it('neither answer nor reveal', async () => {
    const { ada, discord, clock } = await stage();
    const card = (await ada.slash('/question advanced topic:queries')).message;
    const other = discord.server('Elsewhere', { channels: ['there'] });
    const dan = discord.member('Dan', { server: other });
    await clock.settle();
    const theirs = (await dan.slash('/question any topic:queries', { channel: other.channel('there') }))
      .message;
    for (const label of ['A', 'Reveal', 'Another']) {
      const reply = await dan.pressId(theirs, card.button(label).customId ?? '');
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toContain('of no use here');
    }
    await ada.press(card, 'Reveal');
    expect(card.text).toContain('Nobody answered.');
  });
});

describe('a form', () => {
  it('shows the whole question', async () => {
    const { ada } = await stage();
    const card = (await ada.slash('/question any kind:"open question"')).message;
    const form = (await ada.press(card, 'Answer')).modal;
    const prompt = card.text.split('\n')[1] ?? '';
    expect(form.text).toContain(prompt);
  });

  it.each(['   ', '\u200b\u2060', '\u3164'])(
    'that holds nothing visible (%j) does not use up the answer',
    async (blank) => {
      const { ada } = await stage();
      const card = (await ada.slash('/question any kind:"short answer"')).message;
      const refused = await ada.submit(await ada.press(card, 'Answer'), { answer: blank });
      expect(refused.text).toContain('blank');
      const typed = await ada.submit(await ada.press(card, 'Answer'), { answer: 'the word' });
      expect(typed.text).toContain('Your answer is recorded');
    },
  );

  it.each([
    ['__str__', '`__str__`'],
    ['**x** and `y`', '``**x** and `y` ``'],
    ['@everyone # big', '`@everyone # big`'],
  ])('takes %j and shows it unharmed', async (answer, shown) => {
    const { ada } = await stage();
    const card = (await ada.slash('/question any kind:"short answer"')).message;
    const typed = await ada.submit(await ada.press(card, 'Answer'), { answer });
    expect(typed.text).toContain(shown);
    expect(typed.message.pings.everyone).toBe(false);
  });
});

describe('statistics', () => {
  it('tell nothing of an answer before its reveal', async () => {
    const { ada, ben } = await stage();
    const card = (await ada.slash('/question advanced topic:queries')).message;
    const before = (await ben.slash('/stats')).text;
    await ben.press(card, letterOf(card, true));
    expect((await ben.slash('/stats')).text).toBe(before);
    await ada.press(card, 'Reveal');
    expect((await ben.slash('/stats')).text).not.toBe(before);
  });
});

describe('a reveal', () => {
  it('that Discord did not take from the press still comes', async () => {
    const { ada, clock, discord } = await stage();
    const card = (await ada.slash('/question advanced topic:queries')).message;
    discord.faults.next('POST /interactions/:id/:token/callback', { status: 503, times: 4 });
    discord.faults.next('PATCH /channels/:id/messages/:message', { status: 503, times: 4 });
    await ada.press(card, 'Reveal', { wait: false });
    await clock.settle();
    expect(card.text).not.toContain('says so itself');
    await clock.advance('1m');
    expect(card.text).toContain('says so itself');
  });
});
