import type { Member, Shown } from 'local-discord';
import { expect } from 'vitest';
import { same } from '../helpers/same.js';
import { madeUp } from './scenario-bank.js';

/** What a quiz's channel shows. */
export type Phase =
  | 'lobby'
  | 'open'
  | 'discussing'
  | 'second'
  | 'between'
  | 'paused'
  | 'results'
  /** Something is on its way. */
  | 'waiting';

/** A vote of somebody, as they were told that it stands. */
export interface Vote {
  readonly quiz: string;
  readonly round: number;
  readonly member: Member;
  readonly answer: string;
}

interface Exported {
  readonly places: readonly {
    readonly data: {
      readonly quiz?: readonly {
        readonly quiz: string;
        readonly answers: readonly { readonly round: number }[];
      }[];
    };
  }[];
}

const isReveal = (text: string): boolean =>
  /Time is up ·|Everyone has answered ·|Skipped ·|The quiz was stopped ·|This round does not count/.test(
    text,
  );

/** Holds everything that reaches anybody against what had been revealed by then. */
export class QuizWitness {
  #seen = 0;
  readonly #revealed = new Set<string>();
  /** What was said to stand: a round that is voted on twice takes two of somebody. */
  readonly votes: Vote[] = [];
  /** Receipts by their message, with the round that they are of. */
  readonly #receipts = new Map<string, string>();
  readonly shownRounds = new Set<string>();

  recorded(vote: Vote, messageId: string): void {
    this.votes.push(vote);
    this.#receipts.set(messageId, `${vote.quiz} ${vote.round}`);
  }

  look(shown: readonly Shown[]): void {
    for (const { to, what } of shown.slice(this.#seen)) {
      const text = JSON.stringify(what);
      if (to === undefined) this.#hear(text);
      this.#hold(text, to, what);
    }
    this.#seen = shown.length;
  }

  /** An export. Until the answer is shown it does not even have the bank's numbers of what was chosen. */
  lookAtFile(to: Member, text: string): void {
    this.#hold(text, to.id, {});
    const { places } = JSON.parse(text) as Exported;
    const parts = places.flatMap(({ data }) => data.quiz ?? []);
    for (const { quiz, answers } of parts)
      for (const answer of answers)
        if (!this.shownRounds.has(`${quiz} ${answer.round - 1}`))
          expect(Object.keys(answer), `the export of ${to.name}`).not.toEqual(
            expect.arrayContaining([expect.stringMatching(/^(options|firstVote|right)$/)]),
          );
  }

  /** A card that says that its round is over is the reveal, of its question and of what was answered. */
  #hear(text: string): void {
    // What is asked once more is secret once more, wherever it was told before.
    if (text.includes('"quiz:extend:'))
      for (const { prompt } of madeUp) if (text.includes(prompt)) this.#revealed.delete(prompt);
    if (!isReveal(text)) return;
    for (const { prompt } of madeUp) if (text.includes(prompt)) this.#revealed.add(prompt);
    const ids = /"quiz:a:(\d+):(\d+):|"quiz:(?:choose|form):(\d+):(\d+)"/.exec(text);
    if (ids) this.shownRounds.add(`${ids[1] ?? ids[3]} ${ids[2] ?? ids[4]}`);
  }

  #hold(text: string, to: string | undefined, what: object): void {
    for (const { prompt, secrets, typed } of madeUp) {
      if (this.#revealed.has(prompt)) continue;
      for (const secret of secrets) if (text.includes(secret)) expect.fail(`${secret} to ${to}: ${text}`);
      // Who types it knows it: their own words are told to them.
      if (typed && to === undefined && text.includes(typed)) expect.fail(`${typed} to all: ${text}`);
    }
    same(marksOn(what), [], 'a card that can be answered tells nothing');
    const of = 'id' in what ? this.#receipts.get(String(what.id)) : undefined;
    if (of && /✅|❌|The answer:/.test(text))
      expect(this.shownRounds.has(of), `the receipt of ${of} tells: ${text}`).toBe(true);
  }
}

/** Of a card whose answers can be pressed: whatever sets one of them off. */
function marksOn(what: object): string[] {
  const buttons: { custom_id?: string; style?: number; disabled?: boolean }[] = [];
  JSON.stringify(what, (_, value) => {
    if (/^quiz:(a|choose|form):/.test(value?.custom_id ?? '')) buttons.push(value);
    return value;
  });
  if (!buttons.some(({ disabled }) => !disabled)) return [];
  const styles = new Set(buttons.map(({ style }) => style));
  const marks = /✅|❌/.exec(JSON.stringify(what));
  return [...(styles.size > 1 ? [`styles ${[...styles].join()}`] : []), ...(marks ?? [])];
}
