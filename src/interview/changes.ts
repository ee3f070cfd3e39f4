import { ask } from '../asking/asked.js';
import type { Question } from '../bank/question.js';
import type { Transaction } from '../store/transaction.js';
import { dayMs } from '../time/spans.js';
import type { DrawnTurn, InterviewEvent, InterviewStep } from './events.js';
import type { InterviewParts } from './parts.js';
import { stepInterview } from './rules.js';
import type { InterviewSession } from './session.js';
import { hasRubric, ladderOf, openQuestions } from './settings.js';
import type { InterviewStorage } from './storage.js';

/** Two days to write, two to rate, and some for outages; later, its question may be asked elsewhere. */
const openAtMostMs = 7 * dayMs;

const openerOf = ({ id }: InterviewSession, turn: number): string => `interview:${id}:${turn}`;

/** Questions that an interview does not ask, because the bank says too little about them. */
const withoutRubric = (pool: readonly Question[]): string[] =>
  pool.filter((question) => !hasRubric(question)).map(({ id }) => id);

/** Lets an event happen to an interview, within one change, and stores what the rules decide. */
export class InterviewChanges {
  readonly #parts: InterviewParts & { readonly storage: InterviewStorage };

  constructor(parts: InterviewParts & { readonly storage: InterviewStorage }) {
    this.#parts = parts;
  }

  apply(change: Transaction, session: InterviewSession, event: InterviewEvent): InterviewStep {
    const { storage, clock, random, draws } = this.#parts;
    const around = { now: clock.now(), random };
    const first = stepInterview(session, event, around);
    const done = first.session.phase.name === 'drawing' ? this.#withQuestion(change, first) : first;
    if (done.session !== session) change.at(storage.sessions, session.id).set(done.session);
    for (const effect of done.effects) {
      if (effect.kind === 'release') draws.close(change, session.guildId, openerOf(session, effect.turn));
      // Who is erased must not be filed again.
      if (effect.kind === 'file') storage.file(change, done.session);
      if (effect.kind === 'retire') storage.retire(change, done.session);
    }
    return done;
  }

  #withQuestion(change: Transaction, before: InterviewStep): InterviewStep {
    const { clock, random } = this.#parts;
    const drawn = this.#draw(change, before.session);
    const next = stepInterview(before.session, { kind: 'drawn', drawn }, { now: clock.now(), random });
    return { ...next, outcome: before.outcome, effects: [...before.effects, ...next.effects] };
  }

  #draw(change: Transaction, session: InterviewSession): DrawnTurn | undefined {
    const { bank, draws, clock, random } = this.#parts;
    const filter = openQuestions(session.settings);
    const now = clock.now();
    const question = draws.draw(change, {
      scope: session.guildId,
      filter,
      opener: openerOf(session, session.turns.length),
      nowMs: now,
      untilMs: now + openAtMostMs,
      except: new Set([
        ...withoutRubric(bank.pool(filter)),
        ...session.turns.map(({ asked }) => asked.questionId),
      ]),
    });
    return question && drawnOf(question, random);
  }
}

function drawnOf(question: Question, random: () => number): DrawnTurn | undefined {
  if (!hasRubric(question)) return undefined;
  const { topic, level, hints, keyPoints } = question;
  return {
    asked: ask(question, random),
    topic,
    level,
    hintsThere: hints.length,
    followUpsThere: ladderOf(question).length,
    points: keyPoints.length,
  };
}
