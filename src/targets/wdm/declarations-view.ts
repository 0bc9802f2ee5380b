/**
 * The view of what the header declares for a WDM driver: the structures of a device and of an instance, and functions.
 */
import { commentText } from '../c/text.js';
import {
  declarationsView,
  type DeclarationsView,
  declared,
  declaredRole,
  type DeclaredFunction,
  PASSIVE,
  sharedCalls,
} from '../provider/declarations-view.js';
import { type StructView } from '../provider/structs-view.js';
import { type WdmPlan } from './plan.js';
import { fromDeviceFunction } from './skeleton-view.js';

export interface WdmDeclarationsView extends DeclarationsView {
  readonly isEmpty: boolean;
}

export function wdmDeclarationsView(plan: WdmPlan): WdmDeclarationsView {
  const { flavor, blocks, events } = plan;
  return {
    ...declarationsView(plan, flavor, {
      structs: [instanceStruct(plan), wmiStruct(plan)],
      calls: [...ownCalls(plan), ...sharedCalls(plan, flavor, wmiParameter(plan), ADD_NOTES)],
      implementations: [fromDeviceFunction(plan)],
    }),
    isEmpty: blocks.length + events.length === 0,
  };
}

const ADD_NOTES = [
  'A device that is registered tells WMI of it; if WMI then fails, the status says so, and the instance is there: what',
  'Instance points to is NULL only when there is none.',
];

function wmiParameter({ own, wdmWords }: WdmPlan): string {
  return `_Inout_ ${own.wmiPointer} ${wdmWords.wmi}`;
}

function instanceStruct({ own, locks }: WdmPlan): StructView {
  const { one, wmiType, instanceType, instancePointer } = own;
  return {
    comment: 'One instance of a block. Its context is yours, the rest is not.',
    type: instanceType,
    pointers: [instancePointer],
    members: [
      `PVOID ${one.context};`,
      `struct _${wmiType} *${one.wmi};`,
      `struct _${instanceType} *${one.next};`,
      `ULONG ${one.guidIndex};`,
      `ULONG ${one.index};`,
      ...(locks ? [`KMUTEX ${one.lock};`] : []),
    ],
  };
}

function wmiStruct({ own, blocks, events }: WdmPlan): StructView {
  const { wmi, wmiType, wmiPointer, instanceType } = own;
  // One more than there are, for the binary MOF: the driver's files must not disagree about the size.
  const length = blocks.length + events.length + 1;
  return {
    comment:
      'What WMI needs of one device, in memory that is never paged out and starts as zeros: a part of the device extension.',
    type: wmiType,
    pointers: [wmiPointer],
    members: [
      `WMILIB_CONTEXT ${wmi.library};`,
      `WMIGUIDREGINFO ${wmi.guids}[${length}];`,
      `${instanceType} *${wmi.instances}[${length}];`,
      `PDEVICE_OBJECT ${wmi.device};`,
      `PDEVICE_OBJECT ${wmi.pdo};`,
      `PDEVICE_OBJECT ${wmi.lower};`,
      `UNICODE_STRING ${wmi.path};`,
      `KMUTEX ${wmi.lock};`,
      `BOOLEAN ${wmi.registered};`,
    ],
  };
}

function ownCalls(plan: WdmPlan): DeclaredFunction[] {
  const { context, names, own, wdmWords: words } = plan;
  const wmi = wmiParameter(plan);
  return [
    declared(
      names.initialize,
      [
        `Makes one instance of every block and event of ${commentText(context.sourceName)}: call it once for each device, in AddDevice.`,
        'LowerDevice is what IoAttachDeviceToDeviceStack gave, NULL when there is nothing below. RegistryPath is what',
        'DriverEntry got, and kept for this; it is copied. When it fails, nothing is left to clean up.',
      ],
      [
        wmi,
        `_In_ PDEVICE_OBJECT ${words.deviceObject}`,
        `_In_ PDEVICE_OBJECT ${words.pdo}`,
        `_In_opt_ PDEVICE_OBJECT ${words.lower}`,
        `_In_ PCUNICODE_STRING ${words.path}`,
      ],
    ),
    declared(
      own.register,
      ['Registers the device with WMI: call it once the device has started and can answer.'],
      [wmi],
    ),
    declared(
      own.deregister,
      [
        'Ends that, after the requests that are under way; without a registration it does nothing. Call it when the device is',
        'removed, and never from a function that a request has called: that would wait for itself.',
      ],
      [wmi],
      'VOID',
      PASSIVE,
    ),
    declared(
      own.cleanUp,
      [
        'Deletes all instances, after deregistering if that was not done. Call it before the device is deleted; twice does no',
        'harm.',
      ],
      [wmi],
      'VOID',
      PASSIVE,
    ),
    declaredRole(
      own.systemControl,
      [
        'The dispatch routine for IRP_MJ_SYSTEM_CONTROL: put it into MajorFunction, or call it from yours.',
      ],
      'DRIVER_DISPATCH',
    ),
    declared(
      own.allocate,
      ['Gives zeroed paged memory with the tag of the provider, NULL when there is none.'],
      [`_In_ SIZE_T ${words.size}`],
      'PVOID',
    ),
    declared(own.free, ['Takes it back.'], [`_In_ PVOID ${words.memory}`], 'VOID', PASSIVE),
  ];
}
