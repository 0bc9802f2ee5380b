/** Views and copies of the memory of requests. Memory may be a part of an ArrayBuffer, as the Buffers of Node are. */

/** A view of the memory for multi-byte access. */
export function viewOf(memory: Uint8Array): DataView {
  return new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
}

/** A copy of the bytes from `start` to `end`, in an ArrayBuffer of its own. slice() of a Buffer has no copy: it shares the bytes. */
export function copyOf(memory: Uint8Array, start = 0, end = memory.length): Uint8Array {
  return new Uint8Array(memory.subarray(start, end));
}
