/**
 * A model as tables for people. It spells what the model says and must not compute any of it.
 */
import {
  type BlockRole,
  type DataBlock,
  type Method,
  type MethodParameter,
  type Model,
  type WireItem,
  type WireRecord,
  type WireType,
} from '../model/model.js';
import { printable } from '../diagnostics/printable.js';
import { type Column, table } from './table.js';

/** All WMI classes: an overview, then one section each. */
export function describeModel(model: Model): string {
  if (model.blocks.length === 0) {
    const { length } = model.classes;
    return `no WMI classes (${length} other ${length === 1 ? 'class' : 'classes'})\n`;
  }
  return [overview(model.blocks), ...model.blocks.map(section)].join('\n');
}

function overview(blocks: readonly DataBlock[]): string {
  const columns: Column[] = [
    left('class'),
    left('role'),
    left('guid'),
    right('bytes'),
    right('items'),
    right('methods'),
  ];
  return table(
    columns,
    blocks.map((block) => [
      block.name,
      ROLES[block.role],
      block.guid ?? '-',
      recordSize(block.data),
      String(block.data.items.length),
      String(block.methods.length),
    ]),
  );
}

const ROLES: Record<BlockRole, string> = {
  dataBlock: 'data block',
  event: 'event',
  structure: 'structure',
};

function section(block: DataBlock): string {
  const heading = `${printable(block.name)} (${ROLES[block.role]}${block.expensive ? ', expensive' : ''})\n`;
  const items = block.data.items.length === 0 ? '  no data items\n' : itemTable(block.data.items);
  return [heading + items, ...block.methods.map(methodSection)].join('\n');
}

function itemTable(items: readonly WireItem[]): string {
  const columns: Column[] = [
    right('id'),
    left('item'),
    left('type'),
    right('offset'),
    right('bytes'),
    left('access'),
    left('inherited from'),
  ];
  const inherited = items.some((item) => item.inheritedFrom !== undefined);
  return table(
    inherited ? columns : columns.slice(0, -1),
    items.map((item) => [
      String(item.id),
      item.name,
      typeOf(item),
      numberOrVaries(item.layout.offset),
      numberOrVaries(item.layout.size),
      item.access,
      item.inheritedFrom ?? '',
    ]),
    '  ',
  );
}

function methodSection(method: Method): string {
  const sizes = `input ${recordSize(method.input)}, output ${recordSize(method.output)} bytes`;
  const heading = `  method ${method.id} ${printable(method.name)} (${sizes})\n`;
  if (method.parameters.length === 0) return `${heading}    no parameters\n`;
  const columns: Column[] = [
    right('id'),
    left('parameter'),
    left('direction'),
    left('type'),
    right('in at'),
    right('out at'),
  ];
  return (
    heading +
    table(
      columns,
      method.parameters.map((parameter) => parameterRow(parameter, method)),
      '    ',
    )
  );
}

function parameterRow(parameter: MethodParameter, method: Method): string[] {
  const find = (record: WireRecord) => record.items.find((item) => item.id === parameter.id);
  const input = find(method.input);
  const output = find(method.output);
  const item = input ?? output;
  const at = (side: WireItem | undefined) =>
    side === undefined ? '' : numberOrVaries(side.layout.offset);
  return [
    String(parameter.id),
    parameter.name,
    parameter.isReturnValue ? 'return' : parameter.direction,
    item === undefined ? '' : typeOf(item),
    at(input),
    at(output),
  ];
}

/** `uint8[16]`, `string(32)`, `Entry[Count]`, `uint8[]` */
function typeOf(item: WireItem): string {
  const element = elementType(item.type);
  switch (item.count.kind) {
    case 'scalar':
      return element;
    case 'fixed':
      return `${element}[${item.count.length}]`;
    case 'sizedBy':
      return `${element}[${item.count.item}]`;
    case 'rest':
      return `${element}[]`;
    default:
      return item.count satisfies never;
  }
}

function elementType(type: WireType): string {
  switch (type.kind) {
    case 'boolean':
    case 'char16':
    case 'datetime':
      return type.kind;
    case 'integer':
      return type.name;
    case 'string':
      return type.maxLength === undefined ? 'string' : `string(${type.maxLength})`;
    case 'structure':
      return type.structure.name;
    default:
      return type satisfies never;
  }
}

function recordSize(record: WireRecord): string {
  const { size, minimumSize } = record.layout;
  return size === undefined ? `${minimumSize}+` : String(size);
}

function numberOrVaries(value: number | undefined): string {
  return value === undefined ? 'varies' : String(value);
}

function left(title: string): Column {
  return { title, align: 'left' };
}

function right(title: string): Column {
  return { title, align: 'right' };
}
