/**
 * A small machine for tests of the selfHandled model: one device with one block whose callbacks record and answer by
 * script, and requests with dynamic names built byte by byte.
 */
import { type SystemControlIrp } from '../../../src/runtime/irp.js';
import { createKernel, type Kernel, type KernelOptions } from '../../../src/runtime/kernel.js';
import {
  createSelfHandledDevice,
  type SelfHandledDeviceOptions,
} from '../../../src/runtime/self-handled/device.js';
import {
  type SelfHandledBlock,
  type SelfHandledDevice,
  type SelfHandledNaming,
} from '../../../src/runtime/self-handled/types.js';
import { type NtStatus } from '../../../src/runtime/ntstatus.js';
import {
  allSucceed,
  blockGuid,
  now,
  recording,
  request,
  type Answers,
  type Call,
  type RequestParts,
} from '../rig.js';

export interface SelfRig {
  readonly kernel: Kernel;
  readonly device: SelfHandledDevice;
  readonly calls: Call[];
}

export interface SelfRigOptions {
  readonly kernel?: Kernel;
  readonly kernelOptions?: KernelOptions;
  readonly device?: Partial<SelfHandledDeviceOptions>;
  readonly naming?: SelfHandledNaming;
  /** One entry an instance; default: one instance with every callback succeeding. They are named i0, i1 and so on. */
  readonly instances?: readonly Answers[];
  readonly expensive?: boolean;
  readonly control?: (control: 'events' | 'collection', enable: boolean) => NtStatus;
}

/** A block whose callbacks record and answer. */
export function recordingBlock(options: SelfRigOptions, calls: Call[]): SelfHandledBlock {
  const { instances = [allSucceed], expensive = false, control } = options;
  return {
    naming: options.naming ?? { kind: 'list' },
    block: {
      guid: blockGuid,
      expensive,
      ...(control && { control }),
      instances: instances.map((answers, index) => ({
        name: `i${index}`,
        callbacks: recording(answers, calls),
      })),
    },
  };
}

export function createSelfRig(options: SelfRigOptions = {}): SelfRig {
  const kernel = options.kernel ?? createKernel({ clock: () => now, ...options.kernelOptions });
  const calls: Call[] = [];
  const device = createSelfHandledDevice(kernel, {
    name: 'self',
    blocks: [recordingBlock(options, calls)],
    ...options.device,
  });
  return { kernel, device, calls };
}

/** How a request contains a dynamic name. */
export interface NameParts {
  readonly name: string;
  /** A NUL after the name, counted in its length. */
  readonly counted?: boolean;
  /** Default: directly after the fixed part. */
  readonly at?: number;
  /** The USHORT before the name; default the bytes of the name. */
  readonly length?: number;
}

/** Builds a request that names its instance by a counted string; data follows 8-aligned. */
export function dynamicRequest(
  device: SelfHandledDevice,
  parts: RequestParts,
  { name, counted = false, at, length }: NameParts,
): SystemControlIrp {
  const text = counted ? `${name}\0` : name;
  const start = at ?? (parts.minor === 3 || parts.minor === 9 ? 68 : 64);
  const dataBlockOffset = parts.dataBlockOffset ?? Math.ceil((start + 2 + text.length * 2) / 8) * 8;
  const irp = request(device, { flags: 0x2, ...parts, dataBlockOffset });
  irp.view.setUint32(48, start, true);
  if (start + 2 + text.length * 2 > irp.memory.length) return irp;
  irp.view.setUint16(start, length ?? text.length * 2, true);
  for (let index = 0; index < text.length; index += 1) {
    irp.view.setUint16(start + 2 + index * 2, text.charCodeAt(index), true);
  }
  return irp;
}
