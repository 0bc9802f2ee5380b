/**
 * The view of the generated source of a miniport: blocks, and functions that hand on to the C runtime core.
 */
import { type DataBlock } from '../../model/model.js';
import { eventData } from '../blocks/event-data.js';
import { sourceOf, type SourceView } from '../blocks/source-view.js';
import { type CFunction, declaredFunction, handOnFunction } from '../provider/c-function.js';
import { type ScsiPlan } from './plan.js';

/** `undefs` are macros of the header that the source has as names of its own. */
export function scsiSourceView(plan: ScsiPlan, undefs: readonly string[]): SourceView {
  return sourceOf(plan, undefs, [
    ...ownCalls(plan),
    ...plan.registered.map((block) => countFunction(block, plan)),
    ...plan.events.flatMap((event) => fireFunctions(event, plan)),
  ]);
}

function ownCalls({ names, own, scsi, scsiParameters: parameterNames }: ScsiPlan): CFunction[] {
  const { request, buffer, bufferSize } = names.localNames;
  return [
    handOnFunction(
      names.initialize,
      'NTSTATUS',
      [
        `${scsi.wmiPointer} ${parameterNames.wmi}`,
        `PVOID ${parameterNames.extension}`,
        `ULONG ${parameterNames.memorySize}`,
        `PVOID ${parameterNames.memory}`,
      ],
      `return MofgenScsiInitialize(&${parameterNames.wmi}->${scsi.core}, &${own.blocks}, ${parameterNames.wmi}->${scsi.guids}, ${parameterNames.extension}, ${parameterNames.memorySize}, ${parameterNames.memory});`,
    ),
    handOnFunction(
      scsi.dispatch,
      'BOOLEAN',
      [
        `${scsi.wmiPointer} ${parameterNames.wmi}`,
        `${scsi.requestPointer} ${request}`,
        `UCHAR ${parameterNames.minor}`,
        `PVOID ${parameterNames.path}`,
        `ULONG ${bufferSize}`,
        `PVOID ${buffer}`,
      ],
      `return MofgenScsiDispatch(&${parameterNames.wmi}->${scsi.core}, ${request}, ${parameterNames.minor}, ${parameterNames.path}, ${bufferSize}, ${buffer});`,
    ),
  ];
}

function countFunction(
  block: DataBlock,
  { names, scsi, scsiParameters: parameterNames, setCount }: ScsiPlan,
): CFunction {
  return handOnFunction(
    setCount(block),
    'NTSTATUS',
    [`${scsi.wmiPointer} ${parameterNames.wmi}`, `ULONG ${parameterNames.count}`],
    `return MofgenScsiSetInstanceCount(&${parameterNames.wmi}->${scsi.core}, ${names.block(block).index}, ${parameterNames.count});`,
  );
}

function fireFunctions(event: DataBlock, plan: ScsiPlan): CFunction[] {
  const { names, own, scsiParameters: parameterNames } = plan;
  const { source, encoded } = names.localNames;
  const api = names.block(event);
  const { parameters, locals, sent } = eventData(event, names);
  const fire = (name: string, unit: readonly string[]): CFunction => {
    const [path = '', target = '', lun = ''] =
      unit.length === 0 ? ['MOFGEN_SCSI_ADAPTER', '0', '0'] : unit;
    return declaredFunction(name, {
      parameters: [
        `PVOID ${parameterNames.extension}`,
        ...unit.map((each) => `UCHAR ${each}`),
        `ULONG ${parameterNames.instanceIndex}`,
        ...parameters,
      ],
      locals: [`MOFGEN_SCSI_SOURCE ${source};`, ...locals(encoded)],
      body: [
        `${source}.HwDeviceExtension = ${parameterNames.extension};`,
        `${source}.PathId = ${path};`,
        `${source}.TargetId = ${target};`,
        `${source}.Lun = ${lun};`,
        `return MofgenScsiFire(&${source}, &${own.blocks}, ${api.index}, ${parameterNames.instanceIndex}, ${sent(encoded)});`,
      ],
    });
  };
  return [
    fire(api.fire, []),
    fire(api.fireFrom, [parameterNames.pathId, parameterNames.target, parameterNames.lun]),
  ];
}
