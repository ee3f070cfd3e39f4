import { z } from 'zod';
import { askedSchema } from '../asking/asked.js';
import { levels } from '../bank/question.js';
import { settingsSchema } from './settings.js';

export const playerSchema = z.object({
  name: z.string(),
  /** False for somebody who left: a round does not wait for them, their points stay. */
  present: z.boolean(),
  points: z.int(),
  right: z.int(),
  answered: z.int(),
  /** From 0, in a quiz with teams. */
  team: z.int().min(0).optional(),
});
export type Player = z.infer<typeof playerSchema>;

const roundEnds = ['time', 'all', 'skip', 'stop', 'void'] as const;
export type RoundEnd = (typeof roundEnds)[number];

const roundSchema = z.object({
  asked: askedSchema,
  level: z.enum(levels),
  topic: z.string(),
  /** How long it lasts, where that is not what the settings say. */
  seconds: z.int().optional(),
  /** The right letters as shown, from 0: all of them in their order, or the right order; none for words. */
  right: z.array(z.int()),
  messageId: z.string().optional(),
  /** When Discord accepted the card: the round's clock starts here. */
  openedAt: z.int().optional(),
  /** Answers that Discord took until then count; later than `openedAt` + seconds only after a restart. */
  endsAt: z.int().optional(),
  /** When the round closes by our own clock: a moment after `endsAt`, since answers in time can arrive late. */
  closesAt: z.int().optional(),
  ended: z.enum(roundEnds).optional(),
  /** Time to read the answer, by the length of its explanation. */
  readMs: z.int().optional(),
  /** Set when there is a second vote: its answers count, and its card is the round's. */
  second: z.boolean().optional(),
  /** A wrong letter, drawn with the question; told with the second vote where `hinted` says so. */
  hint: z.int().optional(),
  hinted: z.boolean().optional(),
  /** Set when the first vote's card says that it is over. */
  firstShown: z.boolean().optional(),
  /** Set when the host has given more time. */
  extended: z.boolean().optional(),
  /** Set when only one member answered, so that nothing of it went to the leaderboard. */
  practice: z.boolean().optional(),
  /** Members who were right and had earned points by this question a few days ago. */
  again: z.array(z.string()).optional(),
  /** Set when the answer stands on the card (or the card cannot be reached any more). */
  shown: z.boolean().optional(),
  /** Set when the standings have been posted, with their message. */
  told: z.boolean().optional(),
  standingsId: z.string().optional(),
  /** Where its question is discussed after the quiz. */
  threadId: z.string().optional(),
});
export type Round = z.infer<typeof roundSchema>;

/**
 * `exhausted`: the bank had no further question that was free; `unreachable`: the channel is gone or closed to the
 * bot; `failed`: a fault of ours; `empty`: nobody came to a quiz night.
 */
const endings = ['finished', 'stopped', 'abandoned', 'exhausted', 'unreachable', 'failed', 'empty'] as const;
export type Ending = (typeof endings)[number];

const phaseSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('lobby'), endsAt: z.int() }),
  /** The round's question is drawn, and its card on its way to Discord. */
  z.object({ name: z.literal('opening'), round: z.int() }),
  z.object({ name: z.literal('open'), round: z.int() }),
  /** Between the two votes of a round; `nextAt` is when the second begins. */
  z.object({ name: z.literal('discussing'), round: z.int(), nextAt: z.int() }),
  /** `nextAt` is set when the answer has been shown: the time to read it starts then. */
  z.object({
    name: z.literal('closed'),
    round: z.int(),
    nextAt: z.int().optional(),
    paused: z.boolean().optional(),
  }),
  z.object({
    name: z.literal('over'),
    ending: z.enum(endings),
    at: z.int(),
    told: z.boolean(),
    /** Of `unreachable`: Discord's words for why, for the host. */
    reason: z.string().optional(),
  }),
]);
export type Phase = z.infer<typeof phaseSchema>;

export const gameSchema = z.object({
  id: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  /** `nobody` for a quiz night, and where the host had their data removed. */
  hostId: z.string(),
  /** Of a quiz night: its name, as somebody typed it. */
  night: z.string().optional(),
  createdAt: z.int(),
  settings: settingsSchema,
  /** How many rounds there will be: as many as were asked for, or as the bank has questions for. */
  planned: z.int().min(1),
  lobbyMessageId: z.string().optional(),
  /** Without those who joined by an answer since the last round ended: they stand in the answers. */
  players: z.record(z.string(), playerSchema),
  /** Those whose question has been drawn, which happens when a round opens. */
  rounds: z.array(roundSchema),
  quietRounds: z.int(),
  phase: phaseSchema,
});
/** A quiz, as plain JSON that is never changed in place. Rounds are counted from 0 here, from 1 for people. */
export type Game = z.infer<typeof gameSchema>;

/** The round that the phase is about. */
export const currentRound = ({ phase, rounds }: Game): Round | undefined =>
  'round' in phase ? rounds[phase.round] : undefined;

/** Whether answers to a round are taken, or soon will be. */
export const isTaking = ({ phase }: Game, round: number): boolean =>
  (phase.name === 'open' || phase.name === 'opening') && phase.round === round;

export const newPlayer = (name: string): Player => ({
  name,
  present: true,
  points: 0,
  right: 0,
  answered: 0,
});

export const over = (ending: Ending, at: number, reason?: string): Phase => ({
  name: 'over',
  ending,
  at,
  told: false,
  ...(reason !== undefined && { reason }),
});
