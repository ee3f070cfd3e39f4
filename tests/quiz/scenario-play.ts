import { type Card, type Channel, type Member, Refused, type Reply, seeded } from 'local-discord';
import { expect } from 'vitest';
import type { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { bankIn } from '../helpers/banks.js';
import { startTheBot, type TestBot, tempDatabaseUrl } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { Disk } from './flaky-sqlite.js';
import { madeUp, writeMadeUp } from './scenario-bank.js';
import { type Phase, QuizWitness } from './scenario-witness.js';

const minuteMs = 60_000;
const answerIds = /^quiz:(?:a|choose|form):(\d+):(\d+)/;

export interface QuizScenario {
  readonly seed: number;
  readonly people: number;
  readonly options: string;
  readonly next: string;
}

const liveLabels = (card: Card): string[] =>
  card.buttons.filter(({ disabled }) => !disabled).map(({ label }) => label);
const isOpen = ({ buttons }: Card): boolean =>
  buttons.some(({ customId, disabled }) => !disabled && answerIds.test(customId ?? ''));
export const isResultsCard = ({ text }: Card): boolean =>
  /^### (Quiz (results|stopped|ended)|Nobody came)/.test(text);

/** A crowd that plays quizzes as people do, with a bot that is killed now and then. */
export class Crowd {
  readonly scenario: QuizScenario;
  readonly random: () => number;
  readonly witness = new QuizWitness();
  readonly killed = new Set<Phase>();
  readonly world: Awaited<ReturnType<typeof worldFor>>;
  bot: TestBot;
  /** Of the quizzes that have ended. */
  resultsSeen = 0;
  #isFailing = false;
  #stopSettling: () => void;
  readonly #old: { readonly card: Card; readonly customId: string }[] = [];

  private constructor(scenario: QuizScenario, world: Awaited<ReturnType<typeof worldFor>>, bot: TestBot) {
    this.scenario = scenario;
    this.random = seeded(scenario.seed);
    this.world = world;
    this.bot = bot;
    this.#stopSettling = world.clock.settleWith(() => bot.app.idle());
  }

  static async start(scenario: QuizScenario): Promise<Crowd> {
    const world = await worldFor(scenario.people + 1);
    return new Crowd(scenario, world, await world.start());
  }

  get drills(): Channel {
    return this.world.drills;
  }

  get members(): readonly Member[] {
    return this.world.members;
  }

  get host(): Member {
    return this.members[0] as Member;
  }

  chance(of: number): boolean {
    return this.random() < of;
  }

  some<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }

  /** A part of the people, in no order. */
  part(of: number): Member[] {
    return this.members.filter(() => this.chance(of)).sort(() => this.random() - 0.5);
  }

  find(label: string): Card | undefined {
    return this.drills.messages.findLast((card) => liveLabels(card).includes(label));
  }

  get openCard(): Card | undefined {
    return this.drills.messages.findLast(isOpen);
  }

  get lobby(): Card | undefined {
    return this.drills.messages.findLast(({ text }) => /^### Quiz (lobby|under way)/.test(text));
  }

  get phase(): Phase {
    if (this.drills.messages.filter(isResultsCard).length > this.resultsSeen) return 'results';
    const { openCard } = this;
    if (openCard) return openCard.text.includes('**Second vote') ? 'second' : 'open';
    if (this.find('Go on')) return 'paused';
    if (this.find('Next')) return 'between';
    if (this.drills.last.text.includes('**Discuss:**')) return 'discussing';
    return this.find('Start now') ? 'lobby' : 'waiting';
  }

  async press(by: Member, card: Card | Reply | undefined, label: string): Promise<Reply | undefined> {
    if (!card) return undefined;
    try {
      return this.checked(await by.press(card, label));
    } catch (error) {
      // A client shows what is there; what went meanwhile cannot be pressed.
      if (!(error instanceof Refused) && !/No button/.test(String(error))) throw error;
      return undefined;
    }
  }

  checked(reply: Reply): Reply {
    if (this.#isFailing) return reply;
    expect(reply.failed).toBeUndefined();
    if (reply.kind === 'message') expect(reply.text).not.toMatch(/Reference|went wrong/);
    return reply;
  }

  /** Answers the open card, knowing or not, and notes what was said of it. */
  async answer(by: Member, card: Card): Promise<void> {
    const [, quiz = '', round = ''] =
      card.buttons.map(({ customId }) => answerIds.exec(customId ?? '')).find((found) => found) ?? [];
    for (const { customId } of card.buttons)
      if (customId && this.chance(0.1)) this.#old.push({ card, customId });
    const reply = await this.#give(by, card);
    const [, answer] =
      /^Recorded: \*\*(.*)\*\*\. The/.exec(
        (reply?.kind !== 'modal' && reply?.failed === undefined && reply?.text) || '',
      ) ?? [];
    if (reply && answer !== undefined)
      this.witness.recorded({ quiz, round: Number(round), member: by, answer }, reply.message.id);
  }

  async #give(by: Member, card: Card): Promise<Reply | undefined> {
    const labels = liveLabels(card);
    if (labels.includes('Answer')) {
      const form = await this.press(by, card, 'Answer');
      if (form?.kind !== 'modal' || this.chance(0.1)) return form;
      const known = madeUp.find(({ prompt }) => card.text.includes(prompt))?.typed ?? '';
      return this.checked(
        await by.submit(form, { answer: this.chance(0.5) ? known : `typed by ${by.name}` }),
      );
    }
    const opener = labels.find((label) => label.endsWith('…'));
    if (!opener) {
      const letters = labels.filter((label) => /^([A-F]|True|False)$/.test(label));
      return letters.length === 0 ? undefined : this.press(by, card, this.some(letters));
    }
    let picker = await this.press(by, card, opener);
    if (!picker || picker.failed) return picker;
    const letters = liveLabels(picker.message).filter((label) => /^[A-F]$/.test(label));
    const wanted =
      opener === 'Choose…' ? letters.filter(() => this.chance(0.6)) : letters.sort(() => this.random() - 0.5);
    for (const letter of wanted) picker = (await this.press(by, picker, letter)) ?? picker;
    return liveLabels(picker.message).includes('Submit') ? this.press(by, picker, 'Submit') : picker;
  }

  /** Presses of cards that were, of strangers, and commands that might tell. */
  async pry(): Promise<void> {
    const by = this.some(this.members);
    const dice = this.random();
    if (dice < 0.3) {
      const command = this.some(['/quiz status', '/stats', '/leaderboard', '/privacy export']);
      const reply = this.checked(await by.slash(command, { channel: this.drills }));
      const file = !reply.failed && reply.files.find(({ name }) => name.endsWith('.json'));
      this.witness.look(this.world.discord.shown.all());
      if (file) this.witness.lookAtFile(by, file.bytes.toString('utf8'));
      return;
    }
    const old = this.some(this.#old);
    if (dice < 0.5 && old) {
      const reply = this.checked(await by.pressId(old.card, old.customId));
      if (reply.kind === 'message' && /^Recorded/.test(reply.text)) this.#late(by, old.customId, reply);
      return;
    }
    const card = this.some(this.drills.messages.filter(({ buttons }) => buttons.length > 0));
    const label =
      card &&
      this.some(
        liveLabels(card).filter(
          (one) => !/^([A-F]|True|False|Leave|Play again|Retry missed|Answer)$|…$/.test(one),
        ),
      );
    if (label && (by !== this.host || label !== 'Start now')) await this.press(by, card, label);
  }

  /** An old button of a round that is open still. */
  #late(by: Member, customId: string, reply: Reply): void {
    const [, quiz = '', round = ''] = answerIds.exec(customId) ?? [];
    const [, answer = ''] = /^Recorded: \*\*(.*)\*\*\. The/.exec(reply.text) ?? [];
    this.witness.recorded({ quiz, round: Number(round), member: by, answer }, reply.message.id);
  }

  /** What the disk holds, as the bot reads it. */
  get store(): Store {
    return this.world.stores.at(-1) as Store;
  }

  async wait(ms: number): Promise<void> {
    await this.world.clock.advanceBy(ms);
    this.witness.look(this.world.discord.shown.all());
  }

  async settle(): Promise<void> {
    await this.world.clock.settle();
    this.witness.look(this.world.discord.shown.all());
  }

  /** Runs with a disk that takes only so many more writes of the quiz; then the process ends and starts again. */
  async kill(phase: Phase, act: () => Promise<unknown>): Promise<void> {
    const { clock, disk } = this.world;
    this.killed.add(phase);
    let writes = Math.floor(this.random() * 4);
    this.#isFailing = true;
    disk.fails = (keys) => keys.some((key) => /^(game|given|running)/.test(key)) && --writes < 0;
    await act();
    await this.settle();
    this.#stopSettling();
    await this.bot.stop();
    disk.fails = () => false;
    if (this.chance(0.3)) clock.jumpTo(clock.now() + Math.floor(this.random() * 2 * minuteMs));
    this.bot = await this.world.start();
    this.#isFailing = false;
    const { app } = this.bot;
    this.#stopSettling = clock.settleWith(() => app.idle());
    await this.settle();
    await this.wait(3_500);
  }
}

async function worldFor(people: number) {
  const clock = new ManualClock('2026-03-04T12:00:00Z');
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group', { channels: ['drills', 'lounge'] });
  const members = Array.from({ length: people }, (_, nth) => discord.member(`Member${nth}`, { server }));
  const disk = new Disk();
  const stores: Store[] = [];
  const open: typeof openStore = async (url, log) => {
    const store = await disk.open(url.slice('sqlite://'.length), log);
    stores.push(store);
    return store;
  };
  const databaseUrl = await tempDatabaseUrl();
  const env = { QUESTIONS_DIR: await writeMadeUp() };
  const bank = bankIn(env.QUESTIONS_DIR);
  const start = () => startTheBot(discord, { clock, databaseUrl, open, env, bank });
  return { clock, discord, server, members, disk, stores, start, drills: server.channel('drills') };
}
