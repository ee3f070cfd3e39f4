import { WallClock } from './calendar.js';
import { describeTime } from './time-of-day.js';
import { abbreviations } from './zone-abbreviations.js';
import { zoneLinks } from './zone-links.js';

/** Zones that the runtime lists under older spellings than people use (which of the two depends on its release). */
const newer: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Louisville': 'America/Kentucky/Louisville',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

let names: readonly string[] | undefined;
let byLowerCase: ReadonlyMap<string, string> | undefined;

/** Every zone that is offered, in alphabetical order. */
export function zoneNames(): readonly string[] {
  names ??= [
    // The runtime takes UTC but does not list it.
    ...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map((zone) => newer[zone] ?? zone)]),
  ].sort();
  return names;
}

/**
 * The zone of that name as it is stored, or undefined when there is none. Capitals do not matter, spaces stand
 * for underscores, and every name of the tz database is taken (`asia/calcutta`, `us/eastern`). Offsets (`+02:00`)
 * are not: they know no summer time; nor are abbreviations, which stand for several zones (see {@link meantZones}).
 */
export function parseZone(words: string): string | undefined {
  const lower = lowered(words);
  byLowerCase ??= new Map([...zoneLinks, ...zoneNames()].map((zone) => [zone.toLowerCase(), zone]));
  const zone = byLowerCase.get(lower);
  return zone !== undefined && isKnownHere(zone) ? zone : undefined;
}

/** Zones that were likely meant by a name that is none, the likeliest first; at most three. */
export function meantZones(words: string, nowMs: number): string[] {
  const meant = abbreviations.get(lowered(words));
  if (meant) return meant.filter((zone) => parseZone(zone) !== undefined);
  return words.trim() === ''
    ? []
    : suggestZones(words, nowMs)
        .slice(0, 3)
        .map(({ value }) => value);
}

const lowered = (words: string): string => words.trim().replace(/\s+/g, '_').toLowerCase();

const known = new Map<string, boolean>();

/** Whether this runtime has the zone's clock. */
export function isKnownHere(zone: string): boolean {
  let isKnown = known.get(zone);
  if (isKnown === undefined) {
    isKnown = hasClock(zone);
    known.set(zone, isKnown);
  }
  return isKnown;
}

function hasClock(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Discord's limit on suggestions. */
const mostSuggestions = 25;

/**
 * Zones for what has been typed so far: those whose city begins with it, then those whose name does, then those
 * that have it anywhere. Each with the time that it is there now.
 */
export function suggestZones(typed: string, nowMs: number): { name: string; value: string }[] {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, '_');
  const ranked = zoneNames()
    .map((zone) => ({ zone, rank: Math.min(rankOf(zone, wanted), rankOf(olderNames.get(zone), wanted)) }))
    .filter(({ rank }) => rank < unlike)
    .sort((a, b) => a.rank - b.rank);
  const exact = parseZone(typed);
  const meant = exact ? [exact] : (abbreviations.get(wanted) ?? []);
  for (const zone of [...meant].reverse())
    if (!ranked.some((other) => other.zone === zone)) ranked.unshift({ zone, rank: 0 });
  return ranked.slice(0, mostSuggestions).map(({ zone }) => {
    const { minute } = new WallClock(zone).at(nowMs);
    return { name: `${zone.replaceAll('_', ' ')} (now ${describeTime(minute)})`, value: zone };
  });
}

const unlike = 4;

const olderNames: ReadonlyMap<string, string> = new Map(
  Object.entries(newer).map(([older, name]) => [name, older]),
);

function rankOf(name: string | undefined, wanted: string): number {
  const zone = name?.toLowerCase();
  if (zone === undefined) return unlike;
  if (wanted === '') return common.has(zone) ? 0 : 1;
  if (zone.slice(zone.lastIndexOf('/') + 1).startsWith(wanted)) return 0;
  if (zone.startsWith(wanted)) return 1;
  if (zone.includes(`_${wanted}`)) return 2;
  return zone.includes(wanted) ? 3 : unlike;
}

/** Shown before anything is typed: one for most of the people there are. */
const common: ReadonlySet<string> = new Set(
  [
    'UTC',
    'America/Los_Angeles',
    'America/Chicago',
    'America/New_York',
    'America/Sao_Paulo',
    'Europe/London',
    'Europe/Berlin',
    'Europe/Istanbul',
    'Africa/Lagos',
    'Africa/Cairo',
    'Asia/Dubai',
    'Asia/Karachi',
    'Asia/Kolkata',
    'Asia/Dhaka',
    'Asia/Jakarta',
    'Asia/Shanghai',
    'Asia/Tokyo',
    'Australia/Sydney',
  ].map((zone) => zone.toLowerCase()),
);
