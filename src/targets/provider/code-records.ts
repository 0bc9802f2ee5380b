/**
 * The records of a provider and the code that its functions need for them: which are read, written, normalized or copied.
 *
 * Computed once for a file, so that no unused function is emitted.
 */
import { type DataBlock, type Method, type WireRecord } from '../../model/model.js';
import { isWritable, setItemRule } from '../../model/set-rules.js';
import { type ProviderNames } from './naming.js';
import {
  type CodeRecord,
  hasBooleans,
  hasPadding,
  isPlain,
  noteCopies,
  noteNormalizes,
  noteNormalizesInside,
  noteReads,
  noteReadsInside,
  noteWrites,
} from './record-code.js';
import { isWalked, storesValues } from './requirements.js';
import { isPointer } from './value-structs.js';

export interface CodeRecords {
  readonly names: ProviderNames;
  /** Those that others embed, in an order in which each has what it embeds. */
  readonly embedded: readonly CodeRecord[];
  readonly of: (record: WireRecord) => CodeRecord;
  readonly ofStructure: (structure: DataBlock) => CodeRecord;
}

export function codeRecords(
  names: ProviderNames,
  blocks: readonly DataBlock[],
  events: readonly DataBlock[],
): CodeRecords {
  const known = new Map<WireRecord, CodeRecord>();
  const embedded = new Set<CodeRecord>();
  const add = (wanted: Omit<CodeRecord, 'use'>): CodeRecord => {
    const found = known.get(wanted.record);
    if (found !== undefined) return found;
    for (const { type } of wanted.record.items) {
      if (type.kind === 'structure') embedded.add(ofStructure(type.structure));
    }
    const use = {
      reads: false,
      readsStrings: false,
      writes: false,
      isElement: false,
      normalizes: false,
      copies: false,
    };
    const made = { ...wanted, use };
    known.set(wanted.record, made);
    return made;
  };
  const ofStructure = (structure: DataBlock): CodeRecord => {
    const { values, functions } = names.block(structure);
    return add({ record: structure.data, struct: values, functions, label: structure.name });
  };
  for (const block of blocks) noteBlock(ofStructure(block), block, ofStructure);
  for (const event of events) {
    const target = ofStructure(event);
    if (event.data.items.length > 0) noteWrites(target, ofStructure);
  }
  for (const block of blocks) {
    for (const method of block.methods) noteMethod(block, method);
  }

  function noteMethod(block: DataBlock, method: Method): void {
    const api = names.block(block).method(method);
    const label = `${block.name}.${method.name}`;
    const input = add({
      record: method.input,
      struct: api.input,
      functions: api.inputFunctions,
      label: `${label}, input`,
    });
    if (isWalked(method.input)) noteReadsInside(input, ofStructure);
    else noteNormalizesInside(method.input, ofStructure);
    const output = add({
      record: method.output,
      struct: api.output,
      functions: api.outputFunctions,
      label: `${label}, output`,
    });
    noteAnswer(output, ofStructure);
  }

  return {
    names,
    get embedded() {
      return [...known.values()].filter((each) => embedded.has(each));
    },
    of: (record) => {
      const found = known.get(record);
      if (found === undefined) throw new Error('a record that no block and no method has');
      return found;
    },
    ofStructure,
  };
}

type OfStructure = (structure: DataBlock) => CodeRecord;

/** How a buffer is returned: written item by item, or copied as a whole. */
function noteAnswer(target: CodeRecord, of: OfStructure): void {
  if (isWalked(target.record)) {
    noteWrites(target, of);
    return;
  }
  noteNormalizesInside(target.record, of);
  if (hasPadding(target.record)) noteCopies(target, of);
}

function noteBlock(target: CodeRecord, block: DataBlock, of: OfStructure): void {
  const { data } = block;
  if (data.items.length === 0) return;
  noteAnswer(target, of);
  // Values of varying length are stored as they are read from a buffer.
  if (storesValues(block) || (isWritable(block) && isWalked(data))) noteReads(target, of);
  if (!isWritable(block)) return;
  for (const item of data.items) {
    const isAlone = setItemRule(block, item).kind === 'free' && isPlain(item) && !isPointer(item);
    if (isAlone && item.type.kind === 'structure' && hasBooleans(item.type.structure.data)) {
      noteNormalizes(of(item.type.structure), of);
    }
  }
}
