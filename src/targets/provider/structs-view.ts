/**
 * The structures that a driver's part of the header declares in addition to wmimofck's: values with pointers, and
 * which items a set request changes.
 */
import { type DataBlock, type Model, type WireRecord } from '../../model/model.js';
import { isWritable, writableItems } from '../../model/set-rules.js';
import { commentText } from '../c/text.js';
import { type ProviderNames } from './naming.js';
import { memberLines, type ValueStruct } from './value-structs.js';

export interface StructView {
  readonly comment: string;
  readonly type: string;
  readonly members: readonly string[];
}

/** The structures in an order in which each has what it embeds. */
export function structViews(model: Model, names: ProviderNames): StructView[] {
  const views: StructView[] = [];
  const seen = new Set<WireRecord>();
  const add = (record: WireRecord, struct: ValueStruct, label: string): void => {
    if (seen.has(record)) return;
    seen.add(record);
    for (const { type } of record.items) {
      if (type.kind === 'structure') addData(type.structure);
    }
    if (!struct.isOwn) return;
    views.push({
      comment: `${commentText(label)}, as the driver's functions use it.`,
      type: struct.type,
      members: record.items.flatMap((item) => memberLines(item, struct, names.structOf)),
    });
  };
  const addData = (block: DataBlock): void => {
    add(block.data, names.structOf(block), `The data of ${block.name}`);
  };
  for (const block of model.blocks) {
    if (block.role === 'structure') continue;
    addData(block);
    for (const method of block.methods) {
      const { input, output } = names.block(block).method(method);
      const label = `${block.name}.${method.name}`;
      add(method.input, input, `The input of ${label}`);
      add(method.output, output, `The output of ${label}`);
    }
    if (block.role === 'dataBlock' && isWritable(block)) {
      const api = names.block(block);
      views.push({
        comment: `The items of ${commentText(block.name)} that a request changes.`,
        type: api.changed,
        members: writableItems(block).map((item) => `BOOLEAN ${api.changedMember(item)};`),
      });
    }
  }
  return views;
}
