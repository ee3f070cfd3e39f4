import { ButtonStyle } from 'discord.js';
import { accent, button, buttonRows, container, placeLink, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { failedWhere } from '../schedule/words.js';
import type { CurrentNight, NightSummary, Outdated } from './records.js';
import { type SeasonTable, seasonOf } from './season.js';
import * as words from './words.js';

export const nightFeature = 'night';

const rowsShown = 10;

/** By which an announcement is found in its channel. */
export const remindId = (id: string): string => customId(nightFeature, 'remind', id);
/** By which the post after a night is found. */
export const nextId = (id: string): string => customId(nightFeature, 'next', id);

export function announcementCard(guildId: string, current: CurrentNight, quiz: string): Outgoing {
  const { id, name, startsAtMs, roleId, eventId } = current;
  return {
    components: [
      container(
        [
          ...(roleId === undefined ? [] : [text(`<@&${roleId}>`)]),
          text(words.announceTitle(name)),
          text(words.announceLine(startsAtMs)),
          text(quiz),
          ...(eventId === undefined ? [] : [text(words.eventLine(guildId, eventId))]),
          ...buttonRows([button('Remind me', remindId(id), { style: ButtonStyle.Primary })]),
          text(words.remindHint),
        ],
        accent,
      ),
    ],
    ...(roleId !== undefined && { mentionRoles: [roleId] }),
    nonce: `${id}say`,
  };
}

/** In place of an announcement that says no longer what is so. */
export const outdatedCard = ({ why, name }: Outdated): Outgoing => ({
  components: [container([text(words.outdated[why](name))], accent)],
});

/** What follows a night: the season's table, or why there was none, and when the next one is. */
export function nightSummaryCard(
  summary: NightSummary,
  around: { readonly name: string; readonly table: SeasonTable; readonly nextMs: number | undefined },
): Outgoing {
  const { id, kind, date, reason = words.wasAway } = summary;
  const { name, table, nextMs } = around;
  const said = {
    season: () => seasonTexts(seasonOf(date), table),
    nobody: () => [text(words.nobodyCame(name))],
    missed: () => [text(words.missed(name, reason))],
  }[kind]();
  return {
    components: [
      container(
        [
          ...said,
          ...(nextMs === undefined ? [] : [text(words.nextOne(nextMs))]),
          ...buttonRows([button('Remind me', nextId(id), { disabled: nextMs === undefined })]),
        ],
        accent,
      ),
    ],
    nonce: `${id}sum`,
  };
}

export function seasonTexts(season: string, { nights, counted, rows }: SeasonTable) {
  if (nights === 0) return [text(words.noSeason)];
  const lines = rows
    .slice(0, rowsShown)
    .map(({ place, member, points, nights: came }) => words.seasonRow(place, member, points, came));
  if (rows.length > rowsShown) lines.push(words.moreRows(rows.length - rowsShown));
  return [text(words.seasonLine(season, nights)), text(lines.join('\n')), text(words.seasonNote(counted))];
}

/** To the manager who set it. */
export function nightFailure(failure: {
  readonly name: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly reason: string;
  readonly remedy: string;
}): Outgoing {
  const { name, guildId, channelId, reason, remedy } = failure;
  return {
    components: [
      container([
        text(words.failedTitle(name)),
        text(failedWhere(placeLink(guildId, channelId), reason)),
        text(words.failedNext(remedy)),
        text(words.toldOnce),
      ]),
    ],
  };
}
