import { isCurrent, letters, shownTexts, toBank } from '../asking/asked.js';
import { answerText, rightAnswerText, sourceLinks, whyWrongText } from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import type { Question } from '../bank/question.js';
import { accent, button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import { isRight } from './awards.js';
import type { Round } from './game.js';
import { countingVotes, type QuizAnswer } from './given.js';
import { quizId } from './ids.js';
import { playedIn, playerOf, type QuizState, standingOf } from './players.js';
import * as words from './words.js';

/** Of Discord's 4,000 characters of text in a message; the rest is for what stands around the list. */
const longestPage = 3_300;
const longestPrompt = 240;
const longestOption = 120;
const longestWhy = 240;

/** Every question of a finished quiz with a member's answer and the right one, for that member alone. */
export function myAnswersCard(state: QuizState, member: string, bank: Bank, page = 0): Outgoing {
  const all = pages(
    state.game.rounds.flatMap((round, index) => (round.ended ? [entry(state, member, bank, index)] : [])),
  );
  const shown = Math.min(Math.max(0, page), all.length - 1);
  const me = standingOf(state, member);
  const played = playedIn(state.game.rounds);
  const right = playerOf(state, member)?.right ?? 0;
  const place = me ? words.myPlaceWords(me.place, me.points, right, played) : words.notInWords;
  const summary = played === 0 ? words.noRoundWords : place;
  const turn = (label: string, to: number) =>
    button(label, quizId('page', state.game.id, to), { disabled: to < 0 || to >= all.length });
  return {
    components: [
      container(
        [
          text(`### ${words.myAnswersTitle}\n${summary}`),
          ...(all[shown]?.length ? [text(all[shown].join('\n'))] : []),
          ...(all.length > 1
            ? [
                text(words.pageWords(shown, all.length)),
                ...buttonRows([turn('◀', shown - 1), turn('▶', shown + 1)]),
              ]
            : []),
          ...(missedBy(state, member).length > 0
            ? buttonRows([button(words.reviewTheseLabel, quizId('review', state.game.id))])
            : []),
        ],
        accent,
      ),
    ],
  };
}

/** The questions that a member answered wrong. */
export function missedBy(state: QuizState, member: string): string[] {
  return state.game.rounds.flatMap((round, index) => {
    const answer = countingVotes(state, index).get(member);
    const isWrong = round.ended && round.ended !== 'void' && answer && !isRight(round, answer);
    return isWrong ? [round.asked.questionId] : [];
  });
}

function entry(state: QuizState, member: string, bank: Bank, index: number): string {
  const round = state.game.rounds[index] as Round;
  const question = bank.get(round.asked.questionId, round.asked.rev);
  const answer = countingVotes(state, index).get(member);
  if (state.isAskedNow?.(round.asked.questionId))
    return `▫️ **${index + 1}.** ${cut(question?.prompt ?? '', longestPrompt)}\n-# ${words.askedAgainWords}`;
  const right = answer !== undefined && isRight(round, answer);
  const sign = round.ended === 'void' || !answer ? '▫️' : right ? '✅' : '❌';
  const prompt = question ? cut(question.prompt, longestPrompt) : words.lostQuestionWords;
  const parts = [
    answer ? words.mineWords(given(question, round, answer)) : words.noAnswerWords,
    ...(right ? [] : [words.rightWords(solution(question, round))]),
  ];
  const known = question && isCurrent(question, round.asked) ? question : undefined;
  const why =
    known && answer && !right && whyWrongText(known, round.asked, toBank(round.asked, answer.shown));
  return [
    `${sign} **${index + 1}.** ${prompt}`,
    `-# ${parts.join(' · ')}`,
    ...(why ? [`-# ${cut(why, longestWhy)}`] : []),
    ...(known ? [`-# ${sourceLinks(known)}`] : []),
  ].join('\n');
}

function given(question: Question | undefined, round: Round, { shown, text }: QuizAnswer): string {
  if (text === undefined) return chosen(question, round, shown);
  return question ? answerText(question, round.asked, { text }) : cut(text, longestOption);
}

function solution(question: Question | undefined, round: Round): string {
  if (round.right.length > 0) return chosen(question, round, round.right);
  return question && isCurrent(question, round.asked) ? rightAnswerText(question, round.asked) : '–';
}

function chosen(question: Question | undefined, { asked }: Round, shown: readonly number[]): string {
  const texts = question && isCurrent(question, asked) ? shownTexts(question, asked) : [];
  return shown
    .map((letter) => {
      const option = texts[letter];
      return `**${letters[letter]}**${option ? ` ${cut(option, longestOption)}` : ''}`;
    })
    .join(', ');
}

function pages(entries: readonly string[]): string[][] {
  const all: string[][] = [[]];
  let length = 0;
  for (const one of entries) {
    length += one.length + 1;
    if (length > longestPage) {
      all.push([]);
      length = one.length + 1;
    }
    all.at(-1)?.push(one);
  }
  return all;
}
