import type { Card, Member, Reply } from 'local-discord';
import { letterOf, type Stage } from '../helpers/stage.js';

export const dayMs = 24 * 60 * 60_000;

/** Answers a question card of the member’s own, wrong; after the pause between questions. */
export async function miss(member: Member, options: string, clock: Stage['clock']): Promise<void> {
  await clock.advance('5s');
  const card = await member.slash(`/question ${options} private:true`);
  await member.press(card, letterOf(card, false));
}

/** Chooses and says how sure one is. */
export async function say(member: Member, on: Reply, right: boolean, sure = 'Sure'): Promise<Reply> {
  await member.press(on, letterOf(on, right));
  return member.press(on, sure);
}

/** Answers the first question of a new session. */
export async function reviewed(member: Member, right: boolean): Promise<Reply> {
  const session = await member.slash('/review start');
  await say(member, session, right);
  return session;
}

export const labels = ({ buttons }: Pick<Card, 'buttons'>): string[] => buttons.map(({ label }) => label);
