/** Prints a model as tables. It computes nothing that the model has. */
import { nameKey } from '../text/name-key.js';
import { type DataBlock, type Method, type Model, type WireItem } from '../model/model.js';
import { printable } from '../diagnostics/printable.js';
import { type PartialShownInput, type ShownInput } from './shown-input.js';
import { type Column, table } from './table.js';
import {
  accessWords,
  guidWords,
  numberOrVaries,
  type PlacedParameter,
  placedParameters,
  roleWords,
  sizeNumber,
  sizeWords,
  typeWords,
} from './wording.js';

/** The tables of all inputs, under their names when there are several. */
export function showTables(inputs: readonly ShownInput[]): string {
  return inputs
    .map(({ name, model }) => {
      const heading = inputs.length > 1 ? `${printable(name)}\n\n` : '';
      return heading + describeModel(model);
    })
    .join('\n');
}

/** The same for inputs of which some have errors: the blocks without any, and the names of the classes that have some. */
export function showPartialTables(inputs: readonly PartialShownInput[]): string {
  return inputs
    .map(({ name, model, hasErrors, faulty }) => {
      const good = model.blocks.filter((block) => !faulty.has(nameKey(block.name)));
      const bad = model.classes.filter((each) => faulty.has(nameKey(each.name)));
      const marks = bad.map((each) => `${printable(each.name)} (has errors)\n`);
      const sections = good.length === 0 ? [] : [overview(good), ...good.map(section)];
      return [
        `${printable(name)}${hasErrors ? ', which has errors' : ''}\n`,
        ...sections,
        ...marks,
      ].join('\n');
    })
    .join('\n');
}

/** All WMI classes: an overview, then one section each. */
function describeModel({ blocks, classes }: Model): string {
  const others = classes.length - blocks.length;
  const otherWords = `${others} other ${others === 1 ? 'class' : 'classes'}`;
  if (blocks.length === 0) {
    return `no WMI classes (classes with the qualifiers WMI and guid); ${otherWords}\n`;
  }
  return [
    overview(blocks),
    ...(others > 0 ? [`and ${otherWords}\n`] : []),
    ...blocks.map(section),
  ].join('\n');
}

function overview(blocks: readonly DataBlock[]): string {
  const columns: Column[] = [
    left('class'),
    left('role'),
    left('access'),
    left('guid'),
    right('bytes'),
    right('items'),
    right('methods'),
  ];
  return table(
    columns,
    blocks.map((block) => [
      block.name,
      roleWords(block),
      accessWords(block) ?? '-',
      guidWords(block) ?? '-',
      sizeNumber(block.data),
      String(block.data.items.length),
      String(block.methods.length),
    ]),
  );
}

function section(block: DataBlock): string {
  const heading = `${printable(block.name)} (${roleWords(block)})\n`;
  const { superclass } = block.class;
  const facts = [
    guidWords(block),
    sizeWords(block.data),
    superclass === undefined ? undefined : `derives from ${printable(superclass)}`,
  ];
  const factLine = `  ${facts.filter((fact) => fact !== undefined).join(', ')}\n\n`;
  const items = block.data.items.length === 0 ? '  no data items\n' : itemTable(block.data.items);
  return [heading + factLine + items, ...block.methods.map(methodSection)].join('\n');
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
      typeWords(item),
      numberOrVaries(item.layout.offset),
      numberOrVaries(item.layout.size),
      item.access,
      item.inheritedFrom ?? '',
    ]),
    '  ',
  );
}

function methodSection(method: Method): string {
  const sizes = `input ${sizeWords(method.input)}, output ${sizeWords(method.output)}`;
  const heading = `  method ${method.id} ${printable(method.name)} (${sizes})\n`;
  if (method.parameters.length === 0) return `${heading}    no parameters\n`;
  const columns: Column[] = [
    right('id'),
    left('parameter'),
    left('direction'),
    left('type'),
    right('in at'),
    right('out at'),
    right('bytes'),
  ];
  return heading + table(columns, placedParameters(method).map(parameterRow), '    ');
}

function parameterRow({
  parameter,
  item,
  direction,
  inputOffset,
  outputOffset,
}: PlacedParameter): string[] {
  return [
    String(parameter.id),
    parameter.name,
    direction,
    item === undefined ? '' : typeWords(item),
    inputOffset,
    outputOffset,
    item === undefined ? '' : numberOrVaries(item.layout.size),
  ];
}

function left(title: string): Column {
  return { title, align: 'left' };
}

function right(title: string): Column {
  return { title, align: 'right' };
}
