/**
 * Datetime items as JavaScript values: points in time and intervals, both ways, and texts that are neither.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fromDatetime,
  fromInterval,
  type Interval,
  toDatetime,
  toInterval,
  ZERO_INTERVAL,
} from '../../src/runtime/datetime.js';
import { datetime, ZERO_DATETIME } from '../../src/runtime/wire.js';

const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

describe('toDatetime', () => {
  test.each([
    ['2026-11-21T12:00:00Z', '20261121120000.000000+000'],
    ['2026-11-21T12:00:00.007Z', '20261121120000.007000+000'],
    ['2026-11-21T12:00:00+05:30', '20261121063000.000000+000'],
    ['2024-02-29T23:59:59.999Z', '20240229235959.999000+000'],
    ['1601-01-01T00:00:00Z', '16010101000000.000000+000'],
    ['0099-03-04T05:06:07Z', '00990304050607.000000+000'],
    ['0000-01-01T00:00:00Z', '00000101000000.000000+000'],
    ['9999-12-31T23:59:59.999Z', '99991231235959.999000+000'],
  ])('%s is %s', (date, want) => {
    expect(toDatetime(new Date(date))).toBe(want);
  });

  test.each([
    ['an invalid date', new Date(NaN)],
    ['the year 10000', new Date(LAST + 1)],
    ['the year -1', new Date(FIRST - 1)],
    ['the last date that there is', new Date(8.64e15)],
  ])('%s is refused', (_case, date) => {
    expect(() => toDatetime(date)).toThrow(RangeError);
    expect(() => toDatetime(date)).toThrow('a datetime has a year from 0 to 9999');
  });
});

describe('fromDatetime', () => {
  test.each([
    ['20261121120000.000000+000', '2026-11-21T12:00:00.000Z'],
    ['20261121120000.000000-000', '2026-11-21T12:00:00.000Z'],
    ['20261121120000.000000+060', '2026-11-21T11:00:00.000Z'],
    ['20261121120000.000000-300', '2026-11-21T17:00:00.000Z'],
    ['20261121120000.000000+999', '2026-11-20T19:21:00.000Z'],
    ['20261231233000.000000-060', '2027-01-01T00:30:00.000Z'],
    ['20261121120000.123456+000', '2026-11-21T12:00:00.123Z'],
    ['20261121120000.999999+000', '2026-11-21T12:00:00.999Z'],
    ['20240229000000.000000+000', '2024-02-29T00:00:00.000Z'],
    ['20000229000000.000000+000', '2000-02-29T00:00:00.000Z'],
    ['00000229000000.000000+000', '0000-02-29T00:00:00.000Z'],
    ['00990304050607.000000+000', '0099-03-04T05:06:07.000Z'],
    ['00000101000000.000000+000', '0000-01-01T00:00:00.000Z'],
    ['99991231235959.999999+000', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, want) => {
    expect(fromDatetime(text)?.toISOString()).toBe(want);
  });

  test.each([
    ['an interval', '00000001120000.000000:000'],
    ['the zero interval', ZERO_INTERVAL],
    ['zero bytes', ZERO_DATETIME],
    ['an empty text', ''],
    ['one character too few', '20261121120000.000000+00'],
    ['one character too many', '20261121120000.000000+0000'],
    ['a line end after it', '20261121120000.000000+000\n'],
    ['a blank before it', ' 20261121120000.000000+00'],
    ['ISO 8601', '2026-11-21T12:00:00.00000Z'],
    ['the month 0', '20260021120000.000000+000'],
    ['the month 13', '20261321120000.000000+000'],
    ['the day 0', '20261100120000.000000+000'],
    ['the day 31 of November', '20261131120000.000000+000'],
    ['a leap day of no leap year', '20260229120000.000000+000'],
    ['a leap day of 1900', '19000229120000.000000+000'],
    ['the hour 24', '20261121240000.000000+000'],
    ['the minute 60', '20261121126000.000000+000'],
    ['the second 60', '20261121120060.000000+000'],
    ['wildcards for all', '**************.******+***'],
    ['wildcards for the microseconds', '20261121120000.******+000'],
    ['a wildcard for the offset', '20261121120000.000000+***'],
    ['a wildcard for the time', '20261121******.******+000'],
    ['digits of another script', '٢٠٢٦١١٢١١٢٠٠٠٠.000000+000'],
    ['a comma', '20261121120000,000000+000'],
    ['another sign', '20261121120000.000000*000'],
  ])('%s is no point in time', (_case, text) => {
    expect(fromDatetime(text)).toBeUndefined();
  });

  test('every date with four digits of years is unchanged after conversion, on the wire too', () => {
    const dates = fc.date({ min: new Date(FIRST), max: new Date(LAST), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        const text = toDatetime(date);
        const view = new DataView(new ArrayBuffer(datetime.stride));
        datetime.write(view, 0, text, 'When');
        expect(fromDatetime(datetime.read(view, 0))).toEqual(date);
      }),
    );
  });

  test('an offset moves the time by its minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999, max: 999 }), (offset) => {
        const sign = offset < 0 ? '-' : '+';
        const minutes = String(Math.abs(offset)).padStart(3, '0');
        const utc = Date.parse('2026-11-21T12:00:00Z') - offset * 60_000;
        expect(fromDatetime(`20261121120000.000000${sign}${minutes}`)?.getTime()).toBe(utc);
      }),
    );
  });
});

describe('toInterval', () => {
  const cases: readonly (readonly [Interval, string])[] = [
    [{}, ZERO_INTERVAL],
    [{ hours: 36 }, '00000001120000.000000:000'],
    [{ days: 1, hours: 2, minutes: 3, seconds: 4, microseconds: 5 }, '00000001020304.000005:000'],
    [{ seconds: 86_399 }, '00000000235959.000000:000'],
    [{ seconds: 86_400 }, '00000001000000.000000:000'],
    [{ microseconds: 1_000_000 }, '00000000000001.000000:000'],
    [{ microseconds: Number.MAX_SAFE_INTEGER }, '00104249234734.740991:000'],
    [{ minutes: 90, seconds: -60 }, '00000000012900.000000:000'],
    [{ days: 99_999_999, hours: 23 }, '99999999230000.000000:000'],
  ];
  test.each(cases)('%o is %s', (interval, want) => {
    expect(toInterval(interval)).toBe(want);
  });

  test('the longest one', () => {
    const longest = { days: 99_999_999, seconds: 86_399, microseconds: 999_999 };
    expect(toInterval(longest)).toBe('99999999235959.999999:000');
  });

  test.each<readonly [string, Interval]>([
    ['less than nothing', { microseconds: -1 }],
    ['less than nothing together', { hours: 1, minutes: -61 }],
    ['nine digits of days', { days: 100_000_000 }],
    ['one microsecond too many', { days: 99_999_999, seconds: 86_399, microseconds: 1_000_000 }],
    ['a fraction', { seconds: 0.5 }],
    ['no number', { seconds: NaN }],
    ['infinity', { days: Infinity }],
  ])('%s is refused', (_case, interval) => {
    expect(() => toInterval(interval)).toThrow(RangeError);
  });
});

describe('fromInterval', () => {
  test.each([
    [ZERO_INTERVAL, { days: 0, hours: 0, minutes: 0, seconds: 0, microseconds: 0 }],
    ['00000001020304.000005:000', { days: 1, hours: 2, minutes: 3, seconds: 4, microseconds: 5 }],
    [
      '99999999235959.999999:000',
      { days: 99_999_999, hours: 23, minutes: 59, seconds: 59, microseconds: 999_999 },
    ],
  ])('%s is %o', (text, want) => {
    expect(fromInterval(text)).toEqual(want);
  });

  test.each([
    ['a point in time', '20261121120000.000000+000'],
    ['zero bytes', ZERO_DATETIME],
    ['an empty text', ''],
    ['an offset', '00000001120000.000000:060'],
    ['the hour 24', '00000001240000.000000:000'],
    ['the minute 60', '00000001126000.000000:000'],
    ['the second 60', '00000001120060.000000:000'],
    ['wildcards', '********120000.000000:000'],
    ['wildcards for the microseconds', '00000001120000.******:000'],
    ['a line end after it', '00000001120000.000000:000\n'],
    ['one character too few', '0000001120000.000000:000'],
  ])('%s is no interval', (_case, text) => {
    expect(fromInterval(text)).toBeUndefined();
  });

  test('the parts of every interval are unchanged after conversion', () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    const intervals = fc.record({
      days: part(99_999_999),
      hours: part(23),
      minutes: part(59),
      seconds: part(59),
      microseconds: part(999_999),
    });
    fc.assert(
      fc.property(intervals, (interval) => {
        expect(fromInterval(toInterval(interval))).toEqual(interval);
      }),
    );
  });
});

test('no text throws, and none is a point in time and an interval', () => {
  const almost = fc
    .tuple(fc.constantFrom(...'0123456789.+-:*\0'), fc.nat(24))
    .map(([character, at]) => {
      const text = '20261121120000.000000+000';
      return `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
    });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), almost), (text) => {
      const [point, interval] = [fromDatetime(text), fromInterval(text)];
      expect(point === undefined || interval === undefined).toBe(true);
      expect(Number.isNaN(point?.getTime() ?? 0)).toBe(false);
    }),
  );
});

test.each<readonly [string, Interval]>([
  ['hours: 0.5 is not a whole number', { hours: 0.5 }],
  ['days: NaN is not a whole number', { days: NaN }],
  ['microseconds: Infinity is not a whole number', { microseconds: Infinity }],
])('%s', (message, interval) => {
  expect(() => toInterval(interval)).toThrow(new RangeError(message));
});

test('a negative part counts down from the others', () => {
  expect(toInterval({ days: 1, hours: -1 })).toBe('00000000230000.000000:000');
});
