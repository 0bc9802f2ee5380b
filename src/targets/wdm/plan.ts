/**
 * The names of a provider over WMILIB that are not of a block: its structures and their members, its functions, its words.
 */
import { type Model } from '../../model/model.js';
import { type Flavor } from '../provider/flavor.js';
import { planProvider, type ProviderPlan } from '../provider/plan.js';
import { type EmitContext } from '../target.js';

/** What one instance has. */
interface InstanceMembers {
  readonly context: string;
  readonly wmi: string;
  readonly next: string;
  readonly guidIndex: string;
  readonly index: string;
  readonly lock: string;
}

/** What one device has. */
interface WmiMembers {
  readonly library: string;
  readonly guids: string;
  readonly instances: string;
  readonly device: string;
  readonly pdo: string;
  readonly lower: string;
  readonly path: string;
  readonly lock: string;
  readonly registered: string;
}

export interface OwnNames {
  /** The structure of a device, and a pointer to it. */
  readonly wmiType: string;
  readonly wmiPointer: string;
  /** The structure of an instance, and a pointer to it. */
  readonly instanceType: string;
  readonly instancePointer: string;
  readonly wmi: WmiMembers;
  readonly one: InstanceMembers;
  /** Functions that the driver calls. */
  readonly register: string;
  readonly deregister: string;
  readonly cleanUp: string;
  readonly systemControl: string;
  readonly allocate: string;
  readonly free: string;
  /** The function of the user's file that finds the structure of a device. */
  readonly fromDevice: string;
  /** WMILIB's routines. */
  readonly queryReginfo: string;
  readonly queryDataBlock: string;
  readonly setDataBlock: string;
  readonly setDataItem: string;
  readonly executeMethod: string;
  readonly functionControl: string;
}

/** Parameters in the header and in the user's file. */
interface WdmWords {
  readonly wmi: string;
  readonly deviceObject: string;
  readonly pdo: string;
  readonly lower: string;
  readonly path: string;
  readonly size: string;
  readonly memory: string;
}

export interface WdmPlan extends ProviderPlan {
  readonly flavor: Flavor;
  readonly own: OwnNames;
  readonly wdmWords: WdmWords;
}

export function planWdm(model: Model, context: EmitContext): WdmPlan {
  const plan = planProvider(model, context);
  const own = nameOwn(plan);
  const words = plan.names.header.parameters();
  return {
    ...plan,
    own,
    flavor: {
      instance: own.instancePointer,
      device: 'PDEVICE_OBJECT',
      ownContext: { allocate: own.allocate, free: own.free, member: own.one.context },
    },
    wdmWords: {
      wmi: words.claim('Wmi'),
      deviceObject: words.claim('DeviceObject'),
      pdo: words.claim('PhysicalDeviceObject'),
      lower: words.claim('LowerDevice'),
      path: words.claim('RegistryPath'),
      size: words.claim('Size'),
      memory: words.claim('Memory'),
    },
  };
}

function nameOwn({ names }: ProviderPlan): OwnNames {
  const { prefix, macroPrefix } = names;
  const type = (suffix: string): string => names.claim(`${macroPrefix}_WMI${suffix}`);
  const pointer = (suffix: string): string => names.claim(`P${macroPrefix}_WMI${suffix}`);
  const routine = (what: string): string => names.claim(`${prefix}Wmi${what}`);
  const ofWmi = names.header.members();
  const ofInstance = names.header.members();
  return {
    wmiType: type(''),
    wmiPointer: pointer(''),
    instanceType: type('_INSTANCE'),
    instancePointer: pointer('_INSTANCE'),
    wmi: {
      library: ofWmi.claim('Library'),
      guids: ofWmi.claim('Guids'),
      instances: ofWmi.claim('Instances'),
      device: ofWmi.claim('DeviceObject'),
      pdo: ofWmi.claim('PhysicalDeviceObject'),
      lower: ofWmi.claim('LowerDevice'),
      path: ofWmi.claim('RegistryPath'),
      lock: ofWmi.claim('Lock'),
      registered: ofWmi.claim('Registered'),
    },
    one: {
      context: ofInstance.claim('Context'),
      wmi: ofInstance.claim('Wmi'),
      next: ofInstance.claim('Next'),
      guidIndex: ofInstance.claim('GuidIndex'),
      index: ofInstance.claim('InstanceIndex'),
      lock: ofInstance.claim('Lock'),
    },
    register: routine('Register'),
    deregister: routine('Deregister'),
    cleanUp: routine('Cleanup'),
    systemControl: routine('SystemControl'),
    allocate: routine('Allocate'),
    free: routine('Free'),
    fromDevice: routine('FromDevice'),
    queryReginfo: routine('QueryReginfo'),
    queryDataBlock: routine('QueryDataBlock'),
    setDataBlock: routine('SetDataBlock'),
    setDataItem: routine('SetDataItem'),
    executeMethod: routine('ExecuteMethod'),
    functionControl: routine('FunctionControl'),
  };
}
