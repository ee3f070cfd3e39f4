import { type APIComponentInContainer, ButtonStyle } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { accent, attachedPicture, button, buttonRows, container, text } from '../discord/components.js';
import { number } from '../discord/figures.js';
import type { Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import { keepGoingButton } from '../next/buttons.js';
import type { Game } from './game.js';
import { quizId } from './ids.js';
import { rowsShown, settingsLine } from './lobby-card.js';
import { playedIn, type QuizStanding, type QuizState, standings } from './players.js';
import { podiumOf } from './podium.js';
import { missedQuestions, mostMissed } from './recap.js';
import { teamStandings } from './teams.js';
import { type Share, sharesOf } from './votes.js';
import * as words from './words.js';

const medals = ['🥇', '🥈', '🥉'];
const podiumFile = 'podium.png';
const longestPrompt = 160;

/** Places, names and points, each in a line that fits a phone with a name of 16 letters. */
export const standingLines = (state: QuizState): string => rowsOf(state, placeLine);

/** The same, with right answers out of the rounds that were played, in small print. */
function resultLines(state: QuizState): string {
  const played = playedIn(state.game.rounds);
  return rowsOf(state, (row) => {
    const right = row.answered === 0 ? words.noAnswerGiven : words.rightOf(row.right, played);
    return `${placeLine(row)}\n-# ${right}`;
  });
}

const placeLine = ({ place, member, points }: QuizStanding): string =>
  `${(points > 0 && medals[place - 1]) || `**${place}.**`} ${words.mention(member)} **${number(points)}**`;

function rowsOf(state: QuizState, lineOf: (row: QuizStanding) => string): string {
  const rows = standings(state);
  const lines = rows.slice(0, rowsShown).map(lineOf);
  if (rows.length > rowsShown) lines.push(words.moreLine(rows.length - rowsShown));
  return lines.join('\n');
}

export function standingsCard(state: QuizState, round: number): Outgoing {
  const { id, planned } = state.game;
  return {
    components: [
      container(
        [
          text(words.standingsTitle(round, planned)),
          ...teamTable(state),
          text(standingLines(state) || words.nobodyInWords),
          ...hostButtons(state.game, round),
        ],
        accent,
      ),
    ],
    nonce: `${id}s${round}`,
  };
}

/** While the next round waits for its time, the host can call it or hold it up. */
function hostButtons(game: Game, round: number): APIComponentInContainer[] {
  const { phase, id } = game;
  if (phase.name !== 'closed' || phase.round !== round) return [];
  return phase.paused
    ? [
        text(words.pausedLine(phase.nextAt ?? 0)),
        ...buttonRows([button('Go on', quizId('next', id, round), { style: ButtonStyle.Primary })]),
      ]
    : buttonRows([button('Next', quizId('next', id, round)), button('Pause', quizId('pause', id, round))]);
}

/** The last card: places, accuracy, the podium's picture where there is one. */
export function resultsCard(state: QuizState, bank: Bank, podium: Buffer | undefined): Outgoing {
  const { game } = state;
  const ending = game.phase.name === 'over' ? game.phase.ending : 'finished';
  return {
    components: [
      container(
        [
          text(`### ${words.endingTitles[ending]}`),
          text(`${settingsLine(game, bank)} · ${words.playedWords(playedIn(game.rounds))}`),
          ...(podium ? [attachedPicture(podiumFile, words.podiumWords(podiumOf(state)))] : []),
          ...teamTable(state),
          text(resultLines(state) || words.nobodyTookPartWords),
          ...discussed(state),
          ...(game.rounds.some(({ practice, again }) => practice || again) ? [text(words.rankedNote)] : []),
          ...(ending === 'failed' ? [] : missed(state, bank)),
          ...buttonRows([
            button('My answers', quizId('mine', game.id), { style: ButtonStyle.Primary }),
            button('Play again', quizId('again', game.id)),
            keepGoingButton(),
            ...(missedQuestions(state).length > 0 ? [button('Retry missed', quizId('retry', game.id))] : []),
          ]),
        ],
        accent,
      ),
    ],
    ...(podium && { files: [{ name: podiumFile, data: podium }] }),
    nonce: `${game.id}end`,
  };
}

/** What is worth talking about, each with a button that opens a thread. */
function missed(state: QuizState, bank: Bank): APIComponentInContainer[] {
  const rows = mostMissed(state).flatMap(({ round, right, all }) => {
    const question = bank.get(state.game.rounds[round]?.asked.questionId ?? '');
    if (!question) return [];
    return [
      text(words.missedLine(round, cut(question.prompt, longestPrompt), right, all)),
      ...buttonRows([button('Discuss', quizId('discuss', state.game.id, round))]),
    ];
  });
  return rows.length > 0 ? [text(words.mostMissedTitle), ...rows] : [];
}

/** What discussing has changed, over all rounds that were voted on twice. */
function discussed(state: QuizState): APIComponentInContainer[] {
  const shares = state.game.rounds.flatMap((_, index) => {
    const of = sharesOf(state, index);
    return of ? [of] : [];
  });
  if (shares.length === 0) return [];
  const sum = (which: 0 | 1): Share =>
    shares.reduce<Share>(
      (total, of) => ({ right: total.right + of[which].right, all: total.all + of[which].all }),
      { right: 0, all: 0 },
    );
  return [text(words.discussedWords(shares.length, sum(0), sum(1)))];
}

function teamTable(state: QuizState): APIComponentInContainer[] {
  const lines = teamStandings(state).map(({ place, team, points, size }) =>
    words.teamStandingLine(place, team, points, size),
  );
  return lines.length > 0 ? [text(lines.join('\n'))] : [];
}

/** In place of a round's card when a fault of ours has ended the quiz. */
export const brokenCard = (): Outgoing => ({ components: [container([text(words.brokenRoundWords)])] });
