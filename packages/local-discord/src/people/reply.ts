import type { ChoiceJson, Interaction } from '../interaction.js';
import type { World } from '../state.js';
import { type ButtonView, Card, type FileView, type SelectView } from './card.js';
import { Form } from './form.js';

/** Longer than any deadline of Discord's that an answer waits for, and shorter than a test. */
const defaultTimeoutMs = 30_000;

/** What came of one slash command, press, selection or submitted form, as its author sees it. Live. */
export class Reply {
  readonly #waiting = new Set<() => void>();

  readonly interaction: Interaction;
  readonly world: World;

  constructor(interaction: Interaction, world: World) {
    this.interaction = interaction;
    this.world = world;

    interaction.onChange = () => {
      for (const wake of [...this.#waiting]) wake();
    };
  }

  /** `undefined` while nothing has come. */
  get kind(): NonNullable<Interaction['outcome']>['kind'] | undefined {
    return this.interaction.outcome?.kind;
  }

  /** Real milliseconds from sending to the first answer; `undefined` while there is none. */
  get tookMs(): number | undefined {
    return this.interaction.tookMs;
  }

  /**
   * Resolves with the first answer that says something: a deferred reply when it has its content.
   * @param timeoutMs of real time; rejects then when the bot is still "thinking…"
   */
  async answered(timeoutMs = defaultTimeoutMs): Promise<this> {
    await this.#until(() => this.kind !== undefined && this.kind !== 'deferred', timeoutMs);
    return this;
  }

  /** Resolves at the first sign of the bot, even if that is only "is thinking…". */
  async acknowledged(): Promise<this> {
    await this.#until(() => this.kind !== undefined, defaultTimeoutMs);
    return this;
  }

  /** "This interaction failed", as Discord says it, when the bot gave no answer within 3 s. */
  get failed(): string | undefined {
    const { outcome } = this.interaction;
    return outcome?.kind === 'failed' ? outcome.words : undefined;
  }

  /** The reply, or for an update the message that was updated. @throws Error when there is none */
  get message(): Card {
    const { outcome } = this.interaction;
    if (outcome && 'message' in outcome) return new Card(outcome.message, this.world);
    throw new Error(`There is no message: ${this.failed ?? outcome?.kind ?? 'no answer yet'}`);
  }

  /** @throws Error when no form was opened */
  get modal(): Form {
    const { outcome } = this.interaction;
    if (outcome?.kind === 'modal') return new Form(outcome.modal);
    throw new Error(`No form was opened, but: ${this.failed ?? this.kind ?? 'no answer yet'}`);
  }

  get choices(): readonly ChoiceJson[] {
    const { outcome } = this.interaction;
    return outcome?.kind === 'choices' ? outcome.choices : [];
  }

  /** Further messages of the bot to the same interaction. */
  get followUps(): readonly Card[] {
    return this.interaction.followUps.map((message) => new Card(message, this.world));
  }

  /** Resolves with follow-up number `index` (from 0) once it is there. */
  async followUp(index = 0, timeoutMs = defaultTimeoutMs): Promise<Card> {
    await this.#until(() => this.interaction.followUps.length > index, timeoutMs);
    const message = this.interaction.followUps[index];
    if (!message) throw new Error('No such follow-up');
    return new Card(message, this.world);
  }

  get ephemeral(): boolean {
    return this.message.ephemeral;
  }

  get text(): string {
    return this.message.text;
  }

  get buttons(): readonly ButtonView[] {
    return this.message.buttons;
  }

  get selects(): readonly SelectView[] {
    return this.message.selects;
  }

  get files(): readonly FileView[] {
    return this.message.files;
  }

  #until(there: () => boolean, timeoutMs: number): Promise<void> {
    if (there()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        if (!there()) return;
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(wake);
        const state = this.kind === 'deferred' ? 'the bot is still "thinking…"' : (this.kind ?? 'no answer');
        reject(new Error(`Nothing more came within ${timeoutMs} ms: ${state}`));
      }, timeoutMs);
      this.#waiting.add(wake);
    });
  }
}
