/**
 * A driver that handles its requests by script, with any naming and any status. For cases that a kmdf device does not have,
 * such as dynamic instance names.
 */
import { guidToBytes } from '../../src/runtime/guid.js';
import {
  IRP_MN_REGINFO_EX,
  type DriverModel,
  type SystemControlIrp,
} from '../../src/runtime/irp.js';
import { type Kernel } from '../../src/runtime/kernel.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import {
  WMIREGGUID,
  WMIREGINFO,
  WMIREG_ACTION_REGISTER,
  registrationInfoSize,
  registrationLayouts,
  writeRegistrationInfo,
} from '../../src/runtime/wmireg.js';
import { viewOf } from '../../src/runtime/memory.js';
import { countedStringSize, writeCountedString } from '../../src/runtime/wnode.js';
import { blockGuid } from './rig.js';

export interface ScriptedBlock {
  readonly guid?: string;
  readonly flags: number;
  readonly instanceCount?: number;
  /** The names of an instance list, or one base name. */
  readonly names?: readonly string[];
}

export interface Script {
  readonly name: string;
  readonly blocks: readonly ScriptedBlock[];
  /** STATUS_BUFFER_TOO_SMALL for a short REGINFO buffer, as documented, in place of KMDF's STATUS_SUCCESS. */
  readonly documentedRegInfo?: boolean;
  /** Answers every other request. */
  readonly answer: (irp: SystemControlIrp) => NtStatus;
}

/** Makes the driver; `register` registers it with the kernel. */
export function scriptedDriver(
  kernel: Kernel,
  script: Script,
): DriverModel & { register(): NtStatus } {
  const driver: DriverModel = {
    kind: 'selfHandled',
    name: script.name,
    deviceObject: kernel.newObjectPointer(),
    deviceInstancePath: `ROOT\\${script.name.toUpperCase()}\\0000`,
    dispatch: (irp) => {
      if (irp.minor === IRP_MN_REGINFO_EX) answerRegInfo(irp, script);
      else irp.ioStatus.status = script.answer(irp);
      return 'completed';
    },
  };
  return Object.assign(driver, {
    register: () => kernel.ioWmiRegistrationControl(driver, WMIREG_ACTION_REGISTER),
  });
}

function answerRegInfo(irp: SystemControlIrp, script: Script): void {
  const head = registrationInfoSize('x64', script.blocks.length, '', '\\R');
  const names = script.blocks.flatMap((block) => block.names ?? []);
  const size = names.reduce((sum, name) => sum + countedStringSize(name), head);
  if (irp.bufferSize < size) {
    irp.view.setUint32(0, size, true);
    irp.ioStatus.status = script.documentedRegInfo ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS;
    irp.ioStatus.information = 4;
    return;
  }
  const view = viewOf(irp.memory);
  writeRegistrationInfo(view, 'x64', script.blocks.length, '', '\\R');
  view.setUint32(WMIREGINFO.BufferSize, size, true);
  const { regInfoSize, regGuidSize } = registrationLayouts.x64;
  let nameAt = head;
  for (const [index, block] of script.blocks.entries()) {
    const at = regInfoSize + index * regGuidSize;
    irp.memory.set(guidToBytes(block.guid ?? blockGuid), at);
    view.setUint32(at + WMIREGGUID.Flags, block.flags, true);
    view.setUint32(at + WMIREGGUID.InstanceCount, block.instanceCount ?? 0, true);
    view.setUint32(at + WMIREGGUID.InstanceInfo, nameAt, true);
    for (const name of block.names ?? []) nameAt = writeCountedString(view, nameAt, name);
  }
  irp.ioStatus.status = STATUS_SUCCESS;
  irp.ioStatus.information = size;
}
