/**
 * The bytes of a request that the library may use.
 */
import { type SystemControlIrp } from '../irp.js';
import { type WmilibDevice } from './types.js';

/** Parameters.WMI.BufferSize; with hardening at most the existing memory. */
export function usableSize(device: WmilibDevice, irp: SystemControlIrp): number {
  return device.hardening ? Math.min(irp.bufferSize, irp.memory.length) : irp.bufferSize;
}
