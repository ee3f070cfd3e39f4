import { ButtonStyle, ComponentType } from 'discord.js';
import { letters, toBank } from '../asking/asked.js';
import {
  answerButtons,
  closedButtons,
  heading,
  levelColours,
  questionText,
  solutionText,
  spreadText,
} from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import type { Question } from '../bank/question.js';
import {
  button,
  buttonRows,
  clip,
  container,
  count,
  oneLine,
  separator,
  text,
  timestamp,
} from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import {
  type Award,
  answersOf,
  type Game,
  type GameState,
  type QuizStanding,
  type Round,
  standings,
} from './rules.js';

export const quizFeature = 'quiz';
const accent = 0x5865f2;
/** Rows of a table that fit a phone's screen. */
const rowsShown = 10;
const medals = ['🥇', '🥈', '🥉'];

export const mention = (member: string): string => `<@${member}>`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;

/** What the quiz asks, e.g. `5 rounds of 20 s · advanced · QuerySets and lookups`. */
export function settingsLine({ settings, rounds }: Game, bank: Bank): string {
  const topic = settings.topic && (bank.topic(settings.topic)?.title ?? settings.topic);
  return [
    `${count(rounds.length, 'round')} of ${settings.seconds} s`,
    settings.level ?? 'all levels',
    topic ?? 'all topics',
  ].join(' · ');
}

export function lobbyCard({ game }: GameState, bank: Bank): Outgoing {
  const present = Object.entries(game.players).filter(([, player]) => player.present);
  const waiting = game.phase.name === 'lobby';
  const lines = [
    `Host: ${mention(game.hostId)}`,
    settingsLine(game, bank),
    ...(game.rounds.length < game.settings.rounds
      ? [`-# The bank has only ${count(game.rounds.length, 'question')} for this.`]
      : []),
  ];
  const names = present.slice(0, rowsShown).map(([member]) => mention(member));
  const more = present.length > names.length ? ` and ${present.length - names.length} more` : '';
  return {
    components: [
      container(
        [
          text(`### Quiz ${waiting ? 'lobby' : 'under way'}`),
          text(lines.join('\n')),
          text(
            `**${count(present.length, 'person', 'people')} in:** ${names.join(' ') || 'nobody yet'}${more}`,
          ),
          ...(game.phase.name === 'lobby' ? [text(`Starts ${timestamp(game.phase.endsAt)}`)] : []),
          ...buttonRows([
            button('Join', customId(quizFeature, 'join', game.id), { style: ButtonStyle.Success }),
            button('Leave', customId(quizFeature, 'leave', game.id)),
            ...(waiting
              ? [button('Start now', customId(quizFeature, 'start', game.id), { style: ButtonStyle.Primary })]
              : []),
          ]),
        ],
        accent,
      ),
    ],
  };
}

/** The lobby's card when there is nothing to join any more. */
export function lobbyClosedCard({ game }: GameState, bank: Bank): Outgoing {
  return {
    components: [
      container(
        [text('### Quiz over'), text(`Host: ${mention(game.hostId)}\n${settingsLine(game, bank)}`)],
        accent,
      ),
    ],
  };
}

const answerIds = (game: Game, round: number) => ({
  letter: (shown: number) => customId(quizFeature, 'a', game.id, round, shown),
  form: '',
});

const roundTitle = (question: Question, topicTitle: string, { rounds }: Game, round: number): string =>
  heading(question, topicTitle, `Round ${round + 1} of ${rounds.length} · `);

export interface RoundView {
  readonly question: Question;
  readonly topicTitle: string;
  readonly round: number;
}

/** The card of an open round. `endsAt` is when the countdown reaches zero. */
export function openRoundCard(state: GameState, view: RoundView, endsAt: number): Outgoing {
  const { game } = state;
  const { asked } = game.rounds[view.round] as Round;
  const answered = answersOf(state, view.round).size;
  return {
    components: [
      container(
        [
          text(roundTitle(view.question, view.topicTitle, game, view.round)),
          ...questionText(view.question, asked),
          ...buttonRows(answerButtons(view.question, asked, answerIds(game, view.round))),
          text(`Ends ${timestamp(endsAt)} · ${answered} of ${Math.max(state.present, answered)} answered`),
        ],
        levelColours[view.question.level],
      ),
    ],
    nonce: `${game.id}r${view.round}`,
  };
}

