/**
 * The view of what the header declares for blocks without a transport: the type of an instance, the constant with the blocks, and
 * functions. The glue of a transport adds to it.
 */
import { type DataBlock } from '../../model/model.js';
import { commentText } from '../c/text.js';
import {
  checkedMarks,
  type DeclarationsView,
  declarationsView,
  declared,
  type DeclaredFunction,
  firstInstances,
  storeDeclarations,
  type TypeView,
} from '../provider/declarations-view.js';
import { type DriverModel } from '../provider/driver-model.js';
import { storesValues } from '../provider/requirements.js';
import { type BlocksPlan } from './plan.js';

export interface BlocksDeclarationsView extends DeclarationsView {
  readonly isEmpty: boolean;
  readonly sourceName: string;
  /** The constant with the blocks. */
  readonly blocks: string;
  readonly storeBytes: string;
  readonly storesValues: boolean;
}

export function blocksDeclarationsView(plan: BlocksPlan): BlocksDeclarationsView {
  return declarationsOf(plan, [], [initializeDeclaration(plan), ...sharedDeclarations(plan)]);
}

/** With the types and the calls of a transport. */
export function declarationsOf(
  plan: BlocksPlan,
  types: readonly TypeView[],
  calls: readonly DeclaredFunction[],
): BlocksDeclarationsView {
  const { context, driverModel, own, registered, blocks } = plan;
  return {
    ...declarationsView(plan, driverModel, {
      types: [instanceType(plan), ...types],
      calls,
      notes: blocks.length === 0 ? [] : notes(driverModel),
    }),
    isEmpty: registered.length === 0,
    sourceName: commentText(context.sourceName),
    blocks: own.blocks,
    storeBytes: own.storeBytes,
    storesValues: plan.storesValues,
  };
}

function notes({ deviceLevel, wholeBlocks }: DriverModel): string[] {
  return [
    'Your functions run at the IRQL of their caller, without a lock: the driver serializes calls that must not overlap.',
    ...(deviceLevel === true
      ? [
          'That is the IRQL of HwStartIo: DIRQL for SCSIport and half-duplex Storport, DISPATCH_LEVEL for full-duplex Storport.',
        ]
      : []),
    'One that cannot complete yet changes nothing and returns STATUS_PENDING; it is called again later with the same parameters.',
    `${wholeBlocks === true ? 'Create' : 'Create, Collect'} and Commit must not return STATUS_PENDING: it is treated as a failure.`,
  ];
}

function instanceType({ own }: BlocksPlan): TypeView {
  return {
    comment: [
      'One instance of a block, valid during one call. DeviceContext and InstanceIndex come from the caller.',
    ],
    base: 'MOFGEN_BLOCK_INSTANCE',
    type: own.instanceType,
    pointer: own.instancePointer,
  };
}

function initializeDeclaration(plan: BlocksPlan): DeclaredFunction {
  const { context, names } = plan;
  return declared(
    names.initialize,
    [
      `Initializes the first instance of every block of ${commentText(context.sourceName)}: call it once for each device, before its`,
      `first request. ${firstInstances(plan, plan.driverModel)}`,
    ],
    [`_In_opt_ PVOID ${names.localNames.device}`],
    'NTSTATUS',
    checkedMarks(plan.driverModel),
  );
}

/** What a driver calls whatever its transport: memory of a call, and stored values. */
export function memoryDeclarations(plan: BlocksPlan): DeclaredFunction[] {
  const { own, names, blocks, driverModel, blocksParameters } = plan;
  if (blocks.length === 0) return [];
  const allocate = declared(
    'MofgenBlockAllocate',
    [
      'Allocates zeroed bytes in the working memory of the call. They are valid until it returns. Returns NULL on failure.',
    ],
    [
      `_In_ ${own.instancePointer} ${names.localNames.instance}`,
      `_In_ ULONGLONG ${blocksParameters.size}`,
    ],
    'PVOID',
    ['_Must_inspect_result_'],
  );
  return [
    { ...allocate, alias: own.allocate },
    ...blocks.filter(storesValues).flatMap((block) => storeDeclarations(block, plan, driverModel)),
  ];
}

function sharedDeclarations(plan: BlocksPlan): DeclaredFunction[] {
  return [
    ...plan.events
      .filter(({ data }) => data.items.length > 0)
      .map((event) => encodeDeclaration(event, plan)),
    ...memoryDeclarations(plan),
  ];
}

function encodeDeclaration(
  event: DataBlock,
  { names, encode, driverModel, blocksParameters: { used } }: BlocksPlan,
): DeclaredFunction {
  const { localNames } = names;
  return declared(
    encode(event),
    [
      `Encodes the data of ${commentText(event.name)}, for the routine that sends it. Returns STATUS_BUFFER_TOO_SMALL and the required size in`,
      `*${used} when it does not fit.`,
    ],
    [
      `_In_ const ${names.block(event).values.type} *${localNames.data}`,
      `_In_ ULONG ${localNames.bufferSize}`,
      `_Out_writes_bytes_to_opt_(${localNames.bufferSize}, *${used}) PVOID ${localNames.buffer}`,
      `_Out_ ULONG *${used}`,
    ],
    'NTSTATUS',
    checkedMarks(driverModel),
  );
}
