import { setTimeout as delay } from 'node:timers/promises';
import type { Card, Channel, Member } from 'local-discord';
import { expect } from 'vitest';
import { toShown } from '../../src/asking/asked.js';
import { Ledger } from '../../src/ledger/service.js';
import { Profiles } from '../../src/profiles/service.js';
import { cardAnswersLog, cardRecord } from '../../src/question/records.js';
import type { QuizEntry } from '../../src/quiz/entries.js';
import type { QuizAnswer } from '../../src/quiz/given.js';
import { entriesLog, gameRecord, quizAnswersLog } from '../../src/quiz/records.js';
import { Memory } from '../../src/store/held.js';
import { readRows } from '../../src/store/log-segments.js';
import { HeldLogs } from '../../src/store/logs.js';
import type { Store } from '../../src/store/store.js';
import { systemClock } from '../../src/time/clock.js';

/** A receipt that a member saw: this letter on the card with this custom id. */
export interface Receipt {
  readonly member: string;
  /** `quiz:a:<game>:<round>:<letter>` or `practice:a:<card>:<letter>`; `quiz:join:<game>` of who is in. */
  readonly customId: string;
}

/** Somebody comes in, to stay; what they are told is noted. */
async function joinLast(channel: Channel, member: Member | undefined, receipts: Receipt[]): Promise<void> {
  const join = ({ customId = '' }: Card['buttons'][number]): boolean => customId.startsWith('quiz:join:');
  const card = channel.messages.findLast(({ buttons }) => buttons.some(join));
  const customId = card?.buttons.find(join)?.customId;
  if (!card || !member || customId === undefined) return;
  const reply = await member.pressId(card, customId, { wait: false });
  await Promise.race([reply.answered(), soon()]);
  if (!reply.failed && reply.kind && /^You are in/.test(reply.text))
    receipts.push({ member: member.id, customId });
}

const openButtons = (card: Card) =>
  card.buttons.filter(({ label, disabled }) => /^[A-F]$/.test(label) && !disabled);

const pick = <T>(random: () => number, from: readonly T[]): T | undefined =>
  from[Math.floor(random() * from.length)];

export const isRanked = ({ text }: Card): boolean => /· \d of [2-9] right/.test(text);

/** Patience for an answer that may never come, because the process has just been killed. */
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

/**
 * Members press whatever is open, one press after another, until told to stop; what is acknowledged is noted. In the pause after a round
 * the quiz is now and then stopped and a new one started, so that every step is under way at some kill.
 */
export async function play(
  channel: Channel,
  members: readonly [Member, ...Member[]],
  random: () => number,
  receipts: Receipt[],
  over: { now: boolean },
  /** Between two presses: as many as can be are nothing that has to be seen. */
  pauseMs = 0,
): Promise<void> {
  const pressed = new Set<string>();
  while (!over.now) {
    if (pauseMs > 0) await delay(pauseMs);
    const card = channel.messages.findLast((message) => openButtons(message).length > 0);
    // The host not first: a round that one member answered alone would be over, and practice.
    const member = pick(random, card && pressed.has(card.id) ? members : members.slice(1));
    const button = card && pick(random, openButtons(card));
    if (random() < 0.3) await joinLast(channel, pick(random, members), receipts);
    if (!card || !member || !button?.customId) {
      for (const command of ['/quiz stop', '/quiz start lobby:0 rounds:30 seconds:300'])
        await Promise.race([members[0].slash(command, { channel }), soon()]);
      await soon();
      continue;
    }
    const reply = await member.pressId(card, button.customId, { wait: false });
    await Promise.race([reply.answered(), soon()]);
    // Nobody listens, so that the press has failed at once.
    if (reply.failed) {
      await soon();
      continue;
    }
    if (reply.kind) pressed.add(card.id);
    if (reply.kind && /recorded:?\s/i.test(reply.text) && !/first/.test(reply.text))
      receipts.push({ member: member.id, customId: button.customId });
  }
}

