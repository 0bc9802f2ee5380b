/**
 * Compares the meaning of numbers: the names of values and bits, and units.
 *
 * Another name for the same number is not a change; another number for the same name is.
 */
import { type NamedValue, type WireItem } from '../model/model.js';
import { type Found } from './item-changes.js';
import { type Matched } from './matching.js';
import { named, type RecordPlace } from './record-place.js';

export function compareMeaning({ item, old }: Matched, place: RecordPlace): readonly Found[] {
  const words =
    otherNumber(item.documentation.values, old.documentation.values, 'value') ??
    otherNumber(item.documentation.bits, old.documentation.bits, 'bit') ??
    otherUnits(item, old) ??
    (place.isWritable(old)
      ? goneValue(item.documentation.values, old.documentation.values)
      : undefined);
  if (words === undefined) return [];
  return [
    {
      code: 'MOF6109',
      location: item.location,
      message: `${named(item, place)}: ${words.now}`,
      before: { location: old.location, message: `in the old text ${words.before}` },
      help: 'consumers keep using the old meaning; give the new one to a new item',
    },
  ];
}

interface Words {
  readonly now: string;
  readonly before: string;
}

function otherNumber(
  now: readonly NamedValue[],
  before: readonly NamedValue[],
  what: 'value' | 'bit',
): Words | undefined {
  const numbers = numbersOf(now);
  for (const [label, old] of numbersOf(before)) {
    const number = numbers.get(label);
    if (number === undefined || number === old) continue;
    return { now: `'${label}' is the ${what} ${number} instead of ${old}`, before: `it is ${old}` };
  }
  return undefined;
}

/** The number of each label; of duplicates, the first one. */
function numbersOf(values: readonly NamedValue[]): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  for (const { label, value, text } of values) {
    if (!numbers.has(label)) numbers.set(label, String(value ?? text));
  }
  return numbers;
}

/** A value that consumers may send and that no longer has a name. */
function goneValue(now: readonly NamedValue[], before: readonly NamedValue[]): Words | undefined {
  if (now.length === 0) return undefined;
  const named = new Set(now.map(({ value, text }) => String(value ?? text)));
  const old = before.find(({ value, text }) => !named.has(String(value ?? text)));
  return (
    old && {
      now: `the value ${old.value ?? old.text}, '${old.label}', is gone`,
      before: `it is '${old.label}'`,
    }
  );
}

function otherUnits(
  { documentation: { units } }: WireItem,
  { documentation: { units: old } }: WireItem,
): Words | undefined {
  if (units === undefined || old === undefined || plain(units) === plain(old)) return undefined;
  return { now: `its unit is "${units}" instead of "${old}"`, before: `it is "${old}"` };
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, '');
}
