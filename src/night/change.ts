import { UserError } from '../discord/errors.js';
import type { OptionForm } from '../quiz/options.js';
import { defaults, type QuizSettings, settingsSchema } from '../quiz/settings.js';
import { needsZone } from '../schedule/words.js';
import type { Night } from './records.js';
import { usualNightName } from './words.js';

/** What `/night set` was given; absent stays as it is. */
export interface NightChange {
  /** One weekday, as its bit. */
  readonly days: number;
  /** Minutes after midnight. */
  readonly minute: number;
  readonly zone?: string | undefined;
  readonly name?: string | undefined;
  readonly channelId?: string | undefined;
  readonly roleId?: string | undefined;
  /** What a quiz can be asked to be like; `any` takes back what was set. */
  readonly quiz: Readonly<Record<string, string | number>>;
}

/** The lobby opens five minutes before. */
export const nightOptions: OptionForm = { any: 'any', lobby: { least: 30, usual: 300 } };

/**
 * The night after a change. What was not given stays as it was, also of a night that was off.
 * @param old the server's night, on or off
 * @param around `zone`: the server's, where it is known; `here`: where it takes place when no channel was ever given
 * @throws UserError without a time zone
 */
export function changedNight(
  old: Night | undefined,
  change: NightChange,
  around: {
    readonly by: string;
    readonly here: string;
    readonly zone?: string | undefined;
    readonly nowMs: number;
  },
): Night {
  const { minute, days } = change;
  const zone = change.zone ?? old?.zone ?? around.zone;
  if (!zone) throw new UserError(needsZone);
  const sameTimes = old?.on && old.zone === zone && old.minute === minute && old.days === days;
  return {
    seasons: [],
    toMend: [],
    ...old,
    on: true,
    name: change.name ?? old?.name ?? usualNightName,
    zone,
    minute,
    days,
    channelId: change.channelId ?? old?.channelId ?? around.here,
    roleId: change.roleId ?? old?.roleId,
    settings: settingsOf(old?.settings, change.quiz),
    setBy: around.by,
    reported: undefined,
    // With other times, what is over is over; with the same ones, a night that could not begin yet still does.
    armedAtMs: sameTimes ? old.armedAtMs : around.nowMs,
  };
}

function settingsOf(old: QuizSettings | undefined, chosen: NightChange['quiz']): QuizSettings {
  const all = Object.entries({ ...defaults, lobby: nightOptions.lobby.usual, ...old, ...chosen });
  return settingsSchema.parse(Object.fromEntries(all.filter(([, value]) => value !== nightOptions.any)));
}
