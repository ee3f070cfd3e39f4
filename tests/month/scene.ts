import { type Card, type Channel, type Member, type Reply, seeded } from 'local-discord';
import { bankIn } from '../helpers/banks.js';
import { startTheBot, type TestBot, tempDatabaseUrl } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { startDiscord } from '../helpers/discord.js';
import { isResults, isRound, letterOf } from '../helpers/stage.js';
import { Disk } from '../quiz/flaky-sqlite.js';
import { questionIn, writeBank } from './bank.js';
import type { Forgotten, Note } from './notes.js';

/** Shares of right answers. */
const strengths = { Ada: 0.9, Ben: 0.65, Cyd: 0.5, Dee: 0.25 } as const;
const seconds = 20;
const isAnswer = (text: string): boolean => /^(✅|❌) \*\*(Right|Not this time)/m.test(text);

/** A study group of four in Berlin, before breakfast. Whatever they do that is acknowledged is noted. */
export async function studyGroup(seed: number, start: string) {
  const random = seeded(seed);
  const clock = new ManualClock(start);
  const discord = await startDiscord({ clock });
  const server = discord.server('Study group', { channels: ['drills'] });
  const drills = server.channel('drills');
  const people = Object.keys(strengths).map((name) => discord.member(name, { server })) as [
    Member,
    ...Member[],
  ];
  const disk = new Disk();
  const databaseUrl = await tempDatabaseUrl();
  const env = { QUESTIONS_DIR: await writeBank() };
  const bank = bankIn(env.QUESTIONS_DIR);
  const boot = async (): Promise<TestBot> => {
    const bot = await startTheBot(discord, {
      clock,
      databaseUrl,
      env,
      bank,
      open: (_, log) => disk.open(databaseUrl.slice('sqlite://'.length), log),
    });
    return bot;
  };
  let bot = await boot();
  let unsettle = clock.settleWith(() => bot.app.idle());
  const notes: Note[] = [];
  const forgotten: Forgotten[] = [];
  const chance = (share: number): boolean => random() < share;
  const knows = (member: Member): boolean => chance(strengths[member.name as keyof typeof strengths]);

  /** Answers an open card, and notes it when the receipt says that it is stored. */
  const answer = async (member: Member, card: Card, more: Partial<Note> & Pick<Note, 'where'>) => {
    const right = knows(member);
    const atMs = clock.now();
    const { text } = await member.press(card, letterOf(card, right));
    if (!/recorded|Right\.|Not this time/i.test(text)) return;
    notes.push({ ...questionIn(card.text), member: member.id, right, atMs, ...more });
  };

  return {
    clock,
    discord,
    random,
    chance,
    drills,
    people,
    notes,
    forgotten,
    disk,
    answer,
    /** As after a kill: nothing that was not on the disk is there any more. */
    async restart(isKilled: boolean) {
      unsettle();
      if (isKilled) disk.fails = () => true;
      if (isKilled) await Promise.all(people.map((member) => member.slash('/question any private:true')));
      await bot.stop();
      disk.fails = () => false;
      bot = await boot();
      unsettle = clock.settleWith(() => bot.app.idle());
      await clock.settle();
    },
    /** Moves on to a moment; what fell due on the way is seen to then. */
    async at(when: number) {
      clock.jumpTo(Math.max(clock.now(), when));
      await clock.advance('5s');
    },
    /** One's own question, answered at once. */
    async drill(member: Member) {
      await clock.advance('5s');
      const card = await member.slash('/question any private:true');
      await answer(member, card as unknown as Card, { where: 'private' });
    },
    /** A question for everybody, and its answer. */
    async card(asker: Member) {
      await clock.advance('5s');
      const { message } = await asker.slash('/question any');
      for (const member of people)
        if (chance(0.7)) {
          await clock.advance('1s');
          await answer(member, message, { where: 'card' });
        }
      await asker.press(message, 'Reveal');
      await clock.settle();
    },
    async quiz(rounds: number) {
      const [host, ...others] = people;
      const lobby = (await host.slash(`/quiz start lobby:60 rounds:${rounds} seconds:${seconds}`)).message;
      for (const member of others) await member.press(lobby, 'Join');
      let opened = drills.next(isRound(1));
      await host.press(lobby, 'Start now');
      for (let number = 1; number <= rounds; number++) {
        const card = await opened;
        const openedMs = Date.parse(card.raw.timestamp);
        const round = { id: card.id, openedMs, totalMs: seconds * 1_000 };
        const before = notes.length;
        for (const member of people) {
          await clock.advance(1_700);
          if (chance(0.8)) await answer(member, card, { where: 'quiz', round });
        }
        if (notes.length - before < people.length)
          await clock.advanceTo(Math.max(clock.now(), openedMs + seconds * 1_000 + 1_500));
        await clock.settle();
        opened = drills.next(number < rounds ? isRound(number + 1) : isResults);
        await clock.advance(6_500);
      }
      await opened;
      await clock.settle();
    },
    /**
     * Goes through a private session.
     * @returns the questions that it asked, in their order
     */
    async session(member: Member, session: Reply): Promise<string[]> {
      const asked: string[] = [];
      while (session.text.includes('· question ')) {
        const question = questionIn(session.text);
        asked.push(question.id);
        clock.jumpTo(clock.now() + 2_000);
        const atMs = clock.now();
        if (chance(0.04) && session.buttons.some(({ label }) => label === 'Forget this')) {
          await member.press(session, 'Forget this');
          forgotten.push({ member: member.id, id: question.id, atMs });
          continue;
        }
        const right = knows(member);
        const guess = right ? (chance(0.25) ? 'Guess' : 'Sure') : chance(0.3) ? 'Sure' : 'Unsure';
        await member.press(session, letterOf(session, right));
        await member.press(session, guess);
        if (!isAnswer(session.text)) throw new Error(`Not answered:\n${session.text}`);
        notes.push({ ...question, member: member.id, right, guess, atMs, where: 'session' });
        await member.press(session, chance(0.05) ? 'Stop' : 'Next');
      }
      return asked;
    },
  };
}

export type StudyGroup = Awaited<ReturnType<typeof studyGroup>>;

/** The newest card of a channel with such a text. */
export const lastWith = (channel: Channel, text: string): Card | undefined =>
  channel.messages.findLast((card) => card.text.includes(text));
