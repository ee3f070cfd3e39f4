import type { Card, Member, Reply } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { letterOf, restart, stage } from '../helpers/stage.js';

const dayMs = 24 * 60 * 60_000;

/** Asks until a question with this prompt comes; the demo bank has one of each kind. */
async function ask(member: Member, options: string): Promise<Reply> {
  return member.slash(`/question ${options}`);
}

const letterFor = (card: { readonly text: string }, option: string): string => {
  const letter = new RegExp(`^\\*\\*([A-F])\\*\\*\\s+${option}$`, 'm').exec(card.text)?.[1];
  if (!letter) throw new Error(`No option "${option}" in:\n${card.text}`);
  return letter;
};

describe('a question card', () => {
  it('is answered once by everybody, in private, and counts', async () => {
    const { ada, ben, cyd, clock, drills } = await stage();
    const card = await ask(ada, 'advanced topic:queries');
    expect(card.ephemeral).toBe(false);
    const first = await ben.press(card, letterOf(card, true));
    expect(first.ephemeral).toBe(true);
    expect(first.text).toContain('Your answer is recorded');
    expect(first.text).not.toMatch(/\b(correct|wrong)\b/i);
    const second = await ben.press(card, letterOf(card, false));
    expect(second.text).toContain('You have answered already');
    expect(second.text).toContain('the right option');
    await cyd.press(card, letterOf(card, false));
    const counted = drills.waitFor(({ text }) => text.includes('2 answered'));
    await clock.advance(1_500);
    await counted;
    expect(cyd.sees(drills).some(({ text }) => text.includes('the right option'))).toBe(true);
    expect(cyd.sees(drills).filter(({ ephemeral }) => ephemeral)).toHaveLength(1);
  });

  it('counts the first of many presses of the same instant', async () => {
    const { ada, ben } = await stage();
    const card = await ask(ada, 'advanced topic:queries');
    const buttons = ['B', 'A', 'D', 'C', 'A'];
    const presses = await Promise.all(buttons.map((letter) => ben.press(card, letter, { wait: false })));
    const receipts = await Promise.all(presses.map((press) => press.answered()));
    expect(receipts.filter(({ text }) => text.includes('answered already'))).toHaveLength(4);
    for (const { text } of receipts) expect(text).toContain('**B**');
  });

  it('tells nothing before its reveal', async () => {
    const { ada, drills } = await stage();
    await ask(ada, 'any');
    for (const state of drills.last.history) {
      expect(JSON.stringify(state)).not.toContain('explanation');
      expect(JSON.stringify(state)).not.toContain('docs.djangoproject.com');
    }
  });

  it('is revealed by its asker at once and by others after a minute', async () => {
    const { ada, ben, cyd, clock } = await stage();
    const card = await ask(ada, 'advanced topic:queries');
    await ben.press(card, letterOf(card, true));
    await cyd.press(card, letterOf(card, false));
    const early = await ben.press(card, 'Reveal');
    expect(early.ephemeral).toBe(true);
    expect(early.text).toContain(`${ada.mention} can reveal the answer now`);
    await clock.advance('1m');
    await ben.press(card, 'Reveal');
    expect(card.text).toContain('says so itself');
    expect(card.text).toContain(`1 of 2 right: ${ben.mention}`);
    expect(card.buttons.map(({ label, disabled }) => `${label}${disabled ? '-' : ''}`)).toEqual([
      'A-',
      'B-',
      'C-',
      'D-',
      'Another',
    ]);
  });

  it('reveals itself after a day, also when the bot was away meanwhile', async () => {
    const scene = await stage();
    const { ada, clock, drills } = scene;
    const card = await ask(ada, 'advanced topic:queries');
    await restart(scene);
    const revealed = drills.waitFor(({ text }) => text.includes('says so itself'));
    await clock.advanceBy(dayMs);
    await revealed;
    expect((await ada.pressId(card, card.buttons[0]?.customId ?? '')).text).toContain('revealed already');
  });

  it('takes answers after a restart, and still counts the earlier ones', async () => {
    const scene = await stage();
    const { ada, ben, cyd } = scene;
    const card = await ask(ada, 'advanced topic:queries');
    await ben.press(card, letterOf(card, true));
    await restart(scene);
    expect((await ben.press(card, letterOf(card, false))).text).toContain('You have answered already');
    await cyd.press(card, letterOf(card, false));
    await ada.press(card, 'Reveal');
    expect(card.text).toContain('1 of 2 right');
  });

  it('is followed by another with the same filter, from whoever wants it', async () => {
    const { ada, ben } = await stage();
    const card = await ask(ada, 'any topic:queries');
    const another = await ben.press(card, 'Another');
    expect(another.text).toContain('QuerySets and lookups');
    expect(another.text).toContain(`${ben.mention} can reveal now`);
    expect(another.message.id).not.toBe(card.message.id);
  });

  it('shows every question of the pool before it shows one again', async () => {
    const { ada, clock } = await stage();
    const prompts = new Set<string>();
    for (let n = 0; n < 3; n++) {
      const card = await ask(ada, 'any topic:queries');
      prompts.add(card.text.split('\n')[1] ?? '');
      await ada.press(card, 'Reveal');
      await clock.advance('3s');
    }
    expect(prompts.size).toBe(3);
  });

  it('tells when nothing fits', async () => {
    const { ada } = await stage();
    const none = await ask(ada, 'advanced topic:facts');
    expect(none.ephemeral).toBe(true);
    expect(none.text).toContain('No question of the bank fits');
    expect((await ask(ada, 'any topic:querys')).text).toContain('`queries`');
  });

  it('offers topics while they are typed', async () => {
    const { ada } = await stage();
    expect((await ada.complete('/question any topic:que')).map(({ value }) => value)).toEqual(['queries']);
    expect(await ada.complete('/question any topic:')).toHaveLength(3);
  });

  it('refuses forged buttons in plain words', async () => {
    const { ada, ben } = await stage();
    const card = await ask(ada, 'advanced topic:queries');
    const id = card.buttons[0]?.customId ?? '';
    for (const forged of [
      id.replace(/\d$/, '7'),
      id.replace(/:\d+:\d$/, ':1:0'),
      id.replace(':a:', ':form:'),
      id.replace(':a:', ':done:'),
      id.replace(/:a:(\d+):\d$/, ':done:$1:AAB'),
      id.replace(':a:', ':nothing:'),
    ]) {
      const reply = await ben.pressId(card, forged);
      expect(reply.failed).toBeUndefined();
      expect(reply.text).not.toContain('our side');
    }
    await ada.press(card, 'Reveal');
    expect(card.text).toContain('Nobody answered.');
  });
});

