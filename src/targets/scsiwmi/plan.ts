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
interface ScsiWords {
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
  readonly scsiWords: ScsiWords;
  /** The function that sets how many instances a block or an event has. */
  readonly setCount: (block: DataBlock) => string;
}

/** More bytes of an event than this come from a buffer of the driver. */
const MAX_EVENT_STACK_BYTES = 512;

export function planScsi(model: Model, context: EmitContext): ScsiPlan {
  const plan = planBlocks(model, context);
  const { names, registered } = plan;
  const { prefix, macroPrefix } = names;
  const words = names.header.parameters();
  const members = names.header.members();
  const counts = new Map(
    registered.map((block) => [block, names.claim(joinedName(block.name, 'SetInstanceCount'))]),
  );
  return {
    ...plan,
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
    scsiWords: {
      wmi: words.claim('Wmi'),
      extension: words.claim('HwDeviceExtension'),
      instanceIndex: words.claim('InstanceIndex'),
      count: words.claim('InstanceCount'),
      memory: words.claim('Memory'),
      memorySize: words.claim('MemorySize'),
      minor: words.claim('MinorFunction'),
      path: words.claim('DataPath'),
      pathId: words.claim('PathId'),
      target: words.claim('TargetId'),
      lun: words.claim('Lun'),
    },
    setCount: (block) => counts.get(block) ?? '',
  };
}

/** The bytes of an event's data where they fit on the stack; `undefined` where the driver gives a buffer for them. */
export function eventStackBytes({ data }: DataBlock): number | undefined {
  const { size } = data.layout;
  return size !== undefined && size <= MAX_EVENT_STACK_BYTES ? size : undefined;
}
