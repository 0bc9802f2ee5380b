/**
 * What a driver's provider in C cannot do though the MOF is right (MOF32xx): data that the kernel's stack or pool is too
 * small for, and GUIDs that the system has for itself.
 */
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js';
import { type EmitOptions } from '../options.js';
import { locksBlock } from './plan.js';
import { sharedGuids } from '../shared-guids.js';
import { type DataBlock, type Model, type WireRecord } from '../../model/model.js';

/**
 * The request handlers call themselves for every embedded class, with about 300 bytes of stack a level; a kernel stack has
 * 12 KB on x86 and 24 KB on x64, most of which belongs to others.
 */
const DEEPEST = 16;

/** What a request may take from pool: MOFGEN_MAX_REQUEST_BYTES of the C runtime core. */
export const MAX_BYTES = 0x400_0000;

/** GUIDs that a driver cannot register: KMDF refuses the first, the framework owns the next two, the last is the binary MOF's. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  ['00000000-0000-0000-0000-000000000000', 'the framework takes no GUID of zeros'],
  [
    '827c0a6f-feb0-11d0-bd26-00aa00b7b32a',
    'the framework registers it itself, for the power policy of the device',
  ],
  [
    'a9546a82-feb0-11d0-bd26-00aa00b7b32a',
    'the framework registers it itself, for the power policy of the device',
  ],
  ['05901221-d566-11d1-b2f0-00a0c9062910', 'it is that of MSWmi_MofData, the binary MOF'],
]);

export function checkProvider(model: Model, options: EmitOptions): readonly Diagnostic[] {
  const { blocks } = model;
  const depth = depths(blocks);
  const ofBlocks = blocks
    .filter(({ role }) => role !== 'structure')
    .flatMap((block) => {
      const records = [
        block.data,
        ...block.methods.flatMap(({ input, output }) => [input, output]),
      ];
      const { location } = block.class;
      const found: Diagnostic[] = [];
      const deepest = largestOf(records, depth);
      if (deepest > DEEPEST) {
        found.push(
          diagnostic(
            'MOF3201',
            location,
            `'${block.name}' embeds classes ${deepest} levels deep, and a kernel stack is small: at most ${DEEPEST} are possible in a driver`,
            { help: 'put the items of inner classes into outer ones' },
          ),
        );
      }
      const taken = TAKEN.get(block.guid ?? '');
      if (taken !== undefined) {
        found.push(
          diagnostic(
            'MOF3202',
            location,
            `a driver cannot register the GUID of '${block.name}': ${taken}`,
            {
              help: 'give it a new GUID',
            },
          ),
        );
      }
      const largest = largestOf(records, ({ layout }) => layout.paddedSize ?? layout.minimumSize);
      if (largest > MAX_BYTES) {
        found.push(
          diagnostic(
            'MOF3203',
            location,
            `a request for '${block.name}' takes ${largest} bytes of pool, above the ${MAX_BYTES} that a provider allows itself`,
            { help: 'make the arrays shorter, or define MOFGEN_MAX_REQUEST_BYTES' },
          ),
        );
      }
      if (
        options.noInstanceLock === true &&
        block.role === 'dataBlock' &&
        locksBlock(block, options)
      ) {
        found.push(
          diagnostic(
            'MOF3205',
            location,
            `'${block.name}' keeps the lock of its instances: its data varies in length, and what a query points to has to stay until it is encoded`,
            { help: 'leave out --no-instance-lock, or allow MOF3205' },
          ),
        );
      }
      return found;
    });
  return [...sharedGuids(model), ...ofBlocks];
}

/** 0 for none. A list may be too long for the arguments of a call. */
function largestOf<T>(list: readonly T[], measure: (each: T) => number): number {
  return list.reduce((most, each) => Math.max(most, measure(each)), 0);
}

/** How many levels of structures a record has, itself included; every class is looked at once. */
function depths(blocks: readonly DataBlock[]): (record: WireRecord) => number {
  const known = new Map<WireRecord, number>();
  const below = ({ items }: WireRecord): number =>
    largestOf(items, ({ type }) =>
      type.kind === 'structure' ? (known.get(type.structure.data) ?? 0) : 0,
    );
  // Classes may be declared after those that embed them: repeat until nothing grows.
  for (let grows = true; grows;) {
    grows = false;
    for (const { data } of blocks) {
      const depth = below(data) + 1;
      if (depth > (known.get(data) ?? 0)) {
        known.set(data, depth);
        grows = true;
      }
    }
  }
  return (record) => known.get(record) ?? below(record) + 1;
}
