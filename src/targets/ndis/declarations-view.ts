/**
 * The view of what the header declares for an NDIS miniport: its OIDs and statuses, and functions.
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
  levelMarks,
} from '../provider/declarations-view.js';
import { type NdisCode, type NdisNames, type NdisPlan } from './plan.js';

export interface NdisDeclarationsView extends BlocksDeclarationsView, NdisNames {
  readonly blockCodes: readonly NdisCode[];
  readonly eventCodes: readonly NdisCode[];
}

export function ndisDeclarationsView(plan: NdisPlan): NdisDeclarationsView {
  const { ndis, blocks, events, code } = plan;
  const calls = [
    ...ownCalls(plan),
    ...events.map((event) => fireDeclaration(event, plan)),
    ...memoryDeclarations(plan),
  ];
  return {
    ...declarationsOf(plan, [], calls),
    ...ndis,
    // NDIS finds the resource of the binary MOF itself, and has no OID for it.
    dynamicMof: '',
    blockCodes: blocks.map(code),
    eventCodes: events.map(code),
  };
}

function ownCalls(plan: NdisPlan): DeclaredFunction[] {
  const { context, driverModel, names, ndis, ndisParameters: parameterNames } = plan;
  const { device, request } = names.localNames;
  const checked = checkedMarks(driverModel);
  return [
    declared(
      names.initialize,
      [
        `Initializes the blocks of ${commentText(context.sourceName)}: call it once for each adapter, in MiniportInitializeEx. ${firstInstances(plan, driverModel)}`,
      ],
      [`_In_opt_ PVOID ${device}`],
      'NTSTATUS',
      checked,
    ),
    declared(
      ndis.request,
      [
        `Handles OID_GEN_SUPPORTED_GUIDS and the OIDs of ${commentText(context.sourceName)}: call it first in MiniportOidRequest.`,
        'Returns NDIS_STATUS_NOT_SUPPORTED for any other OID and leaves its request unchanged. Returns NDIS_STATUS_PENDING when one of your',
        'functions returned STATUS_PENDING: call it again later, and pass its result to NdisMOidRequestComplete.',
        `Your functions receive ${device} as DeviceContext. ${parameterNames.memory} is working memory for blocks whose data varies in length, used by one`,
        'call at a time. It may be NULL.',
      ],
      [
        `_In_opt_ PVOID ${device}`,
        `_In_ ULONG ${parameterNames.memorySize}`,
        `_Out_writes_bytes_opt_(${parameterNames.memorySize}) PVOID ${parameterNames.memory}`,
        `_Inout_ PNDIS_OID_REQUEST ${request}`,
      ],
      'NDIS_STATUS',
      checked,
    ),
    declared(
      ndis.guids,
      [
        `Copies at most ${parameterNames.count} NDIS_GUIDs and returns how many there are, for a miniport that handles OID_GEN_SUPPORTED_GUIDS because it has`,
        'other GUIDs, too.',
      ],
      [
        `_In_ ULONG ${parameterNames.count}`,
        `_Out_writes_opt_(${parameterNames.count}) NDIS_GUID *${parameterNames.guids}`,
      ],
      'ULONG',
      levelMarks(driverModel),
    ),
  ];
}

function fireDeclaration(event: DataBlock, plan: NdisPlan): DeclaredFunction {
  const { driverModel, names, ndisParameters: parameterNames, code } = plan;
  const { hasData, declared: ofData, doc } = eventData(event, names);
  return declared(
    names.block(event).fire,
    [
      `Sends ${commentText(event.name)}: indicates ${code(event).macro}${hasData ? ' with its data' : ''}.`,
      ...doc,
    ],
    [`_In_ NDIS_HANDLE ${parameterNames.handle}`, ...ofData],
    'NTSTATUS',
    checkedMarks(driverModel),
  );
}
