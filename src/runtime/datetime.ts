/**
 * Converts datetime items from and to JavaScript values.
 *
 * A datetime is 25 characters (DSP0004 5.2.4): a point in time `yyyymmddhhmmss.mmmmmmsutc`, whose last four characters
 * are the sign and the minutes of the offset from UTC, or an interval `ddddddddhhmmss.mmmmmm:000`.
 */

const POINT = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})([+-])(\d{3})$/;
const INTERVAL = /^(\d{8})(\d\d)(\d\d)(\d\d)\.(\d{6}):000$/;

const digits = (value: number | bigint, count: number): string =>
  String(value).padStart(count, '0');

/**
 * A point in time, in UTC: `toDatetime(new Date('2026-11-21T12:00:00Z'))` is `20261121120000.000000+000`. Throws a
 * RangeError for an invalid date and for a year outside 0 to 9999.
 */
export function toDatetime(date: Date): string {
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) {
    throw new RangeError(`${String(date)}: a datetime has a year from 0 to 9999`);
  }
  const parts = [date.getUTCMonth() + 1, date.getUTCDate()];
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  const text = [...parts, ...time].map((part) => digits(part, 2)).join('');
  return `${digits(year, 4)}${text}.${digits(date.getUTCMilliseconds(), 3)}000+000`;
}

/** Parses a point in time, truncated to milliseconds; `undefined` for an interval and for any other text. */
export function fromDatetime(datetime: string): Date | undefined {
  const [, ...parts] = POINT.exec(datetime) ?? [];
  if (parts.length === 0) return undefined;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(Number);
  const milliseconds = Math.floor(Number(parts[6]) / 1000);
  const date = new Date(0);
  // Unlike Date.UTC, this takes a year below 100 as it is.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hours, minutes, seconds, milliseconds);
  const isReal =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hours &&
    date.getUTCMinutes() === minutes &&
    date.getUTCSeconds() === seconds;
  if (!isReal) return undefined;
  const offset = Number(`${parts[7] ?? '+'}${parts[8] ?? '0'}`);
  return new Date(date.getTime() - offset * 60_000);
}

/** A length of time; an absent part is 0. */
export interface Interval {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly microseconds?: number;
}

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;

/**
 * An interval: `toInterval({ hours: 36 })` is `00000001120000.000000:000`. The parts are whole numbers of any size; a
 * part may be negative while the sum is not. Throws a RangeError for a sum that is negative or exceeds eight digits of
 * days, and for a part that is not a whole number.
 */
export function toInterval(interval: Interval): string {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, microseconds = 0 } = interval;
  for (const [name, part] of Object.entries(interval) as [string, number][]) {
    if (!Number.isInteger(part)) throw new RangeError(`${name}: ${part} is not a whole number`);
  }
  const whole =
    BigInt(days) * DAY +
    (BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)) * SECOND +
    BigInt(microseconds);
  if (whole < 0n || whole >= 100_000_000n * DAY) {
    throw new RangeError('an interval has 0 to 99999999 days');
  }
  const inDay = (whole % DAY) / SECOND;
  const time = [inDay / 3600n, (inDay / 60n) % 60n, inDay % 60n].map((part) => digits(part, 2));
  return `${digits(whole / DAY, 8)}${time.join('')}.${digits(whole % SECOND, 6)}:000`;
}

/** The parts of an interval, normalized; `undefined` for a point in time and for any other text. */
export function fromInterval(datetime: string): Required<Interval> | undefined {
  const [, ...parts] = INTERVAL.exec(datetime) ?? [];
  if (parts.length === 0) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0, microseconds = 0] = parts.map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return { days, hours, minutes, seconds, microseconds };
}

/** A zero-length interval: the default datetime. */
export const ZERO_INTERVAL = '00000000000000.000000:000';
