/**
 * Checks the values that a MOF gives to items of a layout: defaults, MinValue and MaxValue, ValueMap. Returns the initial values
 * of a provider.
 *
 * A default that does not fit its type is an error that can be suppressed: it is then ignored. Limits and names of values that
 * contradict the type give warnings, because they are for readers.
 */
import { type DiagnosticCode } from '../diagnostics/codes.js';
import { type PlacedValue } from './declared-defaults.js';
import { at, type Findings } from './findings.js';
import { replaced } from './fixes.js';
import {
  type DefaultValue,
  type ItemCount,
  type PlainValue,
  type WireItem,
  type WireRecord,
  type WireType,
} from './model.js';
import { integer, texts } from './qualifiers.js';
import { parseInteger } from './documentation.js';
import { fitValue, INTEGER_LIMITS, type Misfit, rangeFault, shownValue } from './values.js';
import { type TypedDeclaration } from './wire-types.js';

/** A declared item with its default. */
interface Declared extends TypedDeclaration {
  readonly defaultValue: PlacedValue | undefined;
}

const CODES = {
  type: 'MOF2601',
  range: 'MOF2602',
  datetime: 'MOF2603',
  elements: 'MOF2604',
  length: 'MOF2605',
  name: 'MOF2606',
} as const satisfies Record<Misfit['kind'], DiagnosticCode>;

/** The default of an item; `undefined` if it has none, or an invalid one, which is reported. */
export function checkedDefault(
  declaration: Declared,
  type: WireType,
  count: ItemCount,
  report: Findings,
): DefaultValue | undefined {
  const { defaultValue: placed, name } = declaration;
  if (placed === undefined) return undefined;
  if (type.kind === 'structure') {
    if (placed.node.kind !== 'Null') warnAboutStructure(name, placed, report);
    return undefined;
  }
  const { value, misfits } = fitValue(placed.node, {
    type: declaration.type,
    isArray: count.kind !== 'scalar',
    length: count.kind === 'fixed' ? BigInt(count.length) : undefined,
    maxLength:
      type.kind === 'string' && type.maxLength !== undefined ? BigInt(type.maxLength) : undefined,
  });
  const subject = `the default of '${name}'`;
  for (const each of misfits) reportMisfit(CODES[each.kind], subject, each, placed, report);
  return value;
}

/** Reports why a value does not fit its type. */
export function reportMisfit(
  code: DiagnosticCode,
  subject: string,
  { kind, node, element, words, help, likely }: Misfit,
  { source }: PlacedValue,
  report: Findings,
): void {
  const whose = element === undefined ? subject : `element ${element} of ${subject}`;
  report.add(code, at(source, node), `${whose} ${words}`, {
    help,
    fixes: likely === undefined ? [] : [replaced(at(source, node), likely)],
    ...(kind === 'name' && node.kind === 'Identifier' ? { subject: node.name } : {}),
  });
}

function warnAboutStructure(name: string, { node, source }: PlacedValue, report: Findings): void {
  report.add(
    'MOF2608',
    at(source, node),
    `the default of '${name}' is ${shownValue(node)}, but defaults of embedded classes are ignored`,
    { help: 'give the items of the embedded class their defaults' },
  );
}

/** Warns about limits and names of values that contradict the type of an item, and about a default outside of its limits. */
export function checkLimits(
  declaration: Declared,
  type: WireType,
  value: DefaultValue | undefined,
  report: Findings,
): void {
  checkRange(declaration, type, report);
  checkValueMap(declaration, report);
  checkDefaultInRange(declaration, value, report);
}

const LIMITS = ['MinValue', 'MaxValue'] as const;

function checkRange({ name, qualifiers }: Declared, type: WireType, report: Findings): void {
  for (const limit of LIMITS) {
    const entry = qualifiers.entry(limit);
    const value = integer(qualifiers, limit);
    if (entry === undefined || value === undefined) continue;
    if (type.kind !== 'integer') {
      report.add(
        'MOF2612',
        entry.location,
        `${entry.name} has no effect on '${name}', which is not an integer`,
        {
          help: 'remove it; MaxLen limits the characters of a string',
        },
      );
      continue;
    }
    const fault = rangeFault(value, type.name);
    if (fault === undefined) continue;
    report.add(
      'MOF2602',
      entry.location,
      `the ${entry.name} of '${name}' is ${value}, but ${fault}`,
      {
        help: 'write a limit that the type holds, or declare a larger type',
      },
    );
  }
  const [minimum, maximum] = LIMITS.map((limit) => integer(qualifiers, limit));
  const entry = qualifiers.entry('MaxValue');
  if (minimum === undefined || maximum === undefined || entry === undefined) return;
  if (minimum <= maximum) return;
  report.add(
    'MOF2612',
    entry.location,
    `the ${entry.name} ${maximum} of '${name}' is below its MinValue ${minimum}, so no value is allowed`,
    { help: 'swap the two' },
  );
}

/** Checks the entries of a ValueMap: a value, a range such as `5..7`, which may be open at an end, or a text for other values. */
function checkValueMap({ name, type, qualifiers }: Declared, report: Findings): void {
  const entry = qualifiers.entry('ValueMap');
  if (entry === undefined || type.kind !== 'DataType') return;
  for (const mapped of texts(qualifiers, 'ValueMap') ?? []) {
    const fault = valueMapFault(mapped, type.name, integer(qualifiers, 'MaxLen'));
    if (fault === undefined) continue;
    report.add(
      'MOF2613',
      entry.location,
      `the entry "${mapped}" of the ${entry.name} of '${name}' is not a value of it: ${fault}`,
      {
        help: 'write values that the type holds',
      },
    );
    return;
  }
}

