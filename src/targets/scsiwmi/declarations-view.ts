/**
 * The view of what the header declares for a miniport: the types of a device and of a request, and functions.
 */
import { type DataBlock } from '../../model/model.js';
import {
  type BlocksDeclarationsView,
  declarationsOf,
  memoryDeclarations,
} from '../blocks/declarations-view.js';
import { commentText } from '../c/text.js';
import {
  declared,
  type DeclaredFunction,
  DISPATCH,
  firstInstances,
} from '../provider/declarations-view.js';
import { eventStackBytes, type ScsiNames, type ScsiPlan } from './plan.js';

export interface ScsiDeclarationsView extends BlocksDeclarationsView, ScsiNames {
  /** How many blocks and events there are. */
  readonly count: number;
}

const CHECKED = ['_Must_inspect_result_', ...DISPATCH];

export function scsiDeclarationsView(plan: ScsiPlan): ScsiDeclarationsView {
  const { scsi, registered, events } = plan;
  const request = {
    comment: [
      'One request, on the stack unless it may be pending: then it is part of the SRB extension. Context.UserContext is yours.',
    ],
    base: 'MOFGEN_SCSI_REQUEST',
    type: scsi.requestType,
    pointer: scsi.requestPointer,
  };
  const calls = [
    ...ownCalls(plan),
    ...registered.map((block) => countDeclaration(block, plan)),
    ...events.flatMap((event) => fireDeclarations(event, plan)),
    ...memoryDeclarations(plan),
  ];
  return { ...declarationsOf(plan, [request], calls), ...scsi, count: registered.length };
}

function ownCalls(plan: ScsiPlan): DeclaredFunction[] {
  const { context, names, scsi, scsiWords: words } = plan;
  const wmi = `${scsi.wmiPointer} ${words.wmi}`;
  return [
    declared(
      names.initialize,
      [
        `Prepares the blocks and events of ${commentText(context.sourceName)}: call it once for each adapter, in HwFindAdapter or`,
        `HwInitialize. ${firstInstances(plan)}`,
        `${words.extension} is what your functions get as DeviceContext. ${words.memory} is working memory for blocks whose data varies in`,
        'length, never paged out and yours alone; NULL when there is none.',
      ],
      [
        `_Out_ ${wmi}`,
        `_In_ PVOID ${words.extension}`,
        `_In_ ULONG ${words.memorySize}`,
        `_In_reads_bytes_opt_(${words.memorySize}) PVOID ${words.memory}`,
      ],
      'NTSTATUS',
      CHECKED,
    ),
    declared(
      scsi.dispatch,
      [
        `Answers an SRB with the function SRB_FUNCTION_WMI: ${words.minor} is its WMISubFunction, ${names.words.buffer} its data buffer. TRUE when the`,
        "answer is complete: ScsiPortWmiGetReturnStatus(&Request->Context) is the SRB's status, and",
        'ScsiPortWmiGetReturnSize(&Request->Context) its DataTransferLength. FALSE when one of your functions returned',
        `STATUS_PENDING: then ${scsi.resume} calls it again. One request runs at a time, as HwStorStartIo and HwScsiStartIo do.`,
      ],
      [
        `_In_ ${wmi}`,
        `_Inout_ ${scsi.requestPointer} ${names.words.request}`,
        `_In_ UCHAR ${words.minor}`,
        `_In_ PVOID ${words.path}`,
        `_In_ ULONG ${names.words.bufferSize}`,
        `_Inout_updates_bytes_(${names.words.bufferSize}) PVOID ${names.words.buffer}`,
      ],
      'BOOLEAN',
      CHECKED,
    ),
    {
      ...declared(
        'MofgenScsiResume',
        [`Goes on with a pending request. It returns as ${scsi.dispatch} does.`],
        [`_Inout_ ${scsi.requestPointer} ${names.words.request}`],
        'BOOLEAN',
        CHECKED,
      ),
      alias: scsi.resume,
    },
  ];
}

function countDeclaration(block: DataBlock, plan: ScsiPlan): DeclaredFunction {
  const { scsi, scsiWords: words, setCount } = plan;
  const isEvent = block.role === 'event';
  return declared(
    setCount(block),
    [
      `Sets how many instances ${commentText(block.name)} has: before the port driver asks, which is after HwInitialize, or with`,
      isEvent
        ? 'ScsiPortNotification(WMIReregister, ...) after it.'
        : 'ScsiPortNotification(WMIReregister, ...) after it. Those that are new are initialized.',
    ],
    [`_Inout_ ${scsi.wmiPointer} ${words.wmi}`, `_In_ ULONG ${words.count}`],
    'NTSTATUS',
    CHECKED,
  );
}

function fireDeclarations(event: DataBlock, plan: ScsiPlan): DeclaredFunction[] {
  const { names, scsiWords: words } = plan;
  const api = names.block(event);
  const name = commentText(event.name);
  const adapter = `_In_ PVOID ${words.extension}`;
  const unit = [words.pathId, words.target, words.lun].map((each) => `_In_ UCHAR ${each}`);
  const needsBuffer = event.data.items.length > 0 && eventStackBytes(event) === undefined;
  const rest = [
    `_In_ ULONG ${words.instanceIndex}`,
    ...(event.data.items.length === 0
      ? []
      : [`_In_ const ${api.values.type} *${names.words.data}`]),
    ...(needsBuffer
      ? [
          `_In_ ULONG ${names.words.bufferSize}`,
          `_Out_writes_bytes_(${names.words.bufferSize}) PVOID ${names.words.buffer}`,
        ]
      : []),
  ];
  const doc = needsBuffer
    ? ['The data is encoded into the buffer; STATUS_BUFFER_TOO_SMALL when it is too small.']
    : [];
  return [
    declared(
      api.fire,
      [`Sends ${name} from an adapter.`, ...doc],
      [adapter, ...rest],
      'NTSTATUS',
      CHECKED,
    ),
    declared(
      api.fireFrom,
      [`Sends ${name} from a logical unit.`, ...doc],
      [adapter, ...unit, ...rest],
      'NTSTATUS',
      CHECKED,
    ),
  ];
}
