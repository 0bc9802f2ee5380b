/**
 * Reads and writes data items in WMI's wire format; generated codecs use these functions.
 *
 * Little-endian, natural alignment relative to the record's start, strings as a USHORT byte count and UTF-16
 * (driver-defined WMI data items, windows-driver-docs; docs/spec/runtime.md#data-on-the-wire).
 *
 * Reading never throws and never reads outside its view. Writing throws a RangeError when a value does not fit its
 * item: a fault of the provider, not of the request.
 */
export * from './fixed-types.js';
export { viewOf } from './memory.js';
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
