import { grade } from '../bank/grade.js';
import type { OpenQuestion } from '../bank/question.js';
import { parseCustomId } from '../discord/custom-id.js';
import { nobodyHidden } from '../people/hidden.js';
import type { PressParts } from './form-place.js';
import { interviewName } from './ids.js';
import { viewTurn } from './view.js';

/** What somebody could write or tick. */
export interface InterviewHelp {
  /** Answers to the question, the best first. */
  readonly texts?: readonly string[];
  /** Of each answer that is to be rated, the key points that its words name; undefined where it was spoken. */
  readonly points?: readonly (readonly number[] | undefined)[];
}

/**
 * What a press of a button leads to, for the sandbox's classmates, in this process alone: what it tells must not reach
 * a client. Undefined for a button with which nothing is written or ticked.
 */
export async function helpFor(
  { interviews, bank, now }: PressParts,
  customId: string,
): Promise<InterviewHelp | undefined> {
  const { feature, action, args } = parseCustomId(customId);
  const [id = '', turn = ''] = args;
  if (feature !== interviewName || !['answer', 'feedback', 'rate'].includes(action)) return undefined;
  const session = await interviews.get(id);
  const view = session && viewTurn(session, Number(turn), { bank, now: now(), hidden: nobodyHidden });
  if (!view) return undefined;
  const { question } = view;
  if (action === 'answer') return { texts: samplesOf(question) };
  const isPanel = view.session.settings.format === 'panel';
  const texts = view.turn.answers.map(({ text }) => text);
  return {
    points: (isPanel ? [texts[0]] : texts).map((text) =>
      text === undefined ? undefined : pointsIn(question, text),
    ),
  };
}

const samplesOf = ({ samples, modelAnswer }: OpenQuestion): string[] =>
  samples ? [samples.good, ...samples.bad] : [modelAnswer];

const pointsIn = (question: OpenQuestion, text: string): readonly number[] =>
  grade(question, { text }).matched ?? [];
