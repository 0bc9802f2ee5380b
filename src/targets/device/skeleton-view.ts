/**
 * The view of the user's file of a driver without a framework: where the structure of a device is, contexts, and the functions of blocks.
 */
import { type DataBlock } from '../../model/model.js';
import {
  sharedBlockView,
  type SkeletonBlockView,
  skeletonBlockView,
} from '../provider/block-view.js';
import { type FileHead, userFileHead } from '../provider/file-heads.js';
import { type FunctionView, plainFunction } from '../provider/function-view.js';
import { type DevicePlan } from './plan.js';

export interface SkeletonView extends FileHead {
  readonly isEmpty: boolean;
  readonly functions: readonly FunctionView[];
  readonly blocks: readonly DeviceSkeletonBlock[];
}

interface DeviceSkeletonBlock extends SkeletonBlockView {
  readonly landmark: string;
  readonly instanceType: string;
  readonly instanceName: string;
  /** The expression of an instance's pointer to its context. */
  readonly contextPlace: string;
  readonly functions: readonly FunctionView[];
}

/** The user's file as it is first written. */
export function skeletonView(plan: DevicePlan): SkeletonView {
  const { context, blocks, events } = plan;
  const isEmpty = blocks.length + events.length === 0;
  return {
    ...userFileHead(context),
    isEmpty,
    functions: isEmpty ? [] : [fromDeviceFunction(plan)],
    blocks: blocks.map((block) => skeletonBlock(block, plan)),
  };
}

function skeletonBlock(block: DataBlock, plan: DevicePlan): DeviceSkeletonBlock {
  const { names, own, driverModel } = plan;
  return {
    ...skeletonBlockView(block, names),
    landmark: names.block(block).create,
    instanceType: own.instancePointer,
    instanceName: names.localNames.instance,
    contextPlace: driverModel.ownContext?.of(names.localNames.instance) ?? '',
    functions: sharedBlockView(block, names, driverModel).functions,
  };
}

/** The structure of a device, for routines that get the device object alone. */
export function fromDeviceFunction({ own, deviceParameters }: DevicePlan): FunctionView {
  return plainFunction(
    own.fromDevice,
    [
      'Returns the WMI state of a device. As written, it is at the start of the device extension: change it if yours is elsewhere.',
    ],
    [`_In_ PDEVICE_OBJECT ${deviceParameters.deviceObject}`],
    { lines: [`return (${own.wmiPointer})${deviceParameters.deviceObject}->DeviceExtension;`] },
    own.wmiPointer,
  );
}
