/**
 * The view of the generated source of an NDIS miniport: blocks, what NDIS knows of each, and functions that hand on to the C runtime
 * core.
 */
import { type DataBlock } from '../../model/model.js';
import { isWritable } from '../../model/set-rules.js';
import { eventData } from '../blocks/event-data.js';
import { sourceOf, type SourceView } from '../blocks/source-view.js';
import { type CFunction, declaredFunction, handOnFunction } from '../provider/c-function.js';
import { macroUse } from '../provider/macro-use.js';
import { minimumSize, wholeSize } from '../provider/sizes.js';
import { type NdisNames, type NdisPlan } from './plan.js';

export interface NdisSourceView extends SourceView, NdisNames {
  readonly codeRows: readonly CodeRow[];
}

/** What NDIS knows of one block or event. */
interface CodeRow {
  readonly index: string;
  readonly lines: readonly string[];
}

/** `undefs` are macros of the header that the source has as names of its own. */
export function ndisSourceView(plan: NdisPlan, undefs: readonly string[]): NdisSourceView {
  const calls = [...ownCalls(plan), ...plan.events.map((event) => fireFunction(event, plan))];
  return {
    ...sourceOf(plan, undefs, calls),
    ...plan.ndis,
    // NDIS finds the resource of the binary MOF itself, and has no OID for it.
    hasMofResource: false,
    dynamicMof: '',
    codeRows: plan.registered.map((block) => codeRow(block, plan)),
  };
}

function codeRow(block: DataBlock, plan: NdisPlan): CodeRow {
  const { names } = plan;
  const { macro, value } = plan.code(block);
  const isEvent = block.role === 'event';
  const canSet = !isEvent && isWritable(block);
  const record = [block.data, names.block(block).values, names.header.block(block).data] as const;
  const least = minimumSize(...record, names);
  const flags = isEvent
    ? ['fNDIS_GUID_TO_STATUS', 'fNDIS_GUID_ALLOW_READ']
    : [
        'fNDIS_GUID_TO_OID',
        'fNDIS_GUID_ALLOW_READ',
        ...(canSet ? [macroUse(plan.ndis.writeAccess, '0')] : []),
        ...(block.methods.length > 0 ? ['fNDIS_GUID_METHOD'] : []),
      ];
  return {
    index: names.block(block).index,
    lines: [
      `.Code = ${macroUse(macro, value)},`,
      `.Flags = ${flags.join(' | ')},`,
      `.Size = ${sizeOf(block, wholeSize(...record, names))},`,
      ...(canSet && least !== undefined ? [`.MinimumSetSize = ${least},`] : []),
    ],
  };
}

/** The bytes that a query gives; those of an event's data. */
function sizeOf({ data, role, methods }: DataBlock, whole: string | undefined): string {
  if (data.items.length > 0) return whole ?? 'MOFGEN_NDIS_VARIES';
  // A block with methods alone shows a ULONG.
  return role !== 'event' && methods.length > 0 ? 'sizeof(ULONG)' : '0';
}

function ownCalls({ names, own, ndis, ndisParameters: parameterNames }: NdisPlan): CFunction[] {
  const { device, request } = names.localNames;
  return [
    handOnFunction(
      names.initialize,
      'NTSTATUS',
      [`PVOID ${device}`],
      `return MofgenBlocksCreate(&${own.blocks}, ${device});`,
    ),
    handOnFunction(
      ndis.request,
      'NDIS_STATUS',
      [
        `PVOID ${device}`,
        `ULONG ${parameterNames.memorySize}`,
        `PVOID ${parameterNames.memory}`,
        `PNDIS_OID_REQUEST ${request}`,
      ],
      `return MofgenNdisRequest(&${ndis.ndis}, ${device}, ${parameterNames.memorySize}, ${parameterNames.memory}, ${request});`,
    ),
    handOnFunction(
      ndis.guids,
      'ULONG',
      [`ULONG ${parameterNames.count}`, `NDIS_GUID *${parameterNames.guids}`],
      `return MofgenNdisGuids(&${ndis.ndis}, ${parameterNames.count}, ${parameterNames.guids});`,
    ),
  ];
}

function fireFunction(event: DataBlock, plan: NdisPlan): CFunction {
  const { names, ndis, ndisParameters: parameterNames } = plan;
  const { to } = names.localNames;
  const api = names.block(event);
  const { parameters, locals, sent } = eventData(event, names);
  return declaredFunction(api.fire, {
    parameters: [`NDIS_HANDLE ${parameterNames.handle}`, ...parameters],
    locals: locals(to),
    body: [
      `return MofgenNdisIndicate(&${ndis.ndis}, ${parameterNames.handle}, ${api.index}, ${sent(to)});`,
    ],
  });
}
