/**
 * The view of what the header declares for a WDM driver: the types of a device and of an instance, and functions.
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
import { type WdmPlan } from './plan.js';
import { fromDeviceFunction } from './skeleton-view.js';

export interface WdmDeclarationsView extends DeclarationsView {
  readonly isEmpty: boolean;
}

export function wdmDeclarationsView(plan: WdmPlan): WdmDeclarationsView {
  const { flavor, blocks, events } = plan;
  return {
    ...declarationsView(plan, flavor, {
      types: typeViews(plan),
      calls: [...ownCalls(plan), ...sharedCalls(plan, flavor, wmiParameter(plan), NOTES)],
      implementations: [fromDeviceFunction(plan)],
    }),
    isEmpty: blocks.length + events.length === 0,
  };
}

const NOTES: CallNotes = {
  add: [
    "A device that is registered notifies WMI; if that fails, the status is WMI's, and the instance exists all the same:",
    '*Instance is NULL only when there is none.',
  ],
  remove: [
    'The InstanceIndex of younger instances decreases by 1. A device that is registered notifies WMI; if that fails, the',
    "status is WMI's, and the instance is deleted all the same. Do not hold its lock: it is freed with the instance.",
  ],
};

function wmiParameter({ own, wdmWords }: WdmPlan): string {
  return `_Inout_ ${own.wmiPointer} ${wdmWords.wmi}`;
}

/** The structures are the core's, whatever the MOF. */
function typeViews({ own }: WdmPlan): TypeView[] {
  return [
    {
      comment: [
        'The WMI state of one device, a part of the device extension: in memory that is never paged out and starts as zeros.',
      ],
      base: 'MOFGEN_WMI_DEVICE',
      type: own.wmiType,
      pointer: own.wmiPointer,
    },
    {
      comment: [
        'One instance of a block. Context is for the driver. Wmi (the structure of the device) and InstanceIndex may be read.',
      ],
      base: 'MOFGEN_WMI_INSTANCE',
      type: own.instanceType,
      pointer: own.instancePointer,
    },
  ];
}

function ownCalls(plan: WdmPlan): DeclaredFunction[] {
  const { context, names, own, wdmWords: words } = plan;
  const wmi = wmiParameter(plan);
  return [
    declared(
      names.initialize,
      [
        `Initializes the blocks and events of ${commentText(context.sourceName)}: call it once for each device, in AddDevice.`,
        firstInstances(plan),
        'LowerDevice is what IoAttachDeviceToDeviceStack returned, NULL when there is nothing below. RegistryPath is that of',
        'DriverEntry; it is copied. When it fails, nothing is left to clean up.',
      ],
      [
        wmi,
        `_In_ PDEVICE_OBJECT ${words.deviceObject}`,
        `_In_ PDEVICE_OBJECT ${words.pdo}`,
        `_In_opt_ PDEVICE_OBJECT ${words.lower}`,
        `_In_ PCUNICODE_STRING ${words.path}`,
      ],
    ),
    ofCore(
      own.register,
      declared(
        'MofgenWmiRegister',
        ['Registers the device with WMI: call it once the device has started and can answer.'],
        [wmi],
      ),
    ),
    ofCore(
      own.deregister,
      declared(
        'MofgenWmiDeregister',
        [
          'Deregisters the device, once the requests that have started are complete. Does nothing for a device that is not',
          'registered. Call it when the device is removed, never from a function that answers a request: it would wait for itself.',
        ],
        [wmi],
        'VOID',
        PASSIVE,
      ),
    ),
    ofCore(
      own.cleanUp,
      declared(
        'MofgenWmilibCleanup',
        [
          'Deletes all instances, after deregistering if that was not done. Call it before the device is deleted; twice does no',
          'harm.',
        ],
        [wmi],
        'VOID',
        PASSIVE,
      ),
    ),
    declaredRole(
      own.systemControl,
      [
        'The dispatch routine for IRP_MJ_SYSTEM_CONTROL: put it into MajorFunction, or call it from yours.',
      ],
      'DRIVER_DISPATCH',
      ['_Dispatch_type_(IRP_MJ_SYSTEM_CONTROL)', ...PASSIVE],
    ),
    ofCore(
      own.allocate,
      declared(
        'MofgenAllocatePaged',
        ['Allocates zeroed paged memory with the tag of the core. NULL when there is none.'],
        [`_In_ SIZE_T ${words.size}`],
        'PVOID',
        ['_Must_inspect_result_', '_IRQL_requires_max_(APC_LEVEL)'],
      ),
    ),
    ofCore(
      own.free,
      declared(
        'MofgenFree',
        [`Frees memory of ${own.allocate}, which is paged: call it at APC_LEVEL at most.`],
        [`_In_ PVOID ${words.memory}`],
        'VOID',
        ['_IRQL_requires_max_(DISPATCH_LEVEL)'],
      ),
    ),
  ];
}

/** A function of the core, with its own annotations, and its name in this header. */
function ofCore(alias: string, core: DeclaredFunction): DeclaredFunction {
  return { ...core, alias };
}
