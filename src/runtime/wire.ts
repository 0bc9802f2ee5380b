/**
 * Reads and writes data items as WMI lays them out on the wire; generated codecs are made of these pieces.
 *
 * Little-endian, natural alignment counted from the record's start, strings as a USHORT byte count and UTF-16
 * (driver-defined WMI data items, windows-driver-docs; spec/runtime-core.md section 2). Nothing here knows a block.
 *
 * Reading never throws and never touches a byte outside the view it was given. Writing throws a RangeError when a value
 * does not fit its item: that is a fault of the provider, not of the request.
 */
export * from './fixed-types.js';
export {
  elementCount,
  readArray,
  readBytes,
  repeat,
  writeArray,
  writeBytes,
} from './fixed-arrays.js';
export * from './walked-types.js';
export * from './wire-reader.js';
export * from './wire-writer.js';

/** A view on `bytes`. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
