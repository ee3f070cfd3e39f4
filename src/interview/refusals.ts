import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../discord/errors.js';
import type { Repliable } from '../discord/respond.js';
import type { InterviewOutcome } from './events.js';
import type { Interviews } from './service.js';
import * as words from './words.js';

/** @throws {UserError} in the words of an outcome that is no success */
export function refuseInterview(outcome: InterviewOutcome, interviewer = ''): void {
  if (outcome === 'over') throw new UserError(words.isOver);
  if (outcome === 'late' || outcome === 'nothing') throw new UserError(words.tooLate);
  if (outcome === 'early') throw new UserError(words.tooEarly);
  if (outcome === 'full') throw new UserError(words.joined.full);
  if (outcome === 'notYours') throw new UserError(words.interviewerOnly(interviewer));
}

export const isModerator = ({ memberPermissions }: Repliable): boolean =>
  memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;

/**
 * Starting at once and stopping are for the host and for members with Manage Messages.
 * @throws {UserError} for everybody else
 */
export async function requireInterviewHost(
  interviews: Interviews,
  id: string,
  interaction: Repliable,
  to: string,
): Promise<void> {
  const session = await interviews.get(id);
  if (!session) throw new UserError(words.gone);
  if (interaction.user.id !== session.hostId && !isModerator(interaction))
    throw new UserError(words.hostOnly(session.hostId, to));
}
