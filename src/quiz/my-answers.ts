import { letters } from '../asking/asked.js';
import type { Bank } from '../bank/bank.js';
import type { Question } from '../bank/question.js';
import { button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import { isRight } from './awards.js';
import type { Round } from './game.js';
import { answersIn } from './given.js';
import { quizId } from './ids.js';
import { quizAccent } from './lobby-card.js';
import { type QuizState, standings } from './players.js';
import * as words from './words.js';

/** Of Discord's 4,000 characters of text in a message; the rest is for what stands around the list. */
const longestPage = 3_300;
const longestPrompt = 240;
const longestOption = 120;

/** Every question of a finished quiz with a member's answer and the right one, for that member alone. */
export function myAnswersCard(state: QuizState, member: string, bank: Bank, page = 0): Outgoing {
  const all = pages(
    state.game.rounds.flatMap((round, index) => (round.ended ? [entry(state, member, bank, index)] : [])),
  );
  const shown = Math.min(Math.max(0, page), all.length - 1);
  const me = standings(state).find((row) => row.member === member);
  const summary = me ? words.myPlaceWords(me.place, me.points, me.right, me.answered) : words.notInWords;
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
        ],
        quizAccent,
      ),
    ],
  };
}

function entry({ game, given }: QuizState, member: string, bank: Bank, index: number): string {
  const round = game.rounds[index] as Round;
  const question = bank.get(round.asked.questionId);
  const answer = answersIn(given, index).get(member);
  const right = answer !== undefined && isRight(round, answer);
  const sign = round.ended === 'void' || !answer ? '➖' : right ? '✅' : '❌';
  const prompt = question ? cut(question.prompt, longestPrompt) : words.lostQuestionWords;
  const parts = [
    answer ? words.mineWords(chosen(question, round, answer.shown)) : words.noAnswerWords,
    ...(right ? [] : [words.rightWords(chosen(question, round, round.right))]),
  ];
  return `${sign} **${index + 1}.** ${prompt}\n-# ${parts.join(' · ')}`;
}

function chosen(question: Question | undefined, { asked }: Round, shown: readonly number[]): string {
  const isKnown = question && 'options' in question && question.rev === asked.rev;
  return shown
    .map((letter) => {
      const option = isKnown ? question.options[asked.order[letter] ?? -1]?.text : undefined;
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