const endedWords: Record<NonNullable<Round['ended']>, string> = {
  time: 'Time is up',
  all: 'Everyone has answered',
  skip: 'Skipped',
  stop: 'The quiz was stopped',
  void: 'This round does not count: its question was changed in the bank',
};

/** The card of a closed round: the right option, why, how the answers were spread, who was fastest. */
export function closedRoundCard(state: GameState, view: RoundView, earned: readonly Award[]): Outgoing {
  const { game } = state;
  const round = game.rounds[view.round] as Round;
  const { asked } = round;
  const given = [...answersOf(state, view.round).values()];
  const fastest = earned.find((award) => award.right);
  const right = earned.filter((award) => award.right).length;
  const spread = spreadText(
    view.question,
    asked,
    given.map(({ letter }) => toBank(asked, [letter])),
  );
  const outcome = [
    `${endedWords[round.ended ?? 'time']} · ${given.length > 0 ? `${right} of ${given.length} right` : 'nobody answered'}`,
    ...(fastest
      ? [`Fastest: ${mention(fastest.member)} in ${seconds(fastest.tookMs)} (+${fastest.points})`]
      : []),
  ].join('\n');
  return {
    components: [
      container(
        [
          text(roundTitle(view.question, view.topicTitle, game, view.round)),
          ...questionText(view.question, asked),
          ...buttonRows(closedButtons(view.question, asked, answerIds(game, view.round))),
          separator(),
          ...solutionText(view.question, asked),
          ...(spread ? [text(spread)] : []),
          text(outcome),
        ],
        levelColours[view.question.level],
      ),
    ],
  };
}

/** A round whose question has left the bank. */
export function voidRoundCard({ rounds }: Game, round: number): Outgoing {
  return {
    components: [
      container([
        text(`### Round ${round + 1} of ${rounds.length}`),
        text('This round does not count: its question was changed or taken out of the bank meanwhile.'),
      ]),
    ],
  };
}

function standingLines(rows: readonly QuizStanding[]): string {
  const lines = rows
    .slice(0, rowsShown)
    .map(
      ({ place, member, points, right, answered }) =>
        `${(points > 0 && medals[place - 1]) || `**${place}.**`} ${mention(member)} **${points}** · ${right}/${answered} right (${percent(right, answered)})`,
    );
  if (rows.length > rowsShown) lines.push(`-# and ${rows.length - rowsShown} more`);
  return lines.join('\n');
}

export function standingsCard({ game }: GameState, round: number): Outgoing {
  return {
    components: [
      container(
        [
          text(`**Standings after round ${round + 1} of ${game.rounds.length}**`),
          text(standingLines(standings(game)) || 'Nobody is in the quiz.'),
        ],
        accent,
      ),
    ],
    nonce: `${game.id}s${round}`,
  };
}

const endingWords = {
  finished: 'Quiz results',
  stopped: 'Quiz stopped: results so far',
  abandoned: 'Quiz ended: nobody answered two rounds in a row',
  unreachable: 'Quiz ended: the channel could not be reached',
} as const;

export const podiumFile = 'podium.png';

