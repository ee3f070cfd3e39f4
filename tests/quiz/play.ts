import { due, todo } from '../../src/quiz/agenda.js';
import { entriesFold, entrySchema, type QuizEntry } from '../../src/quiz/entries.js';
import { type Around, type QuizEvent, type QuizStep, withRound } from '../../src/quiz/events.js';
import { type Game, gameSchema } from '../../src/quiz/game.js';
import { type Given, givenFold, type QuizAnswer } from '../../src/quiz/given.js';
import { playersOf, type QuizState } from '../../src/quiz/players.js';
import { closing, createGame, step, wantsQuestion } from '../../src/quiz/rules.js';
import type { QuizSettings } from '../../src/quiz/settings.js';

export const t0 = 1_800_000_000_000;

const usual: QuizSettings = {
  rounds: 2,
  seconds: 20,
  lobby: 30,
  kinds: 'choice',
  mode: 'race',
  scoring: 'speed',
  from: 'bank',
};

/** A quiz as the rules alone play it: what they decide is kept as a store would. */
export class Play {
  game: Game;
  rows: QuizAnswer[] = [];
  /** Points by round and member, as they were booked. */
  readonly booked: { round: number; member: string; points: number; ranked: boolean; again: boolean }[] = [];
  #given: Given = givenFold.empty([]);
  entered: QuizEntry[] = [];
  #entries = entriesFold.empty([]);
  /** How many questions the bank has left; those of whom earned points before. */
  questions = 100;
  spent: ReadonlySet<string> = new Set();

  constructor(chosen: Partial<QuizSettings> = {}) {
    const settings = { ...usual, ...chosen };
    this.game = createGame(
      { id: '900', guildId: '1', channelId: '2' },
      { id: '10', name: 'Ada' },
      { settings, planned: settings.rounds, now: t0 },
    );
  }

  /** The first round opened at `t0`. */
  static open(options?: ConstructorParameters<typeof Play>[0]): Play {
    const play = new Play(options);
    play.do({ kind: 'begin' });
    play.opened(0);
    return play;
  }

  get state(): QuizState {
    return { game: this.game, given: this.#given, entries: this.#entries };
  }

  get players() {
    return playersOf(this.state);
  }

  get due() {
    return due(this.game);
  }

  get todo() {
    return todo(this.game);
  }

  do(event: QuizEvent, now = t0): QuizStep {
    const round = wantsQuestion(this.state, event);
    const around: Around = {
      now,
      ...(round !== undefined && this.questions-- > 0 && { drawn: drawn(round) }),
      ...(closing(this.game, event) !== undefined && { spent: this.spent }),
    };
    const before = JSON.stringify(this.game);
    const game = this.game;
    const done = step(this.state, event, around);
    if (JSON.stringify(game) !== before) throw new Error('The rules changed the game in place');
    this.game = done.game;
    for (const effect of done.effects) {
      if (effect.kind === 'record') {
        this.rows.push(effect.answer);
        givenFold.add(this.#given as never, effect.answer);
      }
      if (effect.kind === 'enter') {
        this.entered.push(effect.entry);
        entriesFold.add(this.#entries, effect.entry);
      }
      if (effect.kind === 'gathered') {
        this.entered = [];
        this.#entries = entriesFold.empty([]);
      }
      if (effect.kind === 'book')
        for (const { member, points, again } of effect.booking.answers)
          this.booked.push({
            round: effect.booking.round,
            member,
            points,
            again,
            ranked: effect.booking.isRanked,
          });
    }
    return done;
  }

  opened(round: number, at = t0): QuizStep {
    const closesAt = at + this.game.settings.seconds * 1000 + 2_000;
    const promisedAt = closesAt - 2_000;
    return this.do({ kind: 'opened', round, messageId: '555', openedAt: at, closesAt, promisedAt }, at);
  }

  press(member: string, letter: number, at: number, round = 0): QuizStep {
    return this.do({ kind: 'answer', round, member, name: `Name of ${member}`, shown: [letter], at }, at);
  }

  /** What a restart finds. */
  reload(): void {
    this.game = gameSchema.parse(JSON.parse(JSON.stringify(this.game)));
    const given = givenFold.empty([]);
    for (const row of this.rows) givenFold.add(given as never, row);
    this.#given = given;
    this.#entries = entriesFold.empty([]);
    for (const entry of this.entered) entriesFold.add(this.#entries, entrySchema.parse(entry));
  }

  with(change: Parameters<typeof withRound>[2], round = 0): void {
    this.game = withRound(this.game, round, change);
  }
}

const drawn = (round: number) => ({
  asked: { questionId: `q${round}`, rev: 'r', order: [2, 0, 1, 3] },
  level: 'basic' as const,
  topic: 'queries',
  right: [1],
});
