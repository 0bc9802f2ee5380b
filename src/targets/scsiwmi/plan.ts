/**
 * The names of a provider of a SCSI or Storport miniport that plain blocks do not have.
 */
import { type DataBlock, type Model } from '../../model/model.js';
import { joinedName } from '../joined-name.js';
import { planBlocks, type BlocksPlan } from '../blocks/plan.js';
import { type EmitContext } from '../target.js';

export interface ScsiNames {
  /** The type of a device's structure, and of a pointer to it. */
  readonly wmiType: string;
  readonly wmiPointer: string;
  /** The type of a request, and of a pointer to it. */
  readonly requestType: string;
  readonly requestPointer: string;
  /** The members of a device's structure: that of the core, and the list of GUIDs. */
  readonly core: string;
  readonly guids: string;
  readonly dispatch: string;
  readonly resume: string;
}

/** Parameters in the header. */
interface ScsiParameters {
  readonly wmi: string;
  readonly extension: string;
  readonly instanceIndex: string;
  readonly count: string;
  readonly memory: string;
  readonly memorySize: string;
  readonly minor: string;
  readonly path: string;
  readonly pathId: string;
  readonly target: string;
  readonly lun: string;
}

export interface ScsiPlan extends BlocksPlan {
  readonly scsi: ScsiNames;
  readonly scsiParameters: ScsiParameters;
  /** The function that sets how many instances a block or an event has. */
  readonly setCount: (block: DataBlock) => string;
}

export function planScsi(model: Model, context: EmitContext): ScsiPlan {
  const plan = planBlocks(model, context);
  const { names, registered } = plan;
  const { prefix, macroPrefix } = names;
  const scope = names.header.parameters();
  const members = names.header.members();
  const counts = new Map(
    registered.map((block) => [block, names.claim(joinedName(block.name, 'SetInstanceCount'))]),
  );
  return {
    ...plan,
    driverModel: { ...plan.driverModel, deviceLevel: true },
    scsi: {
      wmiType: names.claim(`${macroPrefix}_WMI`),
      wmiPointer: names.claim(`P${macroPrefix}_WMI`),
      requestType: names.claim(`${macroPrefix}_WMI_REQUEST`),
      requestPointer: names.claim(`P${macroPrefix}_WMI_REQUEST`),
      core: members.claim('Core'),
      guids: members.claim('Guids'),
      dispatch: names.claim(`${prefix}WmiDispatch`),
      resume: names.claim(`${prefix}WmiResume`),
    },
    scsiParameters: {
      wmi: scope.claim('Wmi'),
      extension: scope.claim('HwDeviceExtension'),
      instanceIndex: scope.claim('InstanceIndex'),
      count: scope.claim('InstanceCount'),
      memory: scope.claim('Memory'),
      memorySize: scope.claim('MemorySize'),
      minor: scope.claim('MinorFunction'),
      path: scope.claim('DataPath'),
      pathId: scope.claim('PathId'),
      target: scope.claim('TargetId'),
      lun: scope.claim('Lun'),
    },
    setCount: (block) => counts.get(block) ?? '',
  };
}
