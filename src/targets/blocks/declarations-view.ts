/**
 * The view of what the header declares for blocks without a transport: the type of an instance, the constant with the blocks, and
 * functions. The glue of a transport adds to it.
 */
import { type DataBlock } from '../../model/model.js';
import { commentText } from '../c/text.js';
import {
  type DeclarationsView,
  declarationsView,
  declared,
  type DeclaredFunction,
  DISPATCH,
  firstInstances,
  keepers,
  type TypeView,
} from '../provider/declarations-view.js';
import { keepsValues } from '../provider/requirements.js';
import { type BlocksPlan } from './plan.js';

export interface BlocksDeclarationsView extends DeclarationsView {
  readonly isEmpty: boolean;
  readonly sourceName: string;
  /** The constant with the blocks. */
  readonly blocks: string;
  readonly storeBytes: string;
  readonly keeps: boolean;
}

const CHECKED = ['_Must_inspect_result_', ...DISPATCH];

export function blocksDeclarationsView(plan: BlocksPlan): BlocksDeclarationsView {
  return declarationsOf(plan, [], [initializeDeclaration(plan), ...sharedDeclarations(plan)]);
}

/** With the types and the calls of a transport. */
export function declarationsOf(
  plan: BlocksPlan,
  types: readonly TypeView[],
  calls: readonly DeclaredFunction[],
): BlocksDeclarationsView {
  const { context, flavor, own, registered, blocks } = plan;
  return {
    ...declarationsView(plan, flavor, {
      types: [instanceType(plan), ...types],
      calls,
      notes: blocks.length === 0 ? [] : NOTES,
    }),
    isEmpty: registered.length === 0,
    sourceName: commentText(context.sourceName),
    blocks: own.blocks,
    storeBytes: own.storeBytes,
    keeps: plan.keeps,
  };
}

const NOTES = [
  'They run at the level and in the order of their caller, with no lock: what runs at the same time is your matter.',
  'A function that cannot answer yet may return STATUS_PENDING and change nothing: it is called again with the same values.',
];

function instanceType({ own }: BlocksPlan): TypeView {
  return {
    comment: [
      'One instance of a block, made for one call and gone after it. DeviceContext and InstanceIndex are those of the caller.',
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
      `Initializes the first instance of every block of ${commentText(context.sourceName)}: call it once for each device, before it`,
      `can be asked. ${firstInstances(plan)}`,
    ],
    [`_In_opt_ PVOID ${names.words.device}`],
    'NTSTATUS',
    CHECKED,
  );
}

/** What a driver calls whatever its transport: memory of a call, and values that it keeps. */
export function memoryDeclarations(plan: BlocksPlan): DeclaredFunction[] {
  const { own, names, blocks, flavor, blocksWords } = plan;
  if (blocks.length === 0) return [];
  const allocate = declared(
    'MofgenBlockAllocate',
    [
      'Allocates zeroed bytes in the working memory of the call, which last until it returns. NULL when there are none.',
    ],
    [`_In_ ${own.instancePointer} ${names.words.instance}`, `_In_ ULONGLONG ${blocksWords.size}`],
    'PVOID',
    CHECKED,
  );
  return [
    { ...allocate, alias: own.allocate },
    ...blocks.filter(keepsValues).flatMap((block) => keepers(block, plan, flavor)),
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
  { names, encode, blocksWords: { used } }: BlocksPlan,
): DeclaredFunction {
  const { words } = names;
  return declared(
    encode(event),
    [
      `Encodes the data of ${commentText(event.name)}, for what sends it. STATUS_BUFFER_TOO_SMALL with the size in *${used} when the buffer is`,
      'too small.',
    ],
    [
      `_In_ const ${names.block(event).values.type} *${words.data}`,
      `_In_ ULONG ${words.bufferSize}`,
      `_Out_writes_bytes_to_opt_(${words.bufferSize}, *${used}) PVOID ${words.buffer}`,
      `_Out_ ULONG *${used}`,
    ],
    'NTSTATUS',
    CHECKED,
  );
}
