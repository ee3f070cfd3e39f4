import { z } from 'zod';
import { askedSchema } from '../asking/asked.js';
import { levels } from '../bank/question.js';
import { interviewSettings } from './settings.js';

export const wishes = ['first', 'observe'] as const;
/** To be candidate before the others; or never candidate nor interviewer. */
export type RoleWish = (typeof wishes)[number];

const personSchema = z.object({
  /** False for somebody who left, or was silent when it was their turn. */
  here: z.boolean(),
  wish: z.enum(wishes).optional(),
  /** Set when they are in the thread. */
  invited: z.boolean().optional(),
});
export type Person = z.infer<typeof personSchema>;

const mark = z.int().min(1).max(4);
export const markNames = ['knowledge', 'reasoning', 'communication', 'tradeOffs'] as const;
export const marksSchema = z.object({
  knowledge: mark,
  reasoning: mark,
  communication: mark,
  tradeOffs: mark,
});
export type Marks = z.infer<typeof marksSchema>;

/** What somebody says of an answer, their own among them. */
const sheetSchema = z.object({
  by: z.string(),
  of: z.string(),
  /** The key points heard, by position. */
  points: z.array(z.int().nonnegative()),
  strength: z.string(),
  next: z.string(),
  /** Given in a form of their own, after the points; a sheet without them is not handed in yet. */
  marks: marksSchema.optional(),
  at: z.int(),
});
export type InterviewSheet = z.infer<typeof sheetSchema>;

const answerSchema = z.object({ member: z.string(), text: z.string(), at: z.int() });

const turnSchema = z.object({
  asked: askedSchema,
  topic: z.string(),
  level: z.enum(levels),
  /** How many there are to give. */
  hintsThere: z.int(),
  followUpsThere: z.int(),
  points: z.int(),
  /** Panel only. */
  candidate: z.string().optional(),
  interviewer: z.string().optional(),
  /** When Discord accepted the card with the question. */
  openedAt: z.int().optional(),
  hints: z.int(),
  followUps: z.int(),
  /** Panel: what the candidate typed, if they did. Written: all answers, after the end in the order shown. */
  answers: z.array(answerSchema),
  /** Who is asked for feedback of whom, from the end of the answers on. */
  owed: z.array(z.object({ by: z.string(), of: z.string() })),
  sheets: z.array(sheetSchema),
  ended: z.enum(['shown', 'void']).optional(),
});
/** One question with those who deal with it. */
export type InterviewTurn = z.infer<typeof turnSchema>;

/** `few`: fewer than two are left; `quiet`: nobody took part; `lost`: too many turns came to nothing. */
const interviewEndings = [
  'finished',
  'stopped',
  'few',
  'quiet',
  'lost',
  'exhausted',
  'unreachable',
  'failed',
] as const;
export type InterviewEnding = (typeof interviewEndings)[number];

const ofTurn = { turn: z.int().nonnegative() };
const phaseSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('lobby'), endsAt: z.int() }),
  /** Its thread is being made. */
  z.object({ name: z.literal('gathering') }),
  /** Needs a question; the same change goes on from here. */
  z.object({ name: z.literal('drawing') }),
  /** The interviewer reads the sheet; silent until `quietAt`, the role passes on. Absent until the card stands. */
  z.object({
    name: z.literal('briefing'),
    ...ofTurn,
    quietAt: z.int().optional(),
    again: z.boolean().optional(),
  }),
  /** The question's card is on its way. */
  z.object({ name: z.literal('asking'), ...ofTurn }),
  /** Panel: the candidate speaks. Written: everybody writes. */
  z.object({ name: z.literal('answering'), ...ofTurn, endsAt: z.int() }),
  /** Sheets are handed in. Absent until the card stands. */
  z.object({ name: z.literal('feedback'), ...ofTurn, endsAt: z.int().optional() }),
  /** All is shown; time to talk about it. Absent until the card stands. */
  z.object({ name: z.literal('review'), ...ofTurn, nextAt: z.int().optional() }),
  z.object({
    name: z.literal('over'),
    ending: z.enum(interviewEndings),
    at: z.int(),
    /** Set when the thread is closed, or cannot be. */
    closed: z.boolean(),
    told: z.boolean(),
    reason: z.string().optional(),
  }),
]);
export type InterviewPhase = z.infer<typeof phaseSchema>;

/** One line that says what became of a role. */
const noteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('away'), who: z.string() }),
  z.object({ kind: z.literal('waits'), who: z.string() }),
  z.object({ kind: z.literal('left'), who: z.string(), to: z.string().optional() }),
  z.object({ kind: z.literal('host'), from: z.string(), to: z.string() }),
  z.object({ kind: z.literal('lost') }),
]);
export type InterviewNote = z.infer<typeof noteSchema>;

export const interviewSchema = z.object({
  id: z.string(),
  guildId: z.string(),
  /** Where it was opened, and where its recap stays. */
  channelId: z.string(),
  hostId: z.string(),
  createdAt: z.int(),
  settings: interviewSettings,
  /** Absent until it has begun. Without `threadId` it takes place in its channel. */
  room: z.object({ threadId: z.string().optional() }).optional(),
  /** In the order in which they came. */
  people: z.record(z.string(), personSchema),
  turns: z.array(turnSchema),
  notes: z.array(noteSchema),
  /** Messages by what they are: see `agenda.ts`. */
  posts: z.record(z.string(), z.string()),
  /** What is to be posted, in this order; then what must lose its buttons. */
  outbox: z.array(z.string()),
  toSeal: z.array(z.string()),
  phase: phaseSchema,
});
/** A mock interview, as plain JSON that is never changed in place. Turns are counted from 0 here, from 1 for people. */
export type InterviewSession = z.infer<typeof interviewSchema>;
