import type { Card, Member, Reply } from 'local-discord';
import { chanceOf } from './chance.js';
import { fillMarks, fillPoints, textFor } from './interview-lines.js';

/**
 * What could be written or ticked by a button of an interview. It is asked inside this process only: the answer reaches
 * no client.
 */
export type Helps = (customId: string) => Promise<MateHelp | undefined>;

export interface MateHelp {
  /** The best first. */
  readonly texts?: readonly string[];
  readonly points?: readonly (readonly number[] | undefined)[];
}

interface Mate {
  readonly member: Member;
  readonly skill: number;
}

export interface InterviewMatesOptions {
  readonly all: readonly Mate[];
  readonly helps?: Helps | undefined;
  /** Lets somebody do something after so many milliseconds of their time. */
  plan(delayMs: number, act: () => Promise<void>): void;
}

const readsMs = { least: 4_000, most: 9_000 };
const speaksMs = { least: 9_000, most: 20_000 };
const ticksMs = { least: 5_000, most: 14_000 };
/** From the answer on: one follow-up, then the end. */
const followUpAfterMs = 6_000;
const timeUpAfterMs = 25_000;
/** A candidate who says nothing for so long gets a hint. */
const hintAfterMs = 75_000;
/** Own answer and two others'. */
const mostRatings = 3;

const roleIn = (text: string, role: string): string | undefined =>
  new RegExp(`\\*\\*${role}\\*\\* <@(\\d+)>`).exec(text)?.[1];
const has = (card: Card, label: string): boolean => card.buttons.some((button) => button.label === label);
const isOpen = (card: Card, label: string): boolean =>
  card.buttons.some((button) => button.label === label && !button.disabled);

/**
 * Classmates in mock interviews: as interviewer they read, ask, follow up and end; as candidate they answer in the form;
 * then they hand in feedback. They know what to do by the cards that everybody sees.
 */
export class InterviewMates {
  readonly #options: InterviewMatesOptions;
  readonly #done = new Set<string>();
  /** By channel: the question that is being answered. */
  readonly #asked = new Map<string, Card>();

  constructor(options: InterviewMatesOptions) {
    this.#options = options;
  }

  /** Something was posted or edited in a channel. */
  look(card: Card): void {
    const { channel } = card.state;
    if (has(card, 'Sheet') && has(card, 'Ask'))
      this.#mate(roleIn(card.text, 'Interviewer'), (mate) => this.#ask(mate, card));
    else if (has(card, 'Hint') && has(card, 'Time is up')) this.#question(card);
    else if (has(card, 'Answer') && has(card, 'Time is up'))
      for (const mate of this.#options.all) this.#answer(mate, card);
    else if (has(card, 'Feedback') || has(card, 'Rate'))
      for (const mate of this.#options.all) this.#feedback(mate, card);
    else if (this.#asked.has(channel.id)) this.#heard(card);
  }

  #ask(mate: Mate, card: Card): void {
    this.#once(mate, card, readsMs, async () => {
      await this.#press(mate, card, 'Sheet');
      await this.#press(mate, card, 'Ask');
    });
  }

  #question(card: Card): void {
    this.#asked.set(card.state.channel.id, card);
    this.#mate(roleIn(card.text, 'Candidate'), (mate) => this.#answer(mate, card));
    this.#mate(roleIn(card.text, 'Interviewer'), (mate) => {
      this.#once(mate, card, { least: hintAfterMs, most: hintAfterMs }, async () => {
        if (!this.#done.has(`${card.id} heard`)) await this.#press(mate, card, 'Hint');
      });
    });
  }

  #answer(mate: Mate, card: Card): void {
    this.#once(mate, card, speaksMs, async () => {
      const form = await this.#press(mate, card, 'Answer');
      const help = await this.#help(card, 'Answer');
      if (form?.kind !== 'modal') return;
      await mate.member.submit(form, { answer: textFor(help?.texts ?? [], mate.skill) });
    });
  }

  /** The candidate has said something, by the form or in the channel: the interviewer goes on. */
  #heard(card: Card): void {
    const question = this.#asked.get(card.state.channel.id);
    const candidate = question && roleIn(question.text, 'Candidate');
    if (!question || !candidate) return;
    const isTheirs = card.state.authorId === candidate || card.text.includes(`<@${candidate}> answers`);
    if (!isTheirs || this.#done.has(`${question.id} heard`)) return;
    this.#done.add(`${question.id} heard`);
    this.#mate(roleIn(question.text, 'Interviewer'), (mate) => {
      this.#options.plan(followUpAfterMs, async () => void (await this.#press(mate, question, 'Follow-up')));
      this.#options.plan(timeUpAfterMs, async () => void (await this.#press(mate, question, 'Time is up')));
    });
  }

  #feedback(mate: Mate, card: Card): void {
    const label = has(card, 'Rate') ? 'Rate' : 'Feedback';
    this.#once(mate, card, ticksMs, async () => {
      const help = await this.#help(card, label);
      for (let nth = 0; nth < (label === 'Rate' ? mostRatings : 1); nth++) {
        const form = await this.#press(mate, card, label);
        if (form?.kind !== 'modal') return;
        const subject = Number(form.modal.customId.split(':')[4]);
        const chance = chanceOf(`${card.id} ${mate.member.name} ${subject}`);
        const given = fillPoints(form.modal, help?.points?.[subject], chance);
        const noted = await mate.member.submit(form, given.values);
        if (label === 'Rate') continue;
        const marks = await mate.member.press(noted, 'Marks');
        if (marks.kind === 'modal')
          await mate.member.submit(marks, fillMarks(marks.modal, given.share, chance));
      }
    });
  }

  #mate(id: string | undefined, act: (mate: Mate) => void): void {
    const mate = this.#options.all.find(({ member }) => member.id === id);
    if (mate) act(mate);
  }

  /** Once for each person and card, however often it is edited. */
  #once(mate: Mate, card: Card, within: { least: number; most: number }, act: () => Promise<void>): void {
    const key = `${card.id} ${mate.member.id}`;
    if (this.#done.has(key)) return;
    this.#done.add(key);
    const chance = chanceOf(key);
    this.#options.plan(within.least + (within.most - within.least) * chance(), act);
  }

  /** Undefined for what the card does not offer any more. */
  async #press({ member }: Mate, card: Card, label: string): Promise<Reply | undefined> {
    return isOpen(card, label) ? member.press(card, label) : undefined;
  }

  async #help(card: Card, label: string): Promise<MateHelp | undefined> {
    const customId = card.buttons.find((button) => button.label === label)?.customId;
    return customId === undefined ? undefined : this.#options.helps?.(customId);
  }
}
