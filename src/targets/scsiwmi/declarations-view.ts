/**
 * The view of what the header declares for a miniport: the types of a device and of a request, and functions.
 */
import { type DataBlock } from '../../model/model.js';
import {
  type BlocksDeclarationsView,
  declarationsOf,
  memoryDeclarations,
} from '../blocks/declarations-view.js';
import { eventData } from '../blocks/event-data.js';
import { commentText } from '../c/text.js';
import {
  checkedMarks,
  declared,
  type DeclaredFunction,
  firstInstances,
} from '../provider/declarations-view.js';
import { type ScsiNames, type ScsiPlan } from './plan.js';

export interface ScsiDeclarationsView extends BlocksDeclarationsView, ScsiNames {
  /** How many blocks and events there are. */
  readonly count: number;
}

export function scsiDeclarationsView(plan: ScsiPlan): ScsiDeclarationsView {
  const { scsi, registered, events } = plan;
  const request = {
    comment: [
      'One request: on the stack, or in the SRB extension when your functions may return STATUS_PENDING.',
      'Context.UserContext is for the driver.',
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
  const { context, driverModel, names, scsi, scsiParameters: parameterNames } = plan;
  const wmi = `${scsi.wmiPointer} ${parameterNames.wmi}`;
  const checked = checkedMarks(driverModel);
  return [
    declared(
      names.initialize,
      [
        `Initializes the blocks and events of ${commentText(context.sourceName)}: call it once for each adapter, in HwFindAdapter or`,
        `HwInitialize. ${firstInstances(plan, plan.driverModel)}`,
        `Your functions receive ${parameterNames.extension} as DeviceContext. ${parameterNames.memory} is nonpaged working memory for blocks whose data varies in`,
        'length, used by one request at a time. It may be NULL.',
      ],
      [
        `_Out_ ${wmi}`,
        `_In_ PVOID ${parameterNames.extension}`,
        `_In_ ULONG ${parameterNames.memorySize}`,
        `_In_opt_ PVOID ${parameterNames.memory}`,
      ],
      'NTSTATUS',
      checked,
    ),
    declared(
      scsi.dispatch,
      [
        `Handles an SRB with the function SRB_FUNCTION_WMI: ${parameterNames.minor} is its WMISubFunction, ${names.localNames.buffer} its data buffer. Returns TRUE`,
        "when the request is complete: ScsiPortWmiGetReturnStatus(&Request->Context) is the SRB's status, and",
        'ScsiPortWmiGetReturnSize(&Request->Context) its DataTransferLength. Returns FALSE when one of your functions returned',
        `STATUS_PENDING: call ${scsi.resume} later. Calls for one adapter must not overlap.`,
      ],
      [
        `_In_ ${wmi}`,
        `_Inout_ ${scsi.requestPointer} ${names.localNames.request}`,
        `_In_ UCHAR ${parameterNames.minor}`,
        `_In_opt_ PVOID ${parameterNames.path}`,
        `_In_ ULONG ${names.localNames.bufferSize}`,
        `_Inout_updates_bytes_(${names.localNames.bufferSize}) PVOID ${names.localNames.buffer}`,
      ],
      'BOOLEAN',
      checked,
    ),
    {
      ...declared(
        'MofgenScsiResume',
        [
          `Repeats the call of your function for a pending request. Returns as ${scsi.dispatch} does.`,
        ],
        [`_Inout_ ${scsi.requestPointer} ${names.localNames.request}`],
        'BOOLEAN',
        checked,
      ),
      alias: scsi.resume,
    },
  ];
}

function countDeclaration(block: DataBlock, plan: ScsiPlan): DeclaredFunction {
  const { driverModel, scsi, scsiParameters: parameterNames, setCount } = plan;
  const isEvent = block.role === 'event';
  return declared(
    setCount(block),
    [
      `Sets the number of instances of ${commentText(block.name)}${isEvent ? '' : ', and initializes new ones'}. After the port driver has`,
      'registered the blocks, request a new registration with ScsiPortNotification(WMIReregister, ...) or its Storport counterpart.',
    ],
    [`_Inout_ ${scsi.wmiPointer} ${parameterNames.wmi}`, `_In_ ULONG ${parameterNames.count}`],
    'NTSTATUS',
    checkedMarks(driverModel),
  );
}

function fireDeclarations(event: DataBlock, plan: ScsiPlan): DeclaredFunction[] {
  const { driverModel, names, scsiParameters: parameterNames } = plan;
  const checked = checkedMarks(driverModel);
  const api = names.block(event);
  const name = commentText(event.name);
  const adapter = `_In_ PVOID ${parameterNames.extension}`;
  const unit = [parameterNames.pathId, parameterNames.target, parameterNames.lun].map(
    (each) => `_In_ UCHAR ${each}`,
  );
  const { hasData, declared: ofData, doc: ofBuffer } = eventData(event, names);
  const doc = [
    ...ofBuffer,
    ...(hasData
      ? [
          'Returns STATUS_INVALID_BUFFER_SIZE when the data is larger than MOFGEN_SCSI_MAX_EVENT_BYTES, if that is defined.',
        ]
      : []),
  ];
  const rest = [`_In_ ULONG ${parameterNames.instanceIndex}`, ...ofData];
  return [
    declared(
      api.fire,
      [`Sends ${name} from an adapter.`, ...doc],
      [adapter, ...rest],
      'NTSTATUS',
      checked,
    ),
    declared(
      api.fireFrom,
      [`Sends ${name} from a logical unit.`, ...doc],
      [adapter, ...unit, ...rest],
      'NTSTATUS',
      checked,
    ),
  ];
}
