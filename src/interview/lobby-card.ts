import { ButtonStyle } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { accent, button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { interviewId } from './ids.js';
import { mostPeople } from './people.js';
import type { InterviewSession } from './session.js';
import * as words from './words.js';

/** What the interview asks, e.g. `Panel · 3 questions of 10 min · advanced · Query performance`. */
export function settingsWords({ settings }: InterviewSession, bank: Pick<Bank, 'titleOf'>): string {
  const { format, questions, minutes, level, topic } = settings;
  return [
    words.formatNames[format],
    words.lengthWords(questions, minutes),
    level ?? words.allLevels,
    topic === undefined ? words.allTopics : bank.titleOf(topic),
  ].join(' · ');
}

/** Who is in it, with what they wish. */
export const peopleWords = ({ people }: InterviewSession): string[] =>
  Object.entries(people)
    .filter(([, { here }]) => here)
    .map(([id, { wish }]) => words.personWords(id, wish));

/** The interview's first card: to join until the end, then only a memory of it. */
export function interviewLobbyCard(session: InterviewSession, bank: Pick<Bank, 'titleOf'>): Outgoing {
  const { phase, settings, room, hostId } = session;
  const isOver = phase.name === 'over';
  const title = isOver ? words.overTitle : phase.name === 'lobby' ? words.lobbyTitle : words.runningTitle;
  return {
    components: [
      container(
        [
          text(title),
          text(`${words.hostLine(hostId)} · ${settingsWords(session, bank)}`),
          ...(isOver
            ? []
            : [
                text(words.formatLines[settings.format]),
                text(words.peopleLine(peopleWords(session), mostPeople)),
              ]),
          ...(phase.name === 'lobby' ? [text(words.startsLine(phase.endsAt, settings.format))] : []),
          ...(room?.threadId && !isOver ? [text(words.inThread(room.threadId))] : []),
          ...(isOver ? [] : lobbyButtons(session)),
        ],
        accent,
      ),
    ],
  };
}

function lobbyButtons({ id, phase, settings }: InterviewSession) {
  const isWaiting = phase.name === 'lobby';
  return [
    ...buttonRows([
      button('Join', interviewId('join', id), { style: ButtonStyle.Success }),
      button('Leave', interviewId('leave', id)),
      ...(isWaiting ? [button('Start now', interviewId('start', id), { style: ButtonStyle.Primary })] : []),
    ]),
    ...(isWaiting && settings.format === 'panel'
      ? buttonRows([
          button(words.labels.first, interviewId('first', id)),
          button(words.labels.observe, interviewId('observe', id)),
        ])
      : []),
  ];
}
