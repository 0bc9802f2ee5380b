/**
 * Reads the entries of a `_WDG` buffer: the GUIDs of a device, each with its object or notification.
 *
 * The layout is that of Microsoft's paper "Windows Instrumentation: WMI and ACPI", which Linux's
 * Documentation/wmi/acpi-interface.rst repeats: 16 bytes of GUID, 2 of id, an instance count, flags.
 */

/** The length of an entry in bytes. */
export const WDG_ENTRY_SIZE = 20;

export interface WdgEntry {
  /** In lower case without braces. */
  readonly guid: string;
  /** The two bytes of the id: characters of names of objects, or the code of a notification. */
  readonly id:
    | { readonly kind: 'object'; readonly text: string }
    | { readonly kind: 'notify'; readonly code: number };
  readonly instances: number;
  readonly flags: WdgFlags;
}

export interface WdgFlags {
  /** Collecting is switched on with WCxx before a query, or WExx for an event. */
  readonly expensive: boolean;
  readonly method: boolean;
  /** The data is a string. */
  readonly string: boolean;
  readonly event: boolean;
  /** Undocumented bits. */
  readonly unknown: number;
}

const FLAG = { expensive: 0x1, method: 0x2, string: 0x4, event: 0x8 } as const;
const KNOWN_FLAGS = FLAG.expensive | FLAG.method | FLAG.string | FLAG.event;

/** The whole entries of `bytes`, and the number of bytes after them, which must be 0. */
export function readWdg(bytes: Uint8Array): {
  readonly entries: readonly WdgEntry[];
  readonly rest: number;
} {
  const entries: WdgEntry[] = [];
  const rest = bytes.length % WDG_ENTRY_SIZE;
  for (let at = 0; at < bytes.length - rest; at += WDG_ENTRY_SIZE) {
    entries.push(readEntry(bytes.subarray(at, at + WDG_ENTRY_SIZE)));
  }
  return { entries, rest };
}

function readEntry(bytes: Uint8Array): WdgEntry {
  const [first = 0, second = 0, instances = 0, bits = 0] = bytes.subarray(16);
  const flags: WdgFlags = {
    expensive: (bits & FLAG.expensive) !== 0,
    method: (bits & FLAG.method) !== 0,
    string: (bits & FLAG.string) !== 0,
    event: (bits & FLAG.event) !== 0,
    unknown: bits & ~KNOWN_FLAGS,
  };
  return {
    guid: guidText(bytes),
    id: flags.event
      ? { kind: 'notify', code: first }
      : { kind: 'object', text: String.fromCharCode(first, second) },
    instances,
    flags,
  };
}

/** The order of a GUID's bytes in memory: the first three parts are little-endian, the last two are as written. */
const GUID_BYTES = [
  [3, 2, 1, 0],
  [5, 4],
  [7, 6],
  [8, 9],
  [10, 11, 12, 13, 14, 15],
] as const;

function guidText(bytes: Uint8Array): string {
  return GUID_BYTES.map((part) =>
    part.map((index) => (bytes[index] ?? 0).toString(16).padStart(2, '0')).join(''),
  ).join('-');
}