/** All that the disk holds of a quiz. */
async function quizOnDisk(store: Store, id: string) {
  const entries: QuizEntry[] = [];
  for await (const row of readRows(store, entriesLog, id)) entries.push(row);
  const answers: QuizAnswer[] = [];
  for await (const row of readRows(store, quizAnswersLog, id)) answers.push(row);
  return { game: await store.get(gameRecord, id), entries, answers };
}

/** Nobody leaves here. Who came in by an answer stands in the answers until the round ends. */
const isIn = ({ game, entries, answers }: Awaited<ReturnType<typeof quizOnDisk>>, member: string): boolean =>
  game !== undefined &&
  (game.players[member]?.present ?? [...entries, ...answers].some((row) => row.member === member));

/** Every receipt is an answer on the disk, counted once; ledger, profiles and games agree. @param least answers of closed rounds */
export async function holdAgainstTheDisk(
  store: Store,
  guildId: string,
  receipts: readonly Receipt[],
  least: number,
): Promise<void> {
  const games = new Set<string>();
  for (const { member, customId } of receipts) {
    const [feature, what, id = '', ...rest] = customId.split(':');
    if (what === 'join') {
      const quiz = await quizOnDisk(store, id);
      expect(isIn(quiz, member), `${member} is in ${id}: ${JSON.stringify(quiz)}`).toBe(true);
    } else if (feature === 'practice') {
      const card = await store.get(cardRecord, id);
      const shown: number[][] = [];
      for await (const row of readRows(store, cardAnswersLog, id))
        if (card && row.member === member && 'picks' in row.answer)
          shown.push(toShown(card.asked, row.answer.picks));
      expect(shown, `the answer of ${member} on card ${id}`).toEqual([[Number(rest[0])]]);
    } else games.add(id);
  }
  const memory = new Memory(store);
  const answers = new HeldLogs(memory, quizAnswersLog);
  const ledger = new Ledger({ memory, clock: systemClock });
  const booked = new Map<string, number>();
  for await (const row of ledger.rows(guildId)) {
    const key = `${row.source} ${row.member}`;
    expect(booked.has(key), `${key} is booked once`).toBe(false);
    booked.set(key, row.points);
  }
  for (const id of games) {
    const game = await store.get(gameRecord, id);
    const given = new Map<string, number>();
    for await (const one of answers.rows(id)) {
      const key = `quiz:${id}:${one.round + 1} ${one.member}`;
      expect(given.has(key), `${key} is recorded once`).toBe(false);
      given.set(key, one.shown[0] ?? -1);
    }
    for (const { member, customId } of receipts) {
      const [, what, game, round, letter] = customId.split(':');
      if (game === id && what === 'a')
        expect(given.get(`quiz:${id}:${Number(round) + 1} ${member}`)).toBe(Number(letter));
    }
    // Of closed rounds that two answered every answer is in the ledger, of the open one and of practice none.
    for (const key of given.keys()) {
      const round = game?.rounds[Number(key.split(' ')[0]?.split(':')[2]) - 1];
      expect(booked.has(key), key).toBe(round?.ended !== undefined && !round.practice);
    }
    for (const [member, player] of Object.entries(game?.players ?? {})) {
      const closed = [...given.keys()].filter((key) => {
        const [source = '', of] = key.split(' ');
        return of === member && game?.rounds[Number(source.split(':')[2]) - 1]?.ended !== undefined;
      });
      expect(player.answered).toBe(closed.length);
    }
  }
  const members = [...new Set([...booked.keys()].map((key) => key.split(' ')[1] ?? ''))];
  const profiles = new Profiles(memory);
  for (const member of members) {
    const rows = [...booked.keys()].filter((key) => key.endsWith(` ${member}`)).length;
    const topics = Object.values((await profiles.get(guildId, member)).topics);
    const scored = topics
      .flatMap((levels) => Object.values(levels))
      .reduce((sum, tally) => sum + (tally?.[1] ?? 0), 0);
    expect(scored, `scored answers in the profile of ${member}`).toBe(rows);
  }
  expect(booked.size, 'answers of closed rounds').toBeGreaterThan(least);
  expect(await ledger.audit(guildId)).toMatchObject({ duplicates: [], sound: true, rows: booked.size });
}
