import type { ClassmateHelp } from '../asking/peek.js';
import { grade } from '../bank/grade.js';
import type { OpenQuestion } from '../bank/question.js';
import { parseCustomId } from '../discord/custom-id.js';
import { nobodyHidden } from '../people/hidden.js';
import type { PressParts } from './form-place.js';
import { interviewFeature } from './ids.js';
import { viewTurn } from './view.js';

/**
 * What a press of a button leads to, for the sandbox's classmates, in this process alone: what it tells must not reach
 * a client. Undefined for a button with which nothing is written or ticked.
 */
export async function helpFor(
  { interviews, bank, now }: PressParts,
  customId: string,
): Promise<ClassmateHelp | undefined> {
  const { feature, action, args } = parseCustomId(customId);
  const [id = '', turn = ''] = args;
  if (feature !== interviewFeature || !['answer', 'feedback', 'rate'].includes(action)) return undefined;
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
