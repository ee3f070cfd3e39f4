import { nobody } from '../asking/nobody.js';
import { accent, container, oneLine, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { settingsWords } from './lobby-card.js';
import * as recapWords from './recap-words.js';
import type { InterviewSession } from './session.js';
import { coverageOf, coveredCount, type Drawing, named, numberOf, type TurnView, viewTurn } from './view.js';
import * as words from './words.js';

const longestPrompt = 120;

/** What stays in the channel: which questions, and how much of each was covered. */
export function recapCard(session: InterviewSession, drawing: Drawing): Outgoing {
  const { phase, hostId } = session;
  const ending = phase.name === 'over' ? words.endingWords[phase.ending] : '';
  const lines = session.turns.flatMap((turn, index) => {
    if (turn.ended !== 'shown') return [];
    const view = viewTurn(session, index, drawing);
    return [view ? turnLines(view) : recapWords.lostTurn(numberOf(session, index))];
  });
  return {
    components: [
      container(
        [
          text(recapWords.title),
          text(
            `${words.hostLine(named(drawing.hidden, hostId))} · ${settingsWords(session, drawing.bank)}\n${ending}`,
          ),
          ...(lines.length > 0 ? [text(lines.join('\n')), text(recapWords.kept)] : []),
        ],
        accent,
      ),
    ],
  };
}

function turnLines({ turn, number, question, topicTitle, session, hidden }: TurnView): string {
  const head = recapWords.turnLine(number, topicTitle, oneLine(question.prompt, longestPrompt));
  const covered = (of: string): number => coveredCount(coverageOf(turn, of));
  if (session.settings.format === 'panel') {
    const { candidate = '', interviewer = '' } = turn;
    const isRated = turn.sheets.length > 0;
    return `${head}\n${recapWords.panelLine(named(hidden, candidate), named(hidden, interviewer), isRated ? covered(candidate) : undefined, turn.points)}`;
  }
  const best = turn.answers
    .filter(({ member }) => member !== nobody)
    .map(({ member }) => recapWords.writerWords(named(hidden, member), covered(member), turn.points));
  return `${head}\n${best.join(' · ')}`;
}
