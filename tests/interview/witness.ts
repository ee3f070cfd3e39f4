import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Member, Shown } from 'local-discord';
import { expect } from 'vitest';
import { tempDir } from '../helpers/store.js';

/** Words of one question: its prompt, what everybody may see when they rate, and what only the interviewer may. */
export interface TalkWords {
  readonly prompt: string;
  readonly points: string;
  readonly model: readonly string[];
}

const talkWords = (nth: number): TalkWords => ({
  prompt: `Tell about matter ${nth} of them.`,
  points: `POINT${nth}of`,
  model: [`MODEL${nth}of`, `FLAG${nth}of`, `WHY${nth}of`, `GOOD${nth}of`, `BAD${nth}of`],
});

/** So many open questions of which no two share a word that is secret. */
export const talkBank = Array.from({ length: 18 }, (_, nth) => talkWords(nth));

/** Writes the bank of `talkBank`. @returns its folder */
export async function writeTalkBank(): Promise<string> {
  const dir = await tempDir();
  const questions = talkBank.map(({ prompt, points, model: [model, flag, why, good, bad] }, nth) => ({
    id: `matter-${nth}`,
    level: 'basic',
    kind: 'open',
    prompt,
    keyPoints: ['one', 'two', 'three'].map((name) => ({ point: `${points} ${name}`, phrases: [name] })),
    redFlags: [{ flag, phrases: ['wrong'] }],
    hints: ['Think of the first.', 'Think of the second.'],
    followUps: { base: 'What is it?', why: 'Why is it so?' },
    samples: { good: `${good} one two three`, bad: [`${bad} nothing`, `${bad} something else`] },
    modelAnswer: model,
    explanation: why,
    sources: ['https://docs.djangoproject.com/en/5.2/'],
  }));
  const topic = { topic: 'talks', title: 'Talks', description: 'Made up.', questions };
  await mkdir(join(dir, 'demo'));
  // JSON is YAML.
  await writeFile(join(dir, 'demo', 'talks.yaml'), JSON.stringify(topic));
  return dir;
}

/** Words that somebody handed in about an answer: those that were taken, the last one standing, and those refused. */
export interface SheetWords {
  readonly turn: number;
  readonly subject: number;
  readonly by: Member;
  readonly taken: string[];
  readonly refused: string[];
}

const turnIn = (text: string, action: string): number | undefined => {
  const found = new RegExp(`"interview:${action}:\\d+:(\\d+)[:"]`).exec(text);
  return found ? Number(found[1]) : undefined;
};

/** Holds what reaches anybody's client against what had been shown to all by then. */
export class Witness {
  #seen = 0;
  /** By turn, those who were said to be its interviewer. */
  readonly leads = new Map<number, string[]>();
  readonly #talks = new Map<number, TalkWords>();
  readonly #asked = new Set<TalkWords>();
  /** Turns whose question has lost its buttons; those for which feedback was called. */
  readonly #ended = new Set<number>();
  readonly #rated = new Set<number>();
  /** Whose answers are spoken of, by turn and place. */
  readonly of = new Map<string, string>();
  readonly shown = new Set<number>();
  readonly sheets = new Map<string, SheetWords>();
  /** Of the written format: answers by turn and author. */
  readonly answers = new Map<string, SheetWords>();
  readonly #isBlind: boolean;
  /** The turn whose roles were said last. */
  turn = -1;

  /** Whose each channel of direct messages is. */
  readonly #direct: ReadonlyMap<string, string>;

  /** @param isBlind whether answers are shown only when all are in */
  constructor(isBlind: boolean, members: readonly Member[]) {
    this.#isBlind = isBlind;
    this.#direct = new Map(members.map(({ id, dm }) => [dm.id, id]));
  }

  sheetOf(turn: number, subject: number, by: Member): SheetWords {
    return entry(this.sheets, { turn, subject, by });
  }

  answerOf(turn: number, by: Member): SheetWords {
    return entry(this.answers, { turn, subject: 0, by });
  }

