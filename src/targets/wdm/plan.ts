/**
 * The names of a provider over WMILIB that are not of a block: its types, its functions, its words.
 */
import { type Model } from '../../model/model.js';
import { type Flavor } from '../provider/flavor.js';
import { type ProviderNames } from '../provider/naming.js';
import { planProvider, type ProviderPlan } from '../provider/plan.js';
import { type EmitContext } from '../target.js';

export interface OwnNames {
  /** The type of a device's structure, and of a pointer to it. */
  readonly wmiType: string;
  readonly wmiPointer: string;
  /** The type of an instance, and of a pointer to it. */
  readonly instanceType: string;
  readonly instancePointer: string;
  /** Functions that the driver calls. */
  readonly register: string;
  readonly deregister: string;
  readonly cleanUp: string;
  readonly systemControl: string;
  readonly allocate: string;
  readonly free: string;
  /** The function of the user's file that finds the structure of a device. */
  readonly fromDevice: string;
  /** WMILIB's routines of the MOF file: the constant with them, and the one that is the MOF file's own. */
  readonly routines: string;
  readonly queryReginfo: string;
}

/** Parameters in the header and in the user's file. */
interface WdmWords {
  readonly wmi: string;
  readonly irp: string;
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
      ownContext: { allocate: own.allocate, free: own.free, of: contextPlace(plan.names) },
    },
    wdmWords: {
      wmi: words.claim('Wmi'),
      irp: words.claim('Irp'),
      deviceObject: words.claim('DeviceObject'),
      pdo: words.claim('PhysicalDeviceObject'),
      lower: words.claim('LowerDevice'),
      path: words.claim('RegistryPath'),
      size: words.claim('Size'),
      memory: words.claim('Memory'),
    },
  };
}

/**
 * Where an instance has its context. The instance is a structure of the C runtime core, so its member cannot give way to a macro
 * of the header.
 */
function contextPlace({ header }: ProviderNames): (instance: string) => string {
  return header.members().claim(CONTEXT) === CONTEXT
    ? (instance) => `${instance}->${CONTEXT}`
    : (instance) => `*MofgenWmiContext(${instance})`;
}

const CONTEXT = 'Context';

function nameOwn({ names }: ProviderPlan): OwnNames {
  const { prefix, macroPrefix } = names;
  const type = (suffix: string): string => names.claim(`${macroPrefix}_WMI${suffix}`);
  const pointer = (suffix: string): string => names.claim(`P${macroPrefix}_WMI${suffix}`);
  const routine = (what: string): string => names.claim(`${prefix}Wmi${what}`);
  return {
    wmiType: type(''),
    wmiPointer: pointer(''),
    instanceType: type('_INSTANCE'),
    instancePointer: pointer('_INSTANCE'),
    register: routine('Register'),
    deregister: routine('Deregister'),
    cleanUp: routine('Cleanup'),
    systemControl: routine('SystemControl'),
    allocate: routine('Allocate'),
    free: routine('Free'),
    fromDevice: routine('FromDevice'),
    routines: names.claim(`${prefix}Routines`),
    queryReginfo: names.claim(`${prefix}QueryReginfo`),
  };
}
