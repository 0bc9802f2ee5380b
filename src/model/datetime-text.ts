/**
 * Validates a datetime: 25 characters, a point in time or an interval (DSP0004 5.2.4).
 *
 * Fields that are not significant, and the last digits of the microseconds, may be asterisks.
 */

/** The first fault of a text as a datetime, as the end of a sentence after `which`; `undefined` if it is valid. */
export function datetimeFault(text: string): string | undefined {
  if (text.length !== LENGTH) {
    return `has ${text.length} ${text.length === 1 ? 'character' : 'characters'} instead of ${LENGTH}`;
  }
  if (text[14] !== '.') return "has no '.' as its 15th character";
  const sign = text[21] ?? '';
  if (!SIGNS.has(sign)) return "has no '+', '-' or ':' as its 22nd character";
  const isInterval = sign === ':';
  if (isInterval && text.slice(22) !== '000') return "does not end in ':000', as an interval does";
  // WMI's own dumps have this for "no time".
  if (!isInterval && /^[0.]*[+-]000$/.test(text)) return undefined;
  for (const [name, start, end, least, most] of isInterval ? INTERVAL : POINT) {
    const field = text.slice(start, end);
    if (/^\*+$/.test(field)) continue;
    if (name === 'microseconds' && /^\d+\*+$/.test(field)) continue;
    if (!/^\d+$/.test(field)) return `has '${field}' as its ${name}`;
    if (Number(field) < least || Number(field) > most) {
      return `has ${field} as its ${name}, which go from ${least} to ${most}`;
    }
  }
  return isInterval ? undefined : dayFault(text);
}

const LENGTH = 25;
const SIGNS: ReadonlySet<string> = new Set(['+', '-', ':']);

type Field = readonly [name: string, start: number, end: number, least: number, most: number];

const TIME: readonly Field[] = [
  ['hours', 8, 10, 0, 23],
  ['minutes', 10, 12, 0, 59],
  ['seconds', 12, 14, 0, 59],
  ['microseconds', 15, 21, 0, 999_999],
];
const POINT: readonly Field[] = [
  ['years', 0, 4, 0, 9999],
  ['months', 4, 6, 1, 12],
  ['days', 6, 8, 1, 31],
  ...TIME,
  ['minutes from UTC', 22, 25, 0, 999],
];
const INTERVAL: readonly Field[] = [['days', 0, 8, 0, 99_999_999], ...TIME];

/** Reports a day that its month does not have; without a year February may have 29. */
function dayFault(text: string): string | undefined {
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)];
  if (month.includes('*') || day.includes('*')) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year.includes('*') ? 2000 : Number(year), Number(month), 0);
  const most = date.getUTCDate();
  return Number(day) > most
    ? `has day ${day} of month ${month}, which has ${most} days`
    : undefined;
}
