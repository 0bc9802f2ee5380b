/**
 * Generated providers for the rows that are about generated code: one MOF text with a block for each kind of rule, and
 * random blocks, all imported once.
 */
import fc from 'fast-check';
import { bindInstance } from '../../src/runtime/block.js';
import { WMIGUID_EXECUTE, WMIGUID_QUERY, WMIGUID_SET } from '../../src/runtime/kernel/handles.js';
import { ntStatusName } from '../../src/runtime/ntstatus.js';
import { blockGuid, must } from '../runtime/rig.js';
import { type Model } from './model.js';
import { type BlockRig, rigFor } from '../targets/ts/block-rig.js';
import { type GeneratedModule, importGenerated, type Row } from '../targets/ts/generated-module.js';
import { mofText, type RandomBlock, randomBlocks, twoValues } from '../targets/ts/random-block.js';
import { encode, shown } from '../targets/ts/reference-codec.js';
import { runs } from '../effort.js';

const seed = 20261121;
const random = randomBlocks(25, seed);

function dataBlock(name: string, number: number, body: string): string {
  const guid = `7c0ffee0-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return `[WMI, Dynamic, Provider("WMIProv"), guid("{${guid}}")]
class ${name} { [key, read] string InstanceName; [read] boolean Active; ${body} };
`;
}

/**
 * Mixed: 24 bytes: Mode at 0, Serial at 4, Limit at 8, Armed at 10, Total at 16. Named: its last item can be invalid.
 * Counted: an array with a writable count. Stamped: a datetime. Text: one string. Nested: an embedded class.
 */
const mof = `${dataBlock(
  'Mixed',
  1,
  `[WmiDataId(3), read, write] uint16 Limit;
   [WmiDataId(1), read, write] uint8 Mode;
   [WmiDataId(5), read] uint64 Total;
   [WmiDataId(2), read] uint32 Serial;
   [WmiDataId(4), read, write] boolean Armed;
   [WmiMethodId(1)] void Ping();
   [WmiMethodId(2)] void Swap([in, out] uint32 First, [in, out] uint32 Second);
   [WmiMethodId(3)] void Drain([in] uint8 Limit, [out] string Note);`,
)}${dataBlock(
  'Named',
  2,
  `[WmiDataId(1), read, write] uint32 First;
   [WmiDataId(2), read, write] uint16 Second;
   [WmiDataId(3), read, write, MaxLen(4)] string Name;`,
)}${dataBlock(
  'Counted',
  3,
  `[WmiDataId(1), read, write] uint32 Count;
   [WmiDataId(2), read, write, WmiSizeIs("Count")] uint16 Samples[];`,
)}${dataBlock('Stamped', 4, '[WmiDataId(1), read, write] datetime When;')}${dataBlock(
  'Text',
  5,
  '[WmiDataId(1), read, write] string Label;',
)}[WMI, guid("{7c0ffee0-0000-4000-8000-000000000006}")]
class Inner { [WmiDataId(1), read, write] uint8 Small; [WmiDataId(2), read, write] uint64 Large; };
${dataBlock(
  'Nested',
  7,
  '[WmiDataId(1), read, write] uint8 Before; [WmiDataId(2), read, write] Inner Within;',
)}`;

const methods: Readonly<Record<string, readonly string[]>> = { Mixed: ['Ping', 'Swap', 'Drain'] };

let fixedModule: Promise<GeneratedModule> | undefined;
let randomModule: Promise<GeneratedModule> | undefined;

/** A generated provider on a device of the model, with a consumer that has every right. */
function onModel(model: Model, rig: BlockRig): BlockRig {
  const callbacks = [bindInstance(rig.dispatch, rig.own.provider)];
  const { kernel, name } = model.rig({ callbacks });
  const instanceName = name();
  const rights = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE;
  const object = must(kernel.ioWmiOpenBlock(blockGuid, rights).dataBlockObject);
  const bytes = (values: readonly number[]) => Uint8Array.from(values);
  return {
    ...rig,
    query: (room) => kernel.ioWmiQuerySingleInstance(object, instanceName, room),
    setInstance: (data) =>
      ntStatusName(kernel.ioWmiSetSingleInstance(object, instanceName, 0, bytes(data))),
    setItem: (id, data) =>
      ntStatusName(kernel.ioWmiSetSingleItem(object, instanceName, id, 0, bytes(data))),
    execute: (id, data, room) =>
      ntStatusName(kernel.ioWmiExecuteMethod(object, instanceName, id, bytes(data), room).status),
  };
}

/** One of the blocks above on a device of its own. */
export async function generatedRig(model: Model, name: string): Promise<BlockRig> {
  fixedModule ??= importGenerated(mof, 'conformance');
  const module = await fixedModule;
  const { block } = module.blockOf(name);
  const ofBlock = (methods[name] ?? []).map((method, index) => ({
    name: method,
    id: index + 1,
    input: [],
    output: [],
  }));
  const { guid = '' } = block;
  const parts = { name, guid, structures: [], items: [], methods: ofBlock };
  return onModel(model, rigFor(module, parts));
}

/** One value of a random block, and another one, with the bytes that queries and sets of it have. */
export interface Case {
  readonly block: RandomBlock;
  readonly value: Row;
  readonly bytes: readonly number[];
  readonly wanted: Row;
  readonly wantedBytes: readonly number[];
}

/** Checks every random block with some random values; a failure names the block. */
export async function everyBlock(
  model: Model,
  check: (rig: BlockRig, one: Case) => void,
): Promise<void> {
  randomModule ??= importGenerated(mofText(random), 'conformance-random');
  const module = await randomModule;
  for (const block of random) {
    const { items } = block;
    try {
      fc.assert(
        fc.property(twoValues(items), ([value, wanted]) => {
          const bytes = encode(items, shown(items, value));
          check(onModel(model, rigFor(module, block)), {
            block,
            value,
            bytes,
            wanted,
            wantedBytes: encode(items, wanted),
          });
        }),
        { numRuns: runs(3), seed },
      );
    } catch (error) {
      throw new Error(`${mofText([block])}\n${String(error)}`, { cause: error });
    }
  }
}

/** What a consumer reads now. */
export function queryBytes(rig: BlockRig): readonly number[] {
  return [...(rig.query(8192).data ?? [])];
}
