import { type Card, type Channel, type Member, Refused, type Reply, seeded } from 'local-discord';
import { expect } from 'vitest';
import type { openStore } from '../../src/store/open.js';
import { Disk } from '../quiz/flaky-sqlite.js';
import { type InterviewScene, interviewScene, roomOf } from './scene.js';
import { Witness } from './witness.js';

const minuteMs = 60_000;

export interface Scenario {
  readonly seed: number;
  readonly format: 'panel' | 'written';
  readonly people: number;
  readonly questions: string;
}

/** What the newest cards call for. */
export type Step =
  | 'lobby'
  | 'brief'
  | 'answer'
  | 'write'
  | 'feedback'
  | 'rate'
  | 'review'
  | 'between'
  | 'over';

/**
 * People who play an interview: mostly as it is meant, else as people are. They leave, are silent, come late, press each
 * other's buttons, hand in twice or too late, and the bot is killed.
 */
export class Monkey {
  readonly scenario: Scenario;
  readonly scene: InterviewScene;
  readonly witness: Witness;
  readonly disk: Disk;
  /** Steps in which the bot was killed, with what the disk had missed. */
  readonly killed = new Set<Step>();
  readonly random: () => number;
  /** Forms that lie open. */
  readonly #forms: { readonly by: Member; readonly form: Reply }[] = [];
  /** Private cards with buttons. */
  readonly #private: { readonly by: Member; readonly reply: Reply }[] = [];
  #words = 0;
  /** While the disk fails, somebody may be told so. */
  #isFailing = false;

  private constructor(scenario: Scenario, scene: InterviewScene, disk: Disk) {
    this.scenario = scenario;
    this.scene = scene;
    this.disk = disk;
    this.random = seeded(scenario.seed);
    this.witness = new Witness(scenario.format === 'written', scene.members);
  }

  static async start(scenario: Scenario): Promise<Monkey> {
    const disk = new Disk();
    const open: typeof openStore = (url, log) => disk.open(url.slice('sqlite://'.length), log);
    // One more than take part: somebody who comes late, or only presses.
    const people = scenario.people + 1;
    const scene = await interviewScene({ people, open, questions: scenario.questions });
    return new Monkey(scenario, scene, disk);
  }

  get room(): Channel {
    return roomOf(this.scene);
  }

  get lobby(): Card {
    const found = this.scene.drills.messages.find(({ text }) => text.startsWith('### Mock interview'));
    if (!found) throw new Error('There is no lobby');
    return found;
  }

  chance(of: number): boolean {
    return this.random() < of;
  }

