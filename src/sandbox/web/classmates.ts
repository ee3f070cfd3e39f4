import { Card, type LocalDiscord, type Member, type MessageChange, Refused } from 'local-discord';
import { chanceOf } from './chance.js';
import { type Helps, InterviewMates } from './interview-mates.js';
import { answerSlowly, openerOn } from './slow-answers.js';

export interface Classmate {
  readonly member: Member;
  /** How probably she knows the right answer. */
  readonly skill: number;
  /** 1: thinks as long as most do; less is quicker. */
  readonly slowness: number;
}

/**
 * Whether a button of an open round or card is the right one; undefined when that is not known. It is asked inside this
 * process only: the answer reaches no client.
 */
export type Knows = (customId: string) => Promise<boolean | undefined>;

export interface ClassmatesOptions {
  readonly discord: LocalDiscord;
  readonly all: readonly Classmate[];
  readonly knows?: Knows | undefined;
  readonly helps?: Helps | undefined;
  /** Learns of what a classmate could not do; nothing else comes of it. */
  readonly onFault?: (error: unknown) => void;
  /** 0.1: ten times as quick, for tests. */
  readonly pace?: number | undefined;
}

const joinWithinMs = { from: 700, to: 3_500 };
const thinkMs = { least: 1_500, most: 11_000 };
/** Of each channel, after a start. */
const newestSeen = 10;
/** Nobody answers in the very last moment. */
const ofTimeLeft = 0.75;

/**
 * People of the sandbox who join quizzes in their lobby and answer rounds, question cards and daily questions like
 * others: by pressing buttons, in pickers and in forms. They know these by what everybody sees: a button `Join`, letters
 * to press, and buttons that open something.
 */
export class Classmates {
  #here = true;
  readonly #seen = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stopListening: () => void;

  readonly #interviews: InterviewMates;

  readonly options: ClassmatesOptions;

  constructor(options: ClassmatesOptions) {
    this.options = options;
    this.#interviews = new InterviewMates({
      all: options.all,
      helps: options.helps,
      plan: (delayMs, act) => this.#plan(delayMs, act),
    });

    this.#goOn();
    this.#stopListening = options.discord.world.messageChanged.on((change) => this.#look(change));
  }

  /** Interviews of before a restart are gone on with. */
  #goOn(): void {
    const { world } = this.options.discord;
    for (const { messages } of world.channels.values())
      for (const message of [...messages.values()].slice(-newestSeen))
        if (!message.visibleTo) this.#interviews.look(new Card(message, world));
  }

  get here(): boolean {
    return this.#here;
  }

  /** Lets them come, or sends them away: they leave the quizzes that they are in. */
  async set(here: boolean): Promise<void> {
    if (here === this.#here) return;
    this.#here = here;
    if (here) return;
    this.#forgetPlans();
    for (const card of openQuizzes(this.options.discord))
      await Promise.all(this.options.all.map(({ member }) => press(member, card, 'Leave')));
  }

  close(): void {
    this.#stopListening();
    this.#forgetPlans();
  }

  #look({ how, message }: MessageChange): void {
    const { world, now } = this.options.discord;
    if (!this.#here || how === 'deleted' || message.visibleTo) return;
    const card = new Card(message, world);
    this.#interviews.look(card);
    if (message.authorId !== world.bot.id || this.#seen.has(message.id)) return;
    const lobby = has(card, 'Join') && has(card, 'Start now');
    if (!lobby && lettersOn(card).length < 2 && !openerOn(card)) return;
    this.#seen.add(message.id);
    for (const classmate of this.options.all) {
      const chance = chanceOf(`${message.id} ${classmate.member.name}`);
      if (lobby) {
        const { from, to } = joinWithinMs;
        this.#plan(from + chance() * (to - from), () => press(classmate.member, card, 'Join'));
      } else {
        const thinks = thinkingMs(classmate, endOf(card.text) - now(), chance);
        this.#plan(thinks, async () => {
          if (openerOn(card)) return this.#slowly(classmate, card, chance);
          const letter = await this.#choice(classmate, card, chance);
          if (letter) await press(classmate.member, card, letter);
        });
      }
    }
  }

  /** By a picker or a form. */
  async #slowly({ member, skill }: Classmate, card: Card, chance: () => number): Promise<void> {
    const { customId = '' } = card.button(openerOn(card) ?? '');
    const known = chance() < skill ? (await this.options.helps?.(customId))?.texts : undefined;
    await answerSlowly(member, card, known, chance);
  }

  async #choice({ skill }: Classmate, card: Card, chance: () => number): Promise<string | undefined> {
    const letters = lettersOn(card);
    const right = await this.#right(card, letters);
    if (right && chance() < skill) return right;
    const others = letters.filter((letter) => letter !== right);
    return others[Math.floor(chance() * others.length)];
  }

  async #right(card: Card, letters: readonly string[]): Promise<string | undefined> {
    for (const letter of letters) {
      const { customId } = card.button(letter);
      if (customId && (await this.options.knows?.(customId))) return letter;
    }
    return undefined;
  }

  #plan(delayMs: number, act: () => Promise<void>): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        act().catch((error: unknown) => {
          if (!(error instanceof Refused)) this.options.onFault?.(error);
        });
      },
      delayMs * (this.options.pace ?? 1),
    );
    this.#timers.add(timer);
  }

  #forgetPlans(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

/** The newest card of each channel's quiz, as long as one can leave it. */
export function openQuizzes({ world }: LocalDiscord): Card[] {
  return [...world.channels.values()].flatMap((channel) => {
    const card = [...channel.messages.values()]
      .map((message) => new Card(message, world))
      .findLast((each) => has(each, 'Leave'));
    return card ? [card] : [];
  });
}

/** A press that comes too late for its card, as presses do, is let be. */
async function press(member: Member, card: Card, label: string): Promise<void> {
  try {
    await member.press(card, label);
  } catch (error) {
    if (!(error instanceof Refused) && has(card, label)) throw error;
  }
}

function has(card: Card, label: string): boolean {
  return card.buttons.some((button) => button.label === label && !button.disabled);
}

function lettersOn(card: Card): string[] {
  return card.buttons
    .filter(({ label, disabled }) => !disabled && /^(?:[A-F]|True|False)$/.test(label))
    .map(({ label }) => label);
}

/** When the countdown on the card ends, in milliseconds. */
function endOf(text: string): number {
  const [, seconds] = /[Ee]nds <t:(\d+):R>/.exec(text) ?? [];
  return seconds ? Number(seconds) * 1000 : Number.POSITIVE_INFINITY;
}

/** Mostly quick, sometimes long, never too late. */
function thinkingMs({ slowness }: Classmate, leftMs: number, chance: () => number): number {
  const { least, most } = thinkMs;
  const thinks = (least + (most - least) * chance() ** 1.5) * slowness;
  return Math.max(500, Math.min(thinks, leftMs * ofTimeLeft));
}
