import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDays, everyDay, parseDays } from '../../src/schedule/days.js';
import { WallClock } from '../../src/time/calendar.js';
import { describeTime, meantTimes, parseTime } from '../../src/time/time-of-day.js';
import { meantZones, parseZone, suggestZones, zoneNames } from '../../src/time/zones.js';

describe('a time of day', () => {
  it.each([
    ['09:05', '09:05'],
    ['9:05', '09:05'],
    ['00:00', '00:00'],
    ['0:00', '00:00'],
    ['23:59', '23:59'],
    [' 18:30 ', '18:30'],
    ['18.30', '18:30'],
  ])('reads %j as %s', (words, expected) => {
    expect(describeTime(parseTime(words) ?? -1)).toBe(expected);
  });

  it.each(['24:00', '9', '9:5', '12:60', '9:05 pm', '09:05:00', '-1:00', '', 'noon', '０９:05'])(
    'does not take %j',
    (words) => {
      expect(parseTime(words)).toBeUndefined();
    },
  );
});

describe('what was likely meant by something that is no time of day', () => {
  it.each([
    ['9', ['09:00', '21:00']],
    ['9am', ['09:00']],
    ['9 pm', ['21:00']],
    ['12am', ['00:00']],
    ['12 p.m.', ['12:00']],
    ['9:30pm', ['21:30']],
    ['0930', ['09:30', '21:30']],
    ['18', ['18:00']],
    ['18h', ['18:00']],
    ['13pm', []],
    ['24', []],
    ['noon', []],
    ['', []],
  ])('%j: %j', (words, expected) => {
    expect(meantTimes(words).map(describeTime)).toEqual(expected);
  });
});

describe('weekdays', () => {
  it.each([
    ['mon,tue', 'Mon, Tue'],
    ['Mon-Fri', 'weekdays'],
    ['monday to friday', 'weekdays'],
    ['Mon – Wed', 'Mon, Tue, Wed'],
    ['weekdays', 'weekdays'],
    ['weekends', 'weekends'],
    ['every day', 'every day'],
    ['Every  Day', 'every day'],
    ['sat & sun', 'weekends'],
    ['Saturday and Sunday', 'weekends'],
    ['sat-mon', 'Mon, Sat, Sun'],
    ['mon wed fri', 'Mon, Wed, Fri'],
    ['Mondays, Thurs.', 'Mon, Thu'],
    ['weekdays, sun', 'Mon, Tue, Wed, Thu, Fri, Sun'],
    ['tues/thurs', 'Tue, Thu'],
    ['tu,th', 'Tue, Thu'],
  ])('reads %j as %s', (words, expected) => {
    expect(describeDays(parseDays(words) ?? 0)).toBe(expected);
  });

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '',
    ' ',
    ',',
    'someday',
    'm',
    't',
    'mon-',
    'mon-tue-wed',
    'monn',
    '1-5',
    'mon,foo',
    '-',
    's',
  ])('does not take %j', (words) => {
    expect(parseDays(words)).toBeUndefined();
  });

  it('read back what they are described as', () => {
    for (let days = 1; days <= everyDay; days++) expect(parseDays(describeDays(days))).toBe(days);
  });

  it('never throw on any text', () => {
    fc.assert(
      fc.property(fc.string(), (words) => void parseDays(words)),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['america/new york', 'America/New_York'],
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['asia/calcutta', 'Asia/Calcutta'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['US/Pacific', 'US/Pacific'],
    ['us/eastern', 'US/Eastern'],
    ['est5edt', 'EST5EDT'],
    ['gb', 'GB'],
    ['etc/gmt+5', 'Etc/GMT+5'],
  ])('%j is stored as %s', (words, expected) => {
    const zone = parseZone(words);
    expect(zone).toBe(expected);
    expect(() => new WallClock(expected)).not.toThrow();
  });

  it.each([
    '',
    'Berlin',
    'BST',
    'AST',
    'SST',
    'ist',
    'SystemV/EST5',
    'constructor',
    '__proto__',
    'Mars/Olympus',
    '+02:00',
    'UTC+2',
    'Europe/Berlin; DROP',
    '../etc',
  ])('there is none named %j', (words) => {
    expect(parseZone(words)).toBeUndefined();
  });

  it.each([
    ['BST', ['Europe/London', 'Asia/Dhaka']],
    ['sst', ['Pacific/Pago_Pago', 'Asia/Singapore']],
    ['Berlin', ['Europe/Berlin']],
    ['new york', ['America/New_York']],
    ['nowhere at all', []],
  ])('that is none, %j, is likely meant for %j', (words, zones) => {
    expect(meantZones(words, Date.parse('2026-07-01T12:00Z'))).toEqual(zones);
  });

  it('is known to the runtime, all that are offered', () => {
    for (const zone of zoneNames()) expect(() => new WallClock(zone), zone).not.toThrow();
  });
});

describe('suggestions of time zones', () => {
  const nowMs = Date.parse('2026-07-01T12:00Z');

  it.each([
    ['berl', 'Europe/Berlin'],
    ['new y', 'America/New_York'],
    ['york', 'America/New_York'],
    ['europe/ber', 'Europe/Berlin'],
    ['kolk', 'Asia/Kolkata'],
    ['calcutta', 'Asia/Kolkata'],
    ['US/Pacific', 'US/Pacific'],
    ['us/eastern', 'US/Eastern'],
    ['est5edt', 'EST5EDT'],
    ['gb', 'GB'],
    ['etc/gmt+5', 'Etc/GMT+5'],
    ['utc', 'UTC'],
    ['bst', 'Europe/London'],
  ])('find by %j first %s', (typed, zone) => {
    expect(suggestZones(typed, nowMs)[0]?.value).toBe(zone);
  });

  it('say what time it is there', () => {
    expect(suggestZones('kathmandu', nowMs)).toEqual([
      { name: 'Asia/Kathmandu (now 17:45)', value: 'Asia/Kathmandu' },
    ]);
  });

  it('are at most 25, of at most 100 characters, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('', 'a', 'e', 'america', '/')), (typed) => {
        const found = suggestZones(typed, nowMs);
        expect(found.length).toBeLessThanOrEqual(25);
        for (const { name, value } of found) {
          expect(name.length).toBeLessThanOrEqual(100);
          expect(parseZone(value)).toBe(value);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('begin with well-known zones when nothing is typed', () => {
    const values = suggestZones('', nowMs).map(({ value }) => value);
    expect(values).toContain('Europe/Berlin');
    expect(values).toHaveLength(25);
  });
});
