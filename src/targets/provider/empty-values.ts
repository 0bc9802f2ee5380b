/**
 * The statements that give values their first content: zeros, and in every datetime an interval of no length.
 */
import { type WireItem, type WireRecord } from '../../model/model.js';
import { type ProviderNames, type LocalNames } from './naming.js';
import { isScalar, type ParameterNames, type ValueStruct, valueElement } from './value-structs.js';

/** An output parameter that is empty. */
export function emptyOutput(
  item: WireItem,
  parameter: ParameterNames,
  names: ProviderNames,
): string[] {
  const name = parameter.of(item);
  const { type, count } = item;
  if (count.kind === 'rest') return [`*${parameter.countOf(item)} = 0;`, `*${name} = NULL;`];
  if (count.kind === 'sizedBy') return [`*${name} = NULL;`];
  if (isScalar(item)) return [`*${name} = ${type.kind === 'boolean' ? 'FALSE' : '0'};`];
  const element = valueElement(item, names.structOf);
  const isArray = count.kind === 'fixed';
  const length = isArray ? `${count.length} * ` : '';
  if (type.kind === 'datetime') {
    return isArray
      ? loop(count.length, 0, names.localNames, (index) => [
          `RtlCopyMemory(${name}[${index}], ${names.macroPrefix}_NO_TIME, sizeof(${name}[${index}]));`,
        ])
      : [`RtlCopyMemory(${name}, ${names.macroPrefix}_NO_TIME, 25 * sizeof(*${name}));`];
  }
  const extent =
    !isArray && element.dimensions !== '' ? `(${element.dimensions.slice(1, -1)}) * ` : '';
  const zero = `RtlZeroMemory(${name}, ${length}${extent}sizeof(*${name}));`;
  if (type.kind !== 'structure' || !hasTimes(type.structure.data)) return [zero];
  const struct = names.structOf(type.structure);
  return [
    zero,
    ...(isArray
      ? loop(count.length, 0, names.localNames, (index) =>
          timeLines(type.structure.data, struct, `${name}[${index}].`, 1, names),
        )
      : timeLines(type.structure.data, struct, `${name}->`, 0, names)),
  ];
}

/** Whether a datetime lies in the record at a fixed place. */
export function hasTimes({ items }: WireRecord): boolean {
  return items.some(
    ({ type, count }) =>
      (count.kind === 'scalar' || count.kind === 'fixed') &&
      (type.kind === 'datetime' || (type.kind === 'structure' && hasTimes(type.structure.data))),
  );
}

/** Fills the datetimes of zeroed values; `at` ends in what selects a member, such as `context->Data.`. */
export function timeLines(
  record: Pick<WireRecord, 'items'>,
  struct: ValueStruct,
  at: string,
  depth: number,
  names: ProviderNames,
): string[] {
  return record.items.flatMap((item) => {
    const { type, count } = item;
    const member = `${at}${struct.member(item)}`;
    const fill = (target: string, level: number): string[] => {
      if (type.kind === 'datetime') {
        return [`RtlCopyMemory(${target}, ${names.macroPrefix}_NO_TIME, sizeof(${target}));`];
      }
      if (type.kind !== 'structure' || !hasTimes(type.structure.data)) return [];
      return timeLines(
        type.structure.data,
        names.structOf(type.structure),
        `${target}.`,
        level,
        names,
      );
    };
    if (count.kind === 'scalar') return fill(member, depth);
    if (count.kind !== 'fixed' || fill('', 0).length === 0) return [];
    return loop(count.length, depth, names.localNames, (index) =>
      fill(`${member}[${index}]`, depth + 1),
    );
  });
}

/** The statements of a loop over the elements of an array. */
export function loop(
  length: number,
  depth: number,
  { indices }: LocalNames,
  body: (index: string) => readonly string[],
): string[] {
  const index = indices[depth] ?? `${indices[0] ?? 'i'}${depth}`;
  return [
    `for (ULONG ${index} = 0; ${index} < ${length}; ${index} += 1)`,
    '{',
    ...body(index).map((line) => `    ${line}`),
    '}',
  ];
}
