/**
 * The view of the generated source of a miniport: blocks, and functions that hand on to the C runtime core.
 */
import { type DataBlock } from '../../model/model.js';
import { sourceOf, type SourceView } from '../blocks/source-view.js';
import { type CFunction, declaredFunction, handOnFunction } from '../provider/c-function.js';
import { eventStackBytes, type ScsiPlan } from './plan.js';

/** `undefs` are macros of the header that the source has as names of its own. */
export function scsiSourceView(plan: ScsiPlan, undefs: readonly string[]): SourceView {
  return sourceOf(plan, undefs, [
    ...ownCalls(plan),
    ...plan.registered.map((block) => countFunction(block, plan)),
    ...plan.events.flatMap((event) => fireFunctions(event, plan)),
  ]);
}

function ownCalls({ names, own, scsi, scsiWords: words }: ScsiPlan): CFunction[] {
  const { request, buffer, bufferSize } = names.words;
  return [
    handOnFunction(
      names.initialize,
      'NTSTATUS',
      [
        `${scsi.wmiPointer} ${words.wmi}`,
        `PVOID ${words.extension}`,
        `ULONG ${words.memorySize}`,
        `PVOID ${words.memory}`,
      ],
      `return MofgenScsiInitialize(&${words.wmi}->${scsi.core}, &${own.blocks}, ${words.wmi}->${scsi.guids}, ${words.extension}, ${words.memorySize}, ${words.memory});`,
    ),
    handOnFunction(
      scsi.dispatch,
      'BOOLEAN',
      [
        `${scsi.wmiPointer} ${words.wmi}`,
        `${scsi.requestPointer} ${request}`,
        `UCHAR ${words.minor}`,
        `PVOID ${words.path}`,
        `ULONG ${bufferSize}`,
        `PVOID ${buffer}`,
      ],
      `return MofgenScsiDispatch(&${words.wmi}->${scsi.core}, ${request}, ${words.minor}, ${words.path}, ${bufferSize}, ${buffer});`,
    ),
  ];
}

function countFunction(
  block: DataBlock,
  { names, scsi, scsiWords: words, setCount }: ScsiPlan,
): CFunction {
  return handOnFunction(
    setCount(block),
    'NTSTATUS',
    [`${scsi.wmiPointer} ${words.wmi}`, `ULONG ${words.count}`],
    `return MofgenScsiSetInstanceCount(&${words.wmi}->${scsi.core}, ${names.block(block).index}, ${words.count});`,
  );
}

function fireFunctions(event: DataBlock, plan: ScsiPlan): CFunction[] {
  const { names, own, scsiWords: words } = plan;
  const { data, buffer, bufferSize, from, to } = names.words;
  const api = names.block(event);
  const hasData = event.data.items.length > 0;
  const bytes = eventStackBytes(event);
  const isGiven = hasData && bytes === undefined;
  const rest = [
    `ULONG ${words.instanceIndex}`,
    ...(hasData ? [`const ${api.values.type} *${data}`] : []),
    ...(isGiven ? [`ULONG ${bufferSize}`, `PVOID ${buffer}`] : []),
  ];
  const room = !hasData ? '0, NULL' : isGiven ? `${bufferSize}, ${buffer}` : `sizeof(${to}), ${to}`;
  const sent = hasData ? `${api.functions.write}, ${data}` : 'NULL, NULL';
  const fire = (name: string, unit: readonly string[]): CFunction => {
    const address = unit.length === 0 ? 'MOFGEN_SCSI_ADAPTER, 0, 0' : unit.join(', ');
    return declaredFunction(name, {
      parameters: [`PVOID ${words.extension}`, ...unit.map((each) => `UCHAR ${each}`), ...rest],
      locals: [
        `const MOFGEN_SCSI_SOURCE ${from} = {${words.extension}, ${address}};`,
        ...(hasData && bytes !== undefined
          ? [`ULONGLONG ${to}[${Math.ceil(bytes / 8)}]; // ${bytes} bytes`]
          : []),
      ],
      body: [
        `return MofgenScsiFire(&${from}, &${own.blocks}, ${api.index}, ${words.instanceIndex}, ${sent}, ${room});`,
      ],
    });
  };
  return [fire(api.fire, []), fire(api.fireFrom, [words.pathId, words.target, words.lun])];
}
