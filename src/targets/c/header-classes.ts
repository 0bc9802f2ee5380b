/**
 * Which classes the C header has, and as what (docs/spec/layout-and-header.md#order-of-classes).
 */
import { canonicalGuid } from '../../model/guid.js';
import { type DataBlock, type Model, type MofClass, type WireRecord } from '../../model/model.js';
import { flag, text } from '../../model/qualifiers.js';
import { type EmitOptions } from '../options.js';
import { headerQualifiers } from './header-qualifiers.js';

/** A class that is in the header, or that someone may look for in it. */
export interface HeaderClass {
  readonly class: MofClass;
  /** Its data and methods; none for a class without either that is never registered. */
  readonly block: DataBlock | undefined;
  /** Lower case, without braces. */
  readonly guid: string | undefined;
  readonly presence: Presence;
}

export type Presence =
  /** WMI class with a GUID: everything. */
  | 'whole'
  /** The structure alone, because a class of the header has it for a member. */
  | 'structure'
  /** WmiGenerateHeader(FALSE): another header has it, and this one may use it. */
  | 'elsewhere'
  /** No GUID, and no class uses it. */
  | 'absent';

/** Whether the header declares anything of the class. */
export function isPrinted({ presence }: HeaderClass): boolean {
  return presence === 'whole' || presence === 'structure';
}

/** The WMI classes and those that they embed, in declaration order. */
export function headerClasses(model: Model, options: EmitOptions): readonly HeaderClass[] {
  const blocks = new Map(model.blocks.map((block) => [block.class, block]));
  const rows = model.classes.flatMap((each) => {
    const block = blocks.get(each);
    const qualifiers = headerQualifiers(block?.qualifiers ?? each.qualifiers, options);
    const isWmi = flag(qualifiers, 'WMI');
    if (block === undefined && !isWmi) return [];
    const guid = block?.guid ?? canonicalGuid(text(qualifiers, 'Guid') ?? '');
    const isWhole = isWmi && guid !== undefined;
    const isElsewhere = isWhole && qualifiers.get('WmiGenerateHeader') === false;
    const presence: Presence = isElsewhere ? 'elsewhere' : isWhole ? 'whole' : 'absent';
    return [{ class: each, block, guid, presence }];
  });
  const used = usedBlocks(
    rows.flatMap(({ presence, block }) => (presence === 'whole' && block ? [block] : [])),
    options,
  );
  return rows.map((row) =>
    row.presence === 'absent' && row.block !== undefined && used.has(row.block)
      ? { ...row, presence: 'structure' }
      : row,
  );
}

/** What the structures of a class have for members: of its data, and of its methods where these have structures. */
export function embeddedBlocks(
  { data, methods }: DataBlock,
  { methodStructs = false }: EmitOptions,
): readonly DataBlock[] {
  const records = [
    data,
    ...(methodStructs ? methods.flatMap(({ input, output }) => [input, output]) : []),
  ];
  return records.flatMap(embeddedIn);
}

/** The classes that are members of a record. */
export function embeddedIn({ items }: WireRecord): readonly DataBlock[] {
  return items.flatMap(({ type }) => (type.kind === 'structure' ? [type.structure] : []));
}

/** The blocks and everything in them, at any depth; the methods of what is only embedded do not count. */
function usedBlocks(whole: readonly DataBlock[], options: EmitOptions): ReadonlySet<DataBlock> {
  const used = new Set(whole);
  const queue = whole.flatMap((block) => embeddedBlocks(block, options));
  for (const block of queue) {
    if (used.has(block)) continue;
    used.add(block);
    for (const embedded of embeddedIn(block.data)) queue.push(embedded);
  }
  return used;
}
