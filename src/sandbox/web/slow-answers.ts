import type { Card, Member, Reply } from 'local-discord';

/** Buttons that open a private picker, by what it asks for; and the one that opens a form. */
const openers = ['Choose…', 'Put in order…', 'Answer'] as const;
type Opener = (typeof openers)[number];

/** What somebody types who does not know. */
const guesses = ['No idea', 'Something with models', 'I would have to look it up', 'settings'];

/** The button by which a card takes an answer that is more than one press; undefined where it takes none. */
export function openerOn(card: Card): Opener | undefined {
  const open = card.buttons.filter(({ disabled }) => !disabled).map(({ label }) => label);
  const opener = openers.find((label) => open.includes(label));
  // Questions to talk about have the same button.
  return opener === 'Answer' && !card.text.includes('short answer') ? undefined : opener;
}

/**
 * Answers by a picker or a form, as people do.
 * @param known the letters to choose in their order, or the words to type; absent: it is a guess
 */
export async function answerSlowly(
  member: Member,
  card: Card,
  known: readonly string[] | undefined,
  chance: () => number,
): Promise<void> {
  const opener = openerOn(card);
  if (!opener) return;
  const opened = await member.press(card, opener);
  if (opener === 'Answer') {
    const typed = known?.[0] ?? guesses[Math.floor(chance() * guesses.length)] ?? '';
    await member.submit(opened, { answer: typed });
    return;
  }
  const all = lettersIn(opened);
  const guess = opener === 'Choose…' ? [all[Math.floor(chance() * all.length)] ?? ''] : shuffled(all, chance);
  let picker = opened;
  for (const letter of known ?? guess) picker = await member.press(picker, letter);
  await member.press(picker, 'Submit');
}

const lettersIn = (picker: Reply): string[] =>
  picker.buttons.map(({ label }) => label).filter((label) => /^[A-F]$/.test(label));

function shuffled(all: readonly string[], chance: () => number): string[] {
  return all
    .map((letter) => ({ letter, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ letter }) => letter);
}
