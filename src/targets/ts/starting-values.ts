/**
 * The initial values of a skeleton: the defaults of the MOF, and zeros, printed as prettier does at its default width.
 */
import {
  type DataBlock,
  type DefaultValue,
  type PlainValue,
  type WireItem,
  type WireType,
} from '../../model/model.js';
import { isList, startingLength } from '../../model/value-checks.js';
import { indented } from './final-text.js';
import { type FileNames } from './naming.js';
import { isByteArray, type ListedNames, zeroElement, zeroValue } from './spelling.js';
import { escapedBeyondAscii, tsString, WIDTH } from './text.js';

/** An object literal of the initial values of a record, `columns` from the left, a line for each item. */
export function startingStructure(
  block: DataBlock,
  names: FileNames,
  datetime: string,
  columns: number,
): string {
  const of = names.block(block).data;
  const lines = block.data.items.map((item) => {
    const member = of.member(item);
    const { defaultValue } = item;
    if (defaultValue !== undefined) {
      const length = startingLength(block.data, item);
      return propertyWith(member, item, defaultValue, length, of, datetime, columns + 2);
    }
    const length = item.count.kind === 'sizedBy' ? startingLength(block.data, item) : undefined;
    const zero = zeroValue(item, length === 0 ? undefined : length?.toString(), of, {
      datetime,
      structure: ({ structure }) => startingStructure(structure, names, datetime, columns + 2),
    });
    return `${member}: ${zero}`;
  });
  if (lines.length === 0) return '{}';
  return ['{', ...lines.map((line) => `  ${indented(line, 2)},`), '}'].join('\n');
}

function propertyWith(
  member: string,
  item: WireItem,
  value: DefaultValue,
  length: number | undefined,
  names: ListedNames,
  datetime: string,
  columns: number,
): string {
  if (!isList(value)) {
    const listed = asListedLiteral(item, value, names);
    return typeof value === 'string' && listed === undefined
      ? textProperty(member, value, columns)
      : `${member}: ${listed ?? literal(item.type, value)}`;
  }
  const elements = value.map(
    (each) => asListedLiteral(item, each, names) ?? literal(item.type, each),
  );
  const missing = (length ?? value.length) - value.length;
  const zero = zeroElement(item, names, { datetime, structure: () => '' });
  // TypeScript infers no type of named values for a spread.
  const rest =
    missing <= 0
      ? []
      : names.listed(item) === undefined
        ? [`...wmi.repeat(${missing}, () => ${zero})`]
        : Array.from({ length: missing }, () => zero);
  const [open, close] = isByteArray(item) ? ['Uint8Array.from([', '])'] : ['[', ']'];
  return listProperty(`${member}: ${open}`, [...elements, ...rest], close, columns);
}

function literal(type: WireType, value: PlainValue): string {
  if (typeof value === 'bigint') {
    return type.kind === 'integer' && type.bits === 64 ? `${value}n` : String(value);
  }
  return typeof value === 'string' ? tsString(value) : String(value);
}

/** A value without a name, as the item's type of named values. */
function asListedLiteral(
  item: WireItem,
  value: PlainValue,
  names: ListedNames,
): string | undefined {
  if (names.listed(item) === undefined || isByteArray(item)) return undefined;
  const hasName = item.documentation.values.some((each) =>
    typeof value === 'string' ? each.text === value : each.value === value,
  );
  return hasName ? undefined : `wmi.unlistedValue(${literal(item.type, value)})`;
}

/** Prettier never breaks between a value and a key that is shorter than this. */
const PARTED_KEY = 5;

function textProperty(member: string, text: string, columns: number): string {
  const key = `${member}: `;
  const [value = ''] = ofKnownWidth([tsString(text)], columns + key.length + 1);
  const fits = columns + key.length + value.length + 1 <= WIDTH;
  return fits || member.length < PARTED_KEY ? `${key}${value}` : `${member}:\n  ${value}`;
}

/** The width of a character beyond ASCII is unknown: where it matters, all are escaped. */
function ofKnownWidth(values: readonly string[], others: number): readonly string[] {
  const text = values.join(', ');
  const most = others + text.replace(/[^ -~]/g, '__').length;
  return most <= WIDTH ? values : values.map(escapedBeyondAscii);
}

function listProperty(
  open: string,
  values: readonly string[],
  close: string,
  columns: number,
): string {
  const elements = ofKnownWidth(values, columns + open.length + close.length + 1);
  const flat = `${open}${elements.join(', ')}${close}`;
  if (columns + flat.length + 1 <= WIDTH) return flat;
  const areNumbers = elements.length > 1 && elements.every((each) => /^-?\d+$/.test(each));
  const lines = areNumbers
    ? filled(elements, WIDTH - columns - 2)
    : elements.map((each) => `${each},`);
  return [open, ...lines.map((line) => `  ${line}`), close].join('\n');
}

/** Numbers filled into lines of at most `width`. */
function filled(elements: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const element of elements) {
    if (line !== '' && line.length + 1 + element.length + 1 > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? `${element},` : `${line} ${element},`;
  }
  return [...lines, line];
}
