/**
 * The view of what the header declares for a driver without a framework: the types of a device and of an instance, and functions.
 */
import { commentText } from '../c/text.js';
import {
  type CallNotes,
  declarationsView,
  type DeclarationsView,
  declared,
  declaredRole,
  firstInstances,
  type DeclaredFunction,
  PASSIVE,
  sharedCalls,
  type TypeView,
} from '../provider/declarations-view.js';
import { type DevicePlan } from './plan.js';
import { fromDeviceFunction } from './skeleton-view.js';

export interface DeviceDeclarationsView extends DeclarationsView {
  readonly isEmpty: boolean;
}

export function deviceDeclarationsView(plan: DevicePlan): DeviceDeclarationsView {
  const { driverModel, blocks, events } = plan;
  return {
    ...declarationsView(plan, driverModel, {
      types: typeViews(plan),
      calls: [...ownCalls(plan), ...sharedCalls(plan, driverModel, wmiParameter(plan), NOTES)],
      implementations: [fromDeviceFunction(plan)],
    }),
    isEmpty: blocks.length + events.length === 0,
  };
}

const NOTES: CallNotes = {
  add: [
    "A registered device notifies WMI; if that fails, WMI's status is returned, but the instance exists: *Instance is NULL only when no",
    'instance was added.',
  ],
  remove: [
    "Until WMI's next registration request, requests for its InstanceIndex fail; after it, the InstanceIndex of instances that were added",
    'later decreases by 1. A registered device notifies WMI; if that fails, the instance is deleted anyway, and the status of WMI is',
    'returned. Do not hold the instance lock: it is freed with the instance.',
  ],
};

function wmiParameter({ own, deviceParameters }: DevicePlan): string {
  return `_Inout_ ${own.wmiPointer} ${deviceParameters.wmi}`;
}

/** The structures are the core's, whatever the MOF. */
function typeViews({ own }: DevicePlan): TypeView[] {
  return [
    {
      comment: [
        'The WMI state of one device, part of the device extension: nonpaged memory, initially zeroed.',
      ],
      base: 'MOFGEN_WMI_DEVICE',
      type: own.wmiType,
      pointer: own.wmiPointer,
    },
    {
      comment: [
        'One instance of a block. Context is for the driver. The driver may read Wmi, the structure of the device, and InstanceIndex.',
      ],
      base: 'MOFGEN_WMI_INSTANCE',
      type: own.instanceType,
      pointer: own.instancePointer,
    },
  ];
}

function ownCalls(plan: DevicePlan): DeclaredFunction[] {
  const { context, names, own, deviceParameters: parameterNames } = plan;
  const wmi = wmiParameter(plan);
  return [
    declared(
      names.initialize,
      [
        `Initializes the blocks and events of ${commentText(context.sourceName)}: call it once for each device, in AddDevice.`,
        firstInstances(plan, plan.driverModel),
        'LowerDevice is the result of IoAttachDeviceToDeviceStack, or NULL when there is no device below. RegistryPath is the parameter',
        'of DriverEntry; it is copied. On failure nothing needs cleanup.',
      ],
      [
        wmi,
        `_In_ PDEVICE_OBJECT ${parameterNames.deviceObject}`,
        `_In_ PDEVICE_OBJECT ${parameterNames.pdo}`,
        `_In_opt_ PDEVICE_OBJECT ${parameterNames.lower}`,
        `_In_ PCUNICODE_STRING ${parameterNames.path}`,
      ],
    ),
    ofCore(
      own.register,
      declared(
        'MofgenWmiRegister',
        [
          'Registers the device with WMI: call it when the device has started and can complete requests.',
        ],
        [wmi],
      ),
    ),
    ofCore(
      own.deregister,
      declared(
        'MofgenWmiDeregister',
        [
          'Deregisters the device. Waits until requests in progress are complete. Does nothing for a device that is not registered. Call',
          'it when the device is removed, never from a function that a request calls: it would deadlock.',
        ],
        [wmi],
        'VOID',
        PASSIVE,
      ),
    ),
    ofCore(
      own.cleanUp,
      declared(
        'MofgenWmiCleanup',
        [
          'Deregisters the device if needed, then deletes all instances. Call it before the device is deleted. A second call does nothing.',
        ],
        [wmi],
        'VOID',
        PASSIVE,
      ),
    ),
    declaredRole(
      own.systemControl,
      [
        'The dispatch routine for IRP_MJ_SYSTEM_CONTROL: store it in MajorFunction, or call it from your dispatch routine.',
      ],
      'DRIVER_DISPATCH',
      ['_Dispatch_type_(IRP_MJ_SYSTEM_CONTROL)', ...PASSIVE],
    ),
    ofCore(
      own.allocate,
      declared(
        'MofgenAllocatePaged',
        ['Allocates zeroed paged memory with the pool tag of the core. Returns NULL on failure.'],
        [`_In_ SIZE_T ${parameterNames.size}`],
        'PVOID',
        ['_Must_inspect_result_', '_IRQL_requires_max_(APC_LEVEL)'],
      ),
    ),
    ofCore(
      own.free,
      declared(
        'MofgenFreePaged',
        [`Frees memory from ${own.allocate}.`],
        [`_In_ PVOID ${parameterNames.memory}`],
        'VOID',
        ['_IRQL_requires_max_(APC_LEVEL)'],
      ),
    ),
  ];
}

/** A function of the core, with its own annotations, and its name in this header. */
function ofCore(alias: string, core: DeclaredFunction): DeclaredFunction {
  return { ...core, alias };
}
