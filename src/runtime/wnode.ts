/**
 * The WNODE structures of wmistr.h: offsets, sizes, flags, and functions for the parts that several modules write. All
 * are little-endian and the same on x86 and x64.
 */
import { readCharacters, writeCharacters } from './characters.js';

/** WNODE_HEADER (wmistr.h): offsets in bytes; fields with the same offset overlay each other. */
export const WNODE_HEADER = {
  BufferSize: 0,
  ProviderId: 4,
  HistoricalContext: 8,
  Version: 8,
  Linkage: 12,
  TimeStamp: 16,
  CountLost: 16,
  KernelHandle: 16,
  Guid: 24,
  ClientContext: 40,
  Flags: 44,
  sizeof: 48,
} as const;

/** WNODE_ALL_DATA (wmistr.h). The union at 60 is either one fixed size or a list of offsets and lengths. */
export const WNODE_ALL_DATA = {
  DataBlockOffset: 48,
  InstanceCount: 52,
  OffsetInstanceNameOffsets: 56,
  FixedInstanceSize: 60,
  OffsetInstanceDataAndLength: 60,
  sizeof: 72,
} as const;

/** OFFSETINSTANCEDATAANDLENGTH (wmistr.h). */
export const OFFSETINSTANCEDATAANDLENGTH = {
  OffsetInstanceData: 0,
  LengthInstanceData: 4,
  sizeof: 8,
} as const;

/** WNODE_SINGLE_INSTANCE (wmistr.h). */
export const WNODE_SINGLE_INSTANCE = {
  OffsetInstanceName: 48,
  InstanceIndex: 52,
  DataBlockOffset: 56,
  SizeDataBlock: 60,
  VariableData: 64,
  sizeof: 64,
} as const;

/** WNODE_SINGLE_ITEM (wmistr.h). VariableData is at 68, but data must start 8-aligned. */
export const WNODE_SINGLE_ITEM = {
  OffsetInstanceName: 48,
  InstanceIndex: 52,
  ItemId: 56,
  DataBlockOffset: 60,
  SizeDataItem: 64,
  VariableData: 68,
  sizeof: 72,
} as const;

/** WNODE_METHOD_ITEM (wmistr.h). VariableData is at 68, but data must start 8-aligned. */
export const WNODE_METHOD_ITEM = {
  OffsetInstanceName: 48,
  InstanceIndex: 52,
  MethodId: 56,
  DataBlockOffset: 60,
  SizeDataBlock: 64,
  VariableData: 68,
  sizeof: 72,
} as const;

/** WNODE_EVENT_ITEM (wmistr.h): only the header; Flags determine the shape that follows. */
export const WNODE_EVENT_ITEM = { sizeof: 48 } as const;

/** WNODE_EVENT_REFERENCE (wmistr.h). */
export const WNODE_EVENT_REFERENCE = {
  TargetGuid: 48,
  TargetDataBlockSize: 64,
  TargetInstanceIndex: 68,
  TargetInstanceName: 68,
  sizeof: 72,
} as const;

/** WNODE_TOO_SMALL (wmistr.h). */
export const WNODE_TOO_SMALL = { SizeNeeded: 48, sizeof: 56 } as const;