  /** Looks through everything that has reached a client since the last time. */
  look(shown: readonly Shown[]): void {
    for (const { channelId, what, to = this.#direct.get(channelId) } of shown.slice(this.#seen)) {
      const text = JSON.stringify(what);
      if (to === undefined) this.#hear(text);
      this.#hold(text, to);
    }
    this.#seen = shown.length;
  }

  /** A file that somebody was given. */
  lookAtFile(to: Member, text: string): void {
    this.#hold(text, to.id);
  }

  /** What all are told changes what may be seen. */
  #hear(text: string): void {
    const brief = turnIn(text, 'ask');
    if (brief !== undefined) this.turn = brief;
    const lead = /\*\*Interviewer\*\* <@(\d+)>/.exec(text) ?? /<@(\d+)> interviews now/.exec(text);
    const leads = this.leads.get(this.turn) ?? [];
    if (lead?.[1] && leads.at(-1) !== lead[1]) this.leads.set(this.turn, [...leads, lead[1]]);
    const candidate = /\*\*Candidate\*\* <@(\d+)>/.exec(text);
    if (brief !== undefined && candidate?.[1]) this.of.set(`${brief}.0`, candidate[1]);
    const asked = turnIn(text, 'answer');
    const talk = talkBank.find(({ prompt }) => text.includes(prompt));
    if (asked !== undefined && talk) {
      this.#take(asked, talk);
      this.#asked.add(talk);
    }
    if (text.includes('The time for this answer is over.'))
      for (const [turn, one] of this.#talks) if (one === talk) this.#ended.add(turn);
    for (const label of ['feedback', 'rate']) {
      const rated = turnIn(text, label);
      if (rated !== undefined) this.#rated.add(rated);
    }
    const results = turnIn(text, 'mine');
    if (results === undefined) return;
    this.shown.add(results);
    for (const [, letter = '', id = ''] of text.matchAll(/\*\*([A-H])\*\* <@(\d+)>/g))
      this.of.set(`${results}.${'ABCDEFGH'.indexOf(letter)}`, id);
  }

  #take(turn: number, talk: TalkWords): void {
    expect(this.#talks.get(turn) ?? talk, `the question of turn ${turn}`).toBe(talk);
    this.#talks.set(turn, talk);
  }

  #hold(text: string, to: string | undefined): void {
    const sheet = turnIn(text, 'page');
    const form = turnIn(text, 'points');
    for (const talk of talkBank) {
      const turn = [...this.#talks].find(([, one]) => one === talk)?.[0];
      if (turn !== undefined && this.shown.has(turn)) continue;
      const words = [talk.points, ...talk.model, ...(this.#asked.has(talk) ? [] : [talk.prompt])];
      const found = words.filter((word) => text.includes(word));
      if (found.length === 0) continue;
      const what = `${found.join()} to ${to ?? 'all'}: ${text}`;
      expect(to, what).toBeDefined();
      if (sheet !== undefined) {
        expect(this.leads.get(sheet) ?? [], what).toContain(to);
        this.#take(sheet, talk);
      } else {
        expect(found, what).toEqual([talk.points]);
        expect([turn, this.#rated.has(form ?? -1)], what).toEqual([form, true]);
      }
    }
    // What somebody hands in is theirs until all is shown, and then also theirs of whom it is: nobody else's, ever.
    for (const { turn, subject, by, taken, refused } of this.sheets.values())
      for (const words of to === by.id ? [] : [...taken, ...refused].filter((one) => text.includes(one)))
        expect([to, this.shown.has(turn)], `${words} to ${to}: ${text}`).toEqual([
          this.of.get(`${turn}.${subject}`),
          true,
        ]);
    for (const { turn, by, taken, refused } of this.#isBlind ? this.answers.values() : [])
      for (const words of to === by.id ? [] : [...taken, ...refused].filter((one) => text.includes(one)))
        expect(this.#ended.has(turn), `${words} to ${to}: ${text}`).toBe(true);
  }
}

function entry(
  map: Map<string, SheetWords>,
  { turn, subject, by }: Pick<SheetWords, 'turn' | 'subject' | 'by'>,
): SheetWords {
  const key = `${turn}.${subject}.${by.id}`;
  const found = map.get(key) ?? { turn, subject, by, taken: [], refused: [] };
  map.set(key, found);
  return found;
}
