import { seeded } from 'local-discord';
import type { InterviewEvent, InterviewStep } from '../../src/interview/events.js';
import { createSession, stepInterview } from '../../src/interview/rules.js';
import type { InterviewSession } from '../../src/interview/session.js';
import { type InterviewSettings, interviewSettings } from '../../src/interview/settings.js';

export const member = (at: number): string => `10000000000000000${at}`;
export const startMs = Date.parse('2026-03-04T12:00:00Z');

const place = { id: '200000000000000000', guildId: '300000000000000000', channelId: '400000000000000000' };

/** An interview in memory: what is posted stands at once, and what is drawn is a question with three points. */
export class Bench {
  session: InterviewSession;
  now = startMs;
  /** What the last event led to. */
  last: InterviewStep | undefined;
  /** Turns whose question is open. */
  readonly open = new Set<number>();
  readonly released: number[] = [];
  readonly #random = seeded(7);
  #messages = 0;
  /** Questions that are left. */
  questions = 20;

  constructor(settings: Partial<InterviewSettings> = {}, people = 3) {
    this.session = createSession(place, member(0), {
      settings: interviewSettings.parse(settings),
      now: this.now,
    });
    for (let at = 1; at < people; at++) this.do({ kind: 'join', member: member(at) });
  }

  /** @returns the outcome */
  do(event: InterviewEvent): string {
    const around = { now: this.now, random: this.#random };
    let done = stepInterview(this.session, event, around);
    const { outcome } = done;
    this.#take(done);
    if (this.session.phase.name === 'drawing') {
      const turn = this.session.turns.length;
      const has = this.questions-- > 0;
      if (has) this.open.add(turn);
      done = stepInterview(this.session, { kind: 'drawn', drawn: has ? drawn(turn) : undefined }, around);
      this.#take(done);
    }
    this.last = { ...done, outcome };
    return outcome;
  }

  /** Posts everything that waits. */
  post(): this {
    if (this.session.phase.name === 'gathering') this.do({ kind: 'roomed', threadId: '500000000000000000' });
    while (this.session.outbox[0] !== undefined) {
      const key = this.session.outbox[0];
      this.do({ kind: 'posted', key, messageId: String(this.#messages++), at: this.now });
    }
    for (const key of this.session.toSeal) this.do({ kind: 'sealed', key });
    return this;
  }

  /** Up to the first card of roles, or in the written format the first question. */
  begin(): this {
    this.post();
    this.do({ kind: 'begin', byTime: false });
    return this.post();
  }

  get phase(): string {
    return this.session.phase.name;
  }

  get turn(): number {
    return 'turn' in this.session.phase ? this.session.phase.turn : -1;
  }

  get roles(): { candidate: string; interviewer: string } {
    const { candidate = '', interviewer = '' } = this.session.turns[this.turn] ?? {};
    return { candidate, interviewer };
  }

  #take(done: InterviewStep): void {
    this.session = done.session;
    for (const effect of done.effects)
      if (effect.kind === 'release') {
        this.released.push(effect.turn);
        this.open.delete(effect.turn);
      }
  }
}

const drawn = (turn: number) => ({
  asked: { questionId: `q${turn}`, rev: '0', order: [] },
  topic: 'talks',
  level: 'basic' as const,
  hintsThere: 2,
  followUpsThere: 2,
  points: 3,
});

export const sheet = (by: string, of: string, turn = 0) =>
  ({ kind: 'points', turn, member: by, of, points: [0, 2], strength: 'x', next: 'y', at: startMs }) as const;
export const marks = (by: string, of: string, turn = 0) =>
  ({
    kind: 'marks',
    turn,
    member: by,
    of,
    marks: { knowledge: 3, reasoning: 3, communication: 2, tradeOffs: 4 },
  }) as const;
