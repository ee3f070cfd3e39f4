import { ButtonStyle } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Game } from './game.js';
import { quizId } from './ids.js';
import { playersOf, type QuizState } from './players.js';
import * as words from './words.js';

export const quizAccent = 0x5865f2;
/** Rows of a table that fit a phone's screen. */
export const rowsShown = 10;

/** What the quiz asks, e.g. `5 rounds of 20 s · advanced · QuerySets and lookups`. */
export function settingsLine({ settings, planned }: Game, bank: Bank): string {
  const topic = settings.topic && (bank.topic(settings.topic)?.title ?? settings.topic);
  return [
    words.lengthWords(planned, settings.seconds),
    settings.level ?? words.allLevels,
    topic ?? words.allTopics,
  ].join(' · ');
}

/** The quiz's first card: to join until the end, then only a memory of it. */
export function lobbyCard(state: QuizState, bank: Bank): Outgoing {
  const { game } = state;
  const { phase } = game;
  const lines = [
    words.hostLine(game.hostId),
    settingsLine(game, bank),
    ...(game.planned < game.settings.rounds ? [words.smallBankLine(game.planned)] : []),
  ];
  if (phase.name === 'over')
    return {
      components: [
        container([text(`### ${words.lobbyTitles.over}`), text(lines.slice(0, 2).join('\n'))], quizAccent),
      ],
    };
  const waiting = phase.name === 'lobby';
  const present = Object.entries(playersOf(state)).filter(([, player]) => player.present);
  const names = present.slice(0, rowsShown).map(([member]) => words.mention(member));
  return {
    components: [
      container(
        [
          text(`### ${waiting ? words.lobbyTitles.lobby : words.lobbyTitles.running}`),
          text(lines.join('\n')),
          text(words.peopleLine(present.length, names)),
          ...(waiting ? [text(words.startsLine(phase.endsAt))] : []),
          ...buttonRows([
            button('Join', quizId('join', game.id), { style: ButtonStyle.Success }),
            button('Leave', quizId('leave', game.id)),
            ...(waiting
              ? [button('Start now', quizId('start', game.id), { style: ButtonStyle.Primary })]
              : []),
          ]),
        ],
        quizAccent,
      ),
    ],
  };
}
