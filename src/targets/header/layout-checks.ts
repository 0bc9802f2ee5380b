/** Layout checks of every structure: its C offsets and sizes must be those of the model. */
import { type DataBlock, type WireRecord } from '../../model/model.js';
import { type CRecordNames } from '../c/record-names.js';
import { declaredItems, isWhereCPutsIt, isWireExact } from '../c/struct-shape.js';
import { commentText } from '../c/text.js';
import { type ViewContext } from './member-view.js';

/** The checks of one structure. */
export interface LayoutChecksView {
  /** What holds. */
  readonly conditions: readonly string[];
  /** Where C and the wire may differ; with slashes. */
  readonly notes: readonly string[];
}

/** One view for a structure that has anything to confirm. */
export function layoutChecks(
  record: WireRecord,
  names: CRecordNames,
  { alignments }: ViewContext,
): readonly LayoutChecksView[] {
  const { struct, shape, recordSizeMacro } = names;
  const alignmentOf = (structure: DataBlock): number =>
    alignments.get(structure) ?? structure.data.layout.alignment;
  const declared = declaredItems(shape);
  const notes: string[] = [];
  const conditions = declared.flatMap((item, index) => {
    const { offset, size } = item.layout;
    const member = names.member(item);
    const isThere = isWhereCPutsIt(item, declared[index - 1], alignmentOf);
    if (offset !== undefined && !isThere) {
      notes.push(
        `// ${commentText(item.name)} begins at byte ${offset} of the data; ${member} of the structure may begin before it.`,
      );
    }
    return [
      ...(isThere ? [`FIELD_OFFSET(${struct}, ${member}) == ${offset}`] : []),
      ...(size === undefined ? [] : [`sizeof(((${struct} *)0)->${member}) == ${size}`]),
    ];
  });
  const { size, paddedSize } = record.layout;
  const isExact = shape.kind === 'whole' && isWireExact(record);
  if (isExact && paddedSize !== undefined) conditions.push(`sizeof(${struct}) == ${paddedSize}`);
  if (isExact && recordSizeMacro !== undefined && size !== undefined) {
    conditions.push(`${recordSizeMacro} == ${size}`);
  }
  return conditions.length + notes.length === 0 ? [] : [{ conditions, notes }];
}
