/**
 * The names of a provider for a driver without a framework that are not of a block: its types, functions and parameters.
 */
import { type Model } from '../../model/model.js';
import { type DriverModel } from '../provider/driver-model.js';
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
}

/** Parameters in the header and in the user's file. */
interface DeviceParameters {
  readonly wmi: string;
  readonly irp: string;
  readonly deviceObject: string;
  readonly pdo: string;
  readonly lower: string;
  readonly path: string;
  readonly size: string;
  readonly memory: string;
}

export interface DevicePlan extends ProviderPlan {
  readonly driverModel: DriverModel;
  readonly own: OwnNames;
  readonly deviceParameters: DeviceParameters;
}

/** `namesInstances`: whether the driver may name instances itself. */
export function planDevice(
  model: Model,
  context: EmitContext,
  namesInstances: boolean,
): DevicePlan {
  const plan = planProvider(model, context);
  const own = nameOwn(plan);
  const scope = plan.names.header.parameters();
  return {
    ...plan,
    own,
    driverModel: {
      instance: own.instancePointer,
      device: 'PDEVICE_OBJECT',
      ownContext: { allocate: own.allocate, free: own.free, of: contextPlace(plan.names) },
      ...(namesInstances ? { nameParameter: scope.claim('Name') } : {}),
    },
    deviceParameters: {
      wmi: scope.claim('Wmi'),
      irp: scope.claim('Irp'),
      deviceObject: scope.claim('DeviceObject'),
      pdo: scope.claim('PhysicalDeviceObject'),
      lower: scope.claim('LowerDevice'),
      path: scope.claim('RegistryPath'),
      size: scope.claim('Size'),
      memory: scope.claim('Memory'),
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
  };
}
