/**
 * The simulated bug check: raised where a real driver would touch memory outside its buffers, or complete a request
 * twice. A sender can cause one only in the faithful setting (hardening off).
 */

/** Thrown by a driver model whose real counterpart would crash the system at this point. */
export class SimulatedBugCheck extends Error {
  override readonly name = 'SimulatedBugCheck';
}

/** Stops with a simulated bug check unless `size` bytes at `offset` lie inside the memory. */
export function requireInside(memory: Uint8Array, offset: number, size: number): void {
  if (offset < 0 || offset + size > memory.length) {
    throw new SimulatedBugCheck(
      `access to ${size} bytes at offset ${offset} of a buffer of ${memory.length} bytes`,
    );
  }
}