  some<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }

  /** The newest card with such a button. */
  find(label: string): Card | undefined {
    return this.room.messages.findLast(({ buttons }) =>
      buttons.some((one) => one.label === label && !one.disabled),
    );
  }

  get step(): Step {
    const has = (label: string): boolean => this.find(label) !== undefined;
    if (this.scene.drills.messages.some(({ text }) => text.includes('· recap'))) return 'over';
    if (has('Ask')) return 'brief';
    if (has('Feedback')) return 'feedback';
    if (has('Rate')) return 'rate';
    if (has('Answer')) return this.scenario.format === 'panel' ? 'answer' : 'write';
    if (has('Next')) return 'review';
    // Counted edits come a moment later, so that it may be past already.
    return this.lobby.buttons.some(({ label }) => label === 'Start now') ? 'lobby' : 'between';
  }

  /** Whoever the status card names so. */
  async status(): Promise<string> {
    const [ada] = this.scene.members as [Member];
    return (await ada.slash('/interview status', { channel: this.room })).text;
  }

  memberIn(text: string, pattern: RegExp): Member | undefined {
    const id = pattern.exec(text)?.[1];
    return this.scene.members.find((member) => member.id === id);
  }

  /** Presses, and holds the answer against what anybody may see; undefined where the client does not let it happen. */
  async press(by: Member, card: Card | Reply, button: string): Promise<Reply | undefined> {
    try {
      const reply = await by.press(card, button);
      return await this.settled(by, reply);
    } catch (error) {
      // What went meanwhile cannot be pressed.
      if (!(error instanceof Refused) && !/No button/.test(String(error))) throw error;
      return undefined;
    }
  }

  async settled(by: Member, reply: Reply): Promise<Reply> {
    if (!this.#isFailing) {
      expect(reply.failed).toBeUndefined();
      if (reply.kind !== 'modal') expect(reply.text).not.toMatch(/Reference|went wrong/);
    }
    if (reply.kind === 'modal') {
      this.#forms.push({ by, form: reply });
    } else if (reply.kind && !reply.failed) this.#private.push({ by, reply });
    await this.scene.clock.settle();
    this.witness.look(this.scene.discord.shown.all());
    return reply;
  }

  /** Fills in a form as it asks for; notes what was said of it. */
  async fill(by: Member, form: Reply): Promise<Reply | undefined> {
    const [, action, , turn = '', subject = ''] = form.modal.customId.split(':');
    if (action === 'marks') {
      const mark = String(1 + Math.floor(this.random() * 4));
      return this.send(by, form, { knowledge: mark, reasoning: mark, communication: mark, tradeOffs: mark });
    }
    const words = `word${++this.#words}of`;
    const isText = action === 'text';
    const place = isText
      ? this.witness.answerOf(Number(turn), by)
      : this.witness.sheetOf(Number(turn), Number(subject), by);
    const points = ['0', '1', '2'].filter(() => this.chance(0.5));
    const reply = await this.send(
      by,
      form,
      isText ? { answer: words } : { points, strength: words, next: '' },
    );
    const isTaken = /^(Noted\. Now|Handed in|Your answer is stored)/.test(reply?.failed ?? reply?.text ?? '');
    (isTaken ? place.taken : place.refused).push(words);
    this.witness.look(this.scene.discord.shown.all());
    return reply;
  }

  private async send(by: Member, form: Reply, values: Record<string, string | string[]>): Promise<Reply> {
    return this.settled(by, await by.submit(form, values));
  }

  /** Somebody presses whatever there is, theirs or not, or sends a form that lay open. */
  async pry(): Promise<void> {
    const by = this.some(this.scene.members);
    const dice = this.random();
    const late = this.some(this.#forms);
    if (dice < 0.2 && late) {
      await this.fill(late.by, late.form);
      return;
    }
    const other = this.some(this.#private);
    const card = dice < 0.4 && other ? other.reply.message : this.some([this.lobby, ...this.room.messages]);
    const ids = card.buttons.flatMap(({ customId, label }) =>
      customId && label !== 'Leave' ? [customId] : [],
    );
    if (ids.length === 0) return;
    await this.settled(by, await by.pressId(card, this.some(ids)));
  }

  /** Runs with a disk that takes only so many more writes of the interview, then ends and starts the process. */
  async kill(step: Step, act: () => Promise<unknown>): Promise<void> {
    this.killed.add(step);
    let writes = Math.floor(this.random() * 4);
    this.#isFailing = true;
    this.disk.fails = (keys) => keys.some((key) => key.startsWith('interview')) && --writes < 0;
    await act();
    await this.scene.clock.settle();
    const away = this.chance(0.3) ? Math.floor(this.random() * 10 * minuteMs) : 0;
    await this.scene.restart(() => {
      this.disk.fails = () => false;
      this.scene.clock.jumpTo(this.scene.clock.now() + away);
    });
    this.#isFailing = false;
    await this.scene.clock.settle();
    await this.scene.clock.advanceBy(3_500);
    this.witness.look(this.scene.discord.shown.all());
  }

  async wait(ms: number): Promise<void> {
    await this.scene.clock.advanceBy(ms);
    this.witness.look(this.scene.discord.shown.all());
  }
}