describe('the kinds', () => {
  it('true or false has buttons that say so', async () => {
    const { ada } = await stage();
    const card = await ask(ada, 'any kind:"true or false"');
    expect(card.buttons.map(({ label }) => label)).toEqual(['True', 'False', 'Reveal', 'Another']);
    await ada.press(card, 'True');
    await ada.press(card, 'Reveal');
    expect(card.text).toContain(`1 of 1 right: ${ada.mention}`);
  });

  it('multiple choice collects its letters in private', async () => {
    const { ada } = await stage();
    const card = await ask(ada, 'any kind:"multiple choice"');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Choose…', 'Reveal', 'Another']);
    const picker = await ada.press(card, 'Choose…');
    expect(picker.ephemeral).toBe(true);
    expect(picker.message.button('Submit').disabled).toBe(true);
    await ada.press(picker, letterFor(card, 'the first right option'));
    await ada.press(picker, letterFor(card, 'a wrong option'));
    await ada.press(picker, letterFor(card, 'a wrong option'));
    await ada.press(picker, letterFor(card, 'the second right option'));
    await ada.press(picker, 'Submit');
    expect(picker.message.text).toContain('Your answer is recorded');
    await ada.press(card, 'Reveal');
    expect(card.text).toContain(`1 of 1 right: ${ada.mention}`);
  });

  it('ordering takes the letters in their order, and only when all are there', async () => {
    const { ada } = await stage();
    const card = await ask(ada, 'any kind:ordering');
    const picker = await ada.press(card, 'Put in order…');
    await ada.press(picker, letterFor(card, 'step one'));
    await ada.press(picker, letterFor(card, 'step two'));
    expect(picker.message.button('Submit').disabled).toBe(true);
    await ada.press(picker, letterFor(card, 'step three'));
    await ada.press(picker, 'Submit');
    await ada.press(card, 'Reveal');
    expect(card.text).toContain(`1 of 1 right: ${ada.mention}`);
  });

  it('short answers come by a form and are compared kindly', async () => {
    const { ada, ben } = await stage();
    const card = await ask(ada, 'any kind:"short answer"');
    const typed = await ada.submit(await ada.press(card, 'Answer'), { answer: '  `The Word`. ' });
    expect(typed.text).toContain('Your answer is recorded');
    await ben.submit(await ben.press(card, 'Answer'), { answer: 'sword' });
    expect((await ada.press(card, 'Answer')).text).toContain('You have answered already');
    await ada.press(card, 'Reveal');
    expect(card.text).toContain(`1 of 2 right: ${ada.mention}`);
  });

  it('open questions are judged by whoever answered: the program only guesses which key points were named', async () => {
    const { ada } = await stage();
    const card = await ask(ada, 'any kind:"open question" private:true');
    const form = await ada.press(card, 'Answer');
    await ada.submit(form, { answer: 'I measure it, then look for N+1 queries.\n@everyone # big' });
    const [shown] = ada.sees().filter(({ text }) => text.includes('key points'));
    expect(shown?.text).toContain('I measure, look for N+1 queries');
    expect(shown?.text).not.toMatch(/\d of \d/);
    expect(shown?.pings.everyone).toBe(false);

    const points = await ada.press(card, 'Tick my points');
    expect(points.text).toContain('By its words it may name 1, 2: a guess, no score');
    const [select] = points.selects;
    const ticked = await ada.select(points.message, ['0', '2'], { customId: select?.customId ?? '' });
    expect(ticked.message.text).toContain('You named 2 of 4. Still to learn:');
  });

  it('open questions show everybody’s answers once the answer is out, with names, to read on pages', async () => {
    const { ada, ben } = await stage();
    const card = await ask(ada, 'any kind:"open question"');
    await ada.submit(await ada.press(card, 'Answer'), { answer: 'I would ask `EXPLAIN`' });
    await ben.submit(await ben.press(card, 'Answer'), { answer: 'I would guess' });
    const form = card.message.buttons.find(({ label }) => label === 'Answer')?.customId ?? '';
    const early = await ben.pressId(card, `${form.replace(':form:', ':answers:')}:0`);
    expect(early.text).toContain('not out yet');
    await ada.press(card, 'Reveal');
    expect(card.message.text).not.toContain('I would guess');
    const all = await ben.press(card, 'Answers');
    expect(all.ephemeral).toBe(true);
    expect(all.text).toContain(`<@${ada.id}>\n\`\`I would ask \`EXPLAIN\` \`\``);
    expect(all.text).toContain(`<@${ben.id}>\n\`I would guess\``);
  });
});