/** The last card: places, accuracy, the podium's picture where there is one. */
export function resultsCard({ game }: GameState, bank: Bank, podium: Buffer | undefined): Outgoing {
  const rows = standings(game);
  const ending = game.phase.name === 'over' ? game.phase.ending : 'finished';
  const played = game.rounds.filter((round) => round.ended && round.ended !== 'void').length;
  return {
    components: [
      container(
        [
          text(`### ${endingWords[ending]}`),
          text(`${settingsLine(game, bank)} · ${played} played`),
          ...(podium
            ? [
                {
                  type: ComponentType.MediaGallery as const,
                  items: [
                    {
                      media: { url: `attachment://${podiumFile}` },
                      description: clip(
                        `Podium: ${rows
                          .slice(0, 3)
                          .map((row) => `${row.place}. ${row.name} with ${row.points} points`)
                          .join(', ')}`,
                        1000,
                      ),
                    },
                  ],
                },
              ]
            : []),
          text(standingLines(rows) || 'Nobody took part.'),
          ...buttonRows([
            button('My answers', customId(quizFeature, 'mine', game.id), { style: ButtonStyle.Primary }),
            button('Play again', customId(quizFeature, 'again', game.id)),
          ]),
        ],
        accent,
      ),
    ],
    ...(podium && { files: [{ name: podiumFile, data: podium }] }),
    nonce: `${game.id}end`,
  };
}

/** Every question of a finished quiz with a member's answer and the right one, for that member alone. */
export function myAnswersCard(state: GameState, member: string, bank: Bank): Outgoing {
  const { game } = state;
  const lines = game.rounds.flatMap((round, index) => {
    if (!round.ended) return [];
    const question = bank.get(round.asked.questionId);
    const letter = state.answers.get(index)?.get(member)?.letter;
    const sign = round.ended === 'void' || letter === undefined ? '➖' : letter === round.right ? '✅' : '❌';
    const option = (shown: number): string => {
      const index = round.asked.order[shown] ?? -1;
      const known = question && 'options' in question && question.rev === round.asked.rev;
      const words = known ? ` ${oneLine(question.options[index]?.text ?? '', 60)}` : '';
      return `**${letters[shown]}**${words}`;
    };
    const prompt = oneLine(question?.prompt ?? 'A question that has left the bank', 80);
    const mine = letter === undefined ? 'no answer' : `you: ${option(letter)}`;
    const rightOne = letter === round.right ? '' : ` · right: ${option(round.right)}`;
    return [`${sign} **${index + 1}.** ${prompt}\n-# ${mine}${rightOne}`];
  });
  const me = standings(game).find((row) => row.member === member);
  const summary = me
    ? `Place ${me.place} with ${me.points} points, ${me.right} of ${me.answered} right.`
    : 'You did not take part in this quiz.';
  return { components: [container([text(`### Your answers\n${summary}`), ...pages(lines)], accent)] };
}

/** Discord's limit of text in a message, less what stands around the list. */
const longestList = 3_600;

function pages(lines: readonly string[]) {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > longestList) {
      kept.push('-# …');
      break;
    }
    kept.push(line);
  }
  return kept.length > 0 ? [text(kept.join('\n'))] : [];
}

/** The private answer to `/quiz status`. */
export function quizStatusCard(state: GameState, bank: Bank): Outgoing {
  const { game } = state;
  const round = 'round' in game.phase ? game.rounds[game.phase.round] : undefined;
  const where = ((): string => {
    switch (game.phase.name) {
      case 'lobby':
        return `In the lobby, starts ${timestamp(game.phase.endsAt)}.`;
      case 'opening':
        return `Round ${game.phase.round + 1} of ${game.rounds.length} is about to open.`;
      case 'open':
        return `Round ${game.phase.round + 1} of ${game.rounds.length} is open, ends ${timestamp(round?.endsAt ?? 0)}; ${count(answersOf(state, game.phase.round).size, 'answer')} so far.`;
      case 'closed':
        return `Round ${game.phase.round + 1} of ${game.rounds.length} is over, the next step follows ${timestamp(game.phase.nextAt)}.`;
      case 'over':
        return 'The quiz is over.';
      default:
        return game.phase satisfies never;
    }
  })();
  return {
    components: [
      container(
        [
          text('### Quiz in this channel'),
          text(`Host: ${mention(game.hostId)}\n${settingsLine(game, bank)}`),
          text(where),
          text(standingLines(standings(game)) || 'Nobody is in the quiz.'),
        ],
        accent,
      ),
    ],
  };
}