/** WNODE_FLAG_… (wmistr.h). */
export const WNODE_FLAG_ALL_DATA = 0x00000001;
export const WNODE_FLAG_SINGLE_INSTANCE = 0x00000002;
export const WNODE_FLAG_SINGLE_ITEM = 0x00000004;
export const WNODE_FLAG_EVENT_ITEM = 0x00000008;
export const WNODE_FLAG_FIXED_INSTANCE_SIZE = 0x00000010;
export const WNODE_FLAG_TOO_SMALL = 0x00000020;
export const WNODE_FLAG_INSTANCES_SAME = 0x00000040;
export const WNODE_FLAG_STATIC_INSTANCE_NAMES = 0x00000080;
export const WNODE_FLAG_INTERNAL = 0x00000100;
export const WNODE_FLAG_USE_TIMESTAMP = 0x00000200;
export const WNODE_FLAG_PERSIST_EVENT = 0x00000400;
export const WNODE_FLAG_EVENT_REFERENCE = 0x00002000;
export const WNODE_FLAG_ANSI_INSTANCENAMES = 0x00004000;
export const WNODE_FLAG_METHOD_ITEM = 0x00008000;
export const WNODE_FLAG_PDO_INSTANCE_NAMES = 0x00010000;
export const WNODE_FLAG_TRACED_GUID = 0x00020000;
export const WNODE_FLAG_LOG_WNODE = 0x00040000;
export const WNODE_FLAG_USE_GUID_PTR = 0x00080000;
export const WNODE_FLAG_USE_MOF_PTR = 0x00100000;
export const WNODE_FLAG_NO_HEADER = 0x00200000;
export const WNODE_FLAG_SEND_DATA_BLOCK = 0x00400000;
export const WNODE_FLAG_VERSIONED_PROPERTIES = 0x00800000;
export const WNODE_FLAG_SEVERITY_MASK = 0xff000000;

/** Instance data starts on this boundary in every WNODE (WDK, "WMI WNODE_XXX structures"). */
export const WNODE_DATA_ALIGNMENT = 8;

/** Whether a value fits a ULONG. */
export function isUlong(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffffffff;
}

/** Rounds a size or offset in bytes up to a power of two; exact up to 2^53. */
export function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

/** Writes a 64-bit member, such as a time stamp in units of 100 ns since 1601. */
export function writeUint64(view: DataView, offset: number, value: bigint): void {
  view.setBigUint64(offset, BigInt.asUintN(64, value), true);
}

/** The maximum length of a text that a USHORT byte count can state, in UTF-16 code units. */
export const maxCountedStringLength = 0x7fff;

/**
 * Writes a USHORT byte count and the UTF-16 text after it; returns the next offset. Throws a RangeError for a text of
 * more than 32,767 code units.
 */
export function writeCountedString(view: DataView, offset: number, text: string): number {
  if (text.length > maxCountedStringLength) {
    throw new RangeError(
      `a text of ${text.length} UTF-16 code units exceeds the ${maxCountedStringLength} of a counted string`,
    );
  }
  view.setUint16(offset, text.length * 2, true);
  writeCharacters(view, offset + 2, text);
  return offset + countedStringSize(text);
}

/** The bytes that `writeCountedString` needs for a text. */
export function countedStringSize(text: string): number {
  return 2 + text.length * 2;
}

/**
 * Reads a USHORT byte count and the UTF-16 text after it, which must end before `limit`; one trailing NUL counts as a
 * terminator (WDK, IRP_MN_CHANGE_SINGLE_INSTANCE). `undefined` when it exceeds the limit or the count is odd.
 */
export function readCountedString(
  view: DataView,
  offset: number,
  limit: number = view.byteLength,
): string | undefined {
  const end = Math.min(limit, view.byteLength);
  if (offset < 0 || offset + 2 > end) return undefined;
  const count = view.getUint16(offset, true);
  if (count % 2 !== 0 || offset + 2 + count > end) return undefined;
  const text = readCharacters(view, offset + 2, count / 2);
  return text.endsWith('\0') ? text.slice(0, -1) : text;
}

/**
 * Overwrites a request's buffer with a WNODE_TOO_SMALL: BufferSize 56, Flags exactly WNODE_FLAG_TOO_SMALL. The memory
 * must hold 56 bytes. The other header fields keep their values, as in the framework.
 */
export function writeTooSmall(view: DataView, sizeNeeded: number): void {
  view.setUint32(WNODE_HEADER.BufferSize, WNODE_TOO_SMALL.sizeof, true);
  view.setUint32(WNODE_HEADER.Flags, WNODE_FLAG_TOO_SMALL, true);
  view.setUint32(WNODE_TOO_SMALL.SizeNeeded, sizeNeeded, true);
}
