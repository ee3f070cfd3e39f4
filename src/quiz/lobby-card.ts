import { ButtonStyle } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { accent, button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Game, Player } from './game.js';
import { quizId } from './ids.js';
import { isSeen, playersOf, type QuizState } from './players.js';
import * as words from './words.js';

/** Rows of a table that fit a phone's screen. */
export const rowsShown = 10;

/** What the quiz asks, e.g. `5 rounds of 20 s · advanced · QuerySets and lookups`. */
export function settingsLine({ settings, planned }: Game, bank: Bank): string {
  const topic = settings.topic && bank.titleOf(settings.topic);
  return [
    words.lengthWords(planned, settings.seconds),
    settings.level ?? words.allLevels,
    topic ?? words.allTopics,
    ...(settings.mode === 'discuss' ? [words.discussWords] : []),
    ...(settings.teams ? [words.teamsWords(settings.teams)] : []),
    ...(settings.kinds === 'all' ? [words.allKindsWords] : []),
    ...(settings.scoring === 'accuracy' ? [words.noSpeedWords] : []),
    ...(settings.from === 'bank' ? [] : [words.fromWords[settings.questions ? 'retry' : settings.from]]),
  ].join(' · ');
}

/** Stands in a custom id of a quiz's lobby, and in no other message. */
export const lobbyMark = (id: string): string => quizId('join', id);

/** The quiz's first card: to join until the end, then only a memory of it. */
export function lobbyCard(state: QuizState, bank: Bank): Outgoing {
  const { game } = state;
  const { phase } = game;
  const lines = [
    words.hostLine(game.hostId),
    settingsLine(game, bank),
    ...(game.planned < game.settings.rounds ? [words.smallBankLine(game.planned)] : []),
    ...(phase.name === 'lobby' && state.isFilledUp?.() ? [words.filledUpLine] : []),
  ];
  if (phase.name === 'over')
    return {
      components: [container([text(title(game, 'over')), text(lines.slice(0, 2).join('\n'))], accent)],
    };
  const waiting = phase.name === 'lobby';
  const present = Object.entries(playersOf(state)).filter(([, player]) => player.present);
  const names = present
    .filter(([member]) => isSeen(state, member))
    .slice(0, rowsShown)
    .map(([member]) => words.mention(member));
  return {
    components: [
      container(
        [
          text(title(game, waiting ? 'lobby' : 'running')),
          text(lines.join('\n')),
          text(words.peopleLine(present.length, game.settings.teams ? [] : names)),
          ...teamTexts(state, present),
          ...(waiting ? [text(words.startsLine(phase.endsAt))] : []),
          ...buttonRows([
            button('Join', lobbyMark(game.id), { style: ButtonStyle.Success }),
            button('Leave', quizId('leave', game.id)),
            ...(waiting && game.settings.teams ? [button('Switch team', quizId('switch', game.id))] : []),
            ...(waiting
              ? [button('Start now', quizId('start', game.id), { style: ButtonStyle.Primary })]
              : []),
          ]),
        ],
        accent,
      ),
    ],
  };
}

const title = ({ night }: Game, state: keyof typeof words.lobbyTitles): string =>
  `### ${night === undefined ? words.lobbyTitles[state] : words.nightTitles[state](night)}`;

/** Who is in which team. */
function teamTexts(state: QuizState, present: readonly (readonly [string, Player])[]) {
  const { teams = 0 } = state.game.settings;
  if (teams === 0) return [];
  const lines = Array.from({ length: teams }, (_, team) => {
    const own = present.filter(([, player]) => player.team === team);
    const seen = own.filter(([member]) => isSeen(state, member));
    const names = seen.slice(0, rowsShown).map(([member]) => words.mention(member));
    return words.teamLine(team, own.length, names);
  });
  return [text(lines.join('\n'))];
}