describe('a private card', () => {
  it('is seen by its asker alone and answers at once', async () => {
    const { ada, ben, drills } = await stage();
    const card = await ask(ada, 'advanced topic:queries private:true');
    expect(card.ephemeral).toBe(true);
    expect(ben.sees(drills)).toEqual([]);
    await ada.press(card, letterFor(card, 'the third wrong option'));
    expect(card.message.text).toContain('❌ **Not this time.**');
    expect(card.message.text).toContain('The third one is wrong for a reason.');
    expect(card.message.text).toContain('says so itself');
    const another = await ada.press(card, 'Another');
    expect(another.ephemeral).toBe(true);
  });

  it('can be given up', async () => {
    const { ada } = await stage();
    const card = await ask(ada, 'advanced topic:queries private:true');
    await ada.press(card, 'Reveal');
    expect(card.message.text).toContain('says so itself');
  });
});

describe('in a direct message', () => {
  it('questions, statistics and help work', async () => {
    const { ada } = await stage();
    const channel = ada.dm;
    const card: Card = (await ada.slash('/question advanced topic:queries', { channel })).message;
    await ada.press(card, letterOf(card, true));
    await ada.press(card, 'Reveal');
    expect(card.text).toContain('1 of 1 right');
    const stats = await ada.slash('/stats', { channel });
    expect(stats.text).toContain('advanced · 100\u00a0% (1\u00a0of\u00a01)');
    const help = await ada.slash('/help', { channel });
    expect(help.text).toContain('belong to a server');
    await expect(ada.slash('/quiz start', { channel })).rejects.toThrow('not for here');
  });
});