/** Why no item of the type can have the value of a ValueMap entry. Texts that are not numbers are not checked. */
export function valueMapFault(
  mapped: string,
  type: string,
  maxLength: bigint | undefined,
): string | undefined {
  if (type === 'string') {
    if (maxLength === undefined || maxLength <= 0n || BigInt(mapped.length) <= maxLength) {
      return undefined;
    }
    return `it has ${mapped.length} characters, but MaxLen allows ${maxLength}`;
  }
  for (const part of mapped.split('..')) {
    const value = parseInteger(part);
    const fault = value === undefined ? undefined : rangeFault(value, type);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function checkDefaultInRange(
  { name, qualifiers, defaultValue }: Declared,
  value: DefaultValue | undefined,
  report: Findings,
): void {
  if (value === undefined || defaultValue === undefined) return;
  const [minimum, maximum] = LIMITS.map((limit) => integer(qualifiers, limit));
  for (const each of isList(value) ? value : [value]) {
    if (typeof each !== 'bigint') return;
    const isBelow = minimum !== undefined && each < minimum;
    if (!isBelow && (maximum === undefined || each <= maximum)) continue;
    const limit = isBelow ? `below its MinValue ${minimum}` : `above its MaxValue ${maximum}`;
    report.add(
      'MOF2612',
      at(defaultValue.source, defaultValue.node),
      `the default of '${name}' is ${each}, ${limit}`,
      { help: 'write a default between its limits' },
    );
    return;
  }
}

/** Whether it is the default of an array. */
export function isList(value: DefaultValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** The initial number of elements of an array; `undefined` if only its own default determines it. */
export function startingLength({ items }: WireRecord, { count }: WireItem): number | undefined {
  if (count.kind === 'fixed') return count.length;
  if (count.kind !== 'sizedBy') return undefined;
  const start = items.find(({ name }) => name === count.item)?.defaultValue;
  return typeof start === 'bigint' ? Number(start) : 0;
}

/** An item with its default as written. */
interface Starting extends Pick<WireItem, 'name' | 'type' | 'count' | 'defaultValue'> {
  readonly placed: PlacedValue | undefined;
}

/**
 * The initial values of a record, in the order of its items. A count gets the number of elements of its longest array, whatever
 * its own default is.
 */
export function agreeingDefaults(
  items: readonly Starting[],
  report: Findings,
): readonly (DefaultValue | undefined)[] {
  const most = new Map(items.map(({ name, type }) => [name, mostElements(type)]));
  const lengths = new Map<string, number>();
  const withStructures = new Set<string>();
  for (const { count, type } of items) {
    if (count.kind === 'sizedBy' && type.kind === 'structure') withStructures.add(count.item);
  }
  const arrays = items.map((item): DefaultValue | undefined => {
    const { count, defaultValue } = item;
    if (count.kind !== 'sizedBy') return defaultValue;
    const length = defaultValue === undefined || !isList(defaultValue) ? 0 : defaultValue.length;
    const limit = most.get(count.item);
    const isLeftOut = reportUncountable(
      item,
      length,
      limit,
      withStructures.has(count.item),
      report,
    );
    lengths.set(count.item, Math.max(lengths.get(count.item) ?? 0, isLeftOut ? 0 : length));
    return isLeftOut ? undefined : defaultValue;
  });
  return items.map((item, index) => {
    const length = lengths.get(item.name);
    if (length === undefined) return arrays[index];
    warnAboutCount(item, length, report);
    return length === 0 ? undefined : BigInt(length);
  });
}

function mostElements(type: WireType): bigint | undefined {
  return type.kind === 'integer' ? INTEGER_LIMITS.get(type.name)?.[1] : undefined;
}

/** Reports the default of an array that does not fit its count. */
function reportUncountable(
  { name, count, placed }: Starting,
  length: number,
  limit: bigint | undefined,
  countsStructures: boolean,
  report: Findings,
): boolean {
  if (length === 0 || placed === undefined || count.kind !== 'sizedBy') return false;
  const location = at(placed.source, placed.node);
  if (limit !== undefined && BigInt(length) > limit) {
    report.add(
      'MOF2604',
      location,
      `the default of '${name}' has ${length} elements, but '${count.item}', which counts them, goes up to ${limit}`,
      { help: 'remove some, or declare a larger type for the count' },
    );
    return true;
  }
  // Defaults of embedded classes are ignored, so that their array starts empty.
  if (!countsStructures) return false;
  report.add(
    'MOF2608',
    location,
    `the default of '${name}' is ignored, because '${count.item}' also counts an array of an embedded class, which starts empty`,
    { help: 'remove the default' },
  );
  return true;
}

function warnAboutCount(
  { name, placed, defaultValue }: Starting,
  length: number,
  report: Findings,
): void {
  if (defaultValue === undefined || defaultValue === BigInt(length) || placed === undefined) return;
  const elements = length === 0 ? 'no elements' : length === 1 ? '1 element' : `${length} elements`;
  report.add(
    'MOF2607',
    at(placed.source, placed.node),
    `the default of '${name}' is ${shownValue(placed.node)}, but its arrays start with ${elements}`,
    { help: 'give the array as many elements, or remove the default of the count' },
  );
}
