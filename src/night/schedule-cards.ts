import { container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { fullWeekdayNames } from '../time/date-names.js';
import { describeTime } from '../time/time-of-day.js';
import { seasonTexts } from './cards.js';
import type { Night } from './records.js';
import type { SeasonTable } from './season.js';
import * as words from './words.js';

export interface NightView {
  readonly night: Night;
  readonly topicTitle: string | undefined;
  /** When the next ones start; none where this runtime has no clock of the zone. */
  readonly starts: readonly number[];
}

const weekdayName = (days: number): string => fullWeekdayNames[Math.log2(days)] ?? 'day';

const planText = ({ night, topicTitle }: NightView): string =>
  `${words.whenAndWhere({ ...night, day: weekdayName(night.days), time: describeTime(night.minute) })}\n${words.quizLine(night.settings, topicTitle)}`;

const startsText = ({ night, starts }: NightView): string =>
  starts.length > 0 ? words.nextNights(starts) : words.zoneUnknownHere(night.zone);

export const nightConfirmation = (view: NightView): Outgoing => ({
  components: [
    container([
      text(words.setTitle(view.night.name)),
      text(planText(view)),
      text(startsText(view)),
      text(words.howItGoes(view.night.settings.lobby)),
    ]),
  ],
});

export const nightStatus = (view: NightView, season: string, table: SeasonTable): Outgoing => ({
  components: [
    container([
      text(words.statusTitle(view.night.name)),
      text(planText(view)),
      text(view.night.on ? startsText(view) : words.isOff),
      ...(view.night.reported ? [text(words.lastFailed(view.night.reported.reason))] : []),
      ...seasonTexts(season, table),
    ]),
  ],
});
