/** Faults of a damaged binary MOF, with their offsets. */

export interface BinaryMofFault {
  /** The start of the offset: the start of the binary MOF, or of the payload after decompression. */
  readonly place: 'file' | 'payload';
  /** In bytes. */
  readonly offset: number;
  readonly expected: string;
  readonly found: string;
  /** The bytes may be right, but are beyond what mofgen reads. */
  readonly isLimit?: true;
}

/**
 * The result of reading bytes. Without a value, the bytes could not be read. With a value and a fault, everything was read, but
 * writing the value would not give these bytes.
 */
export type Reading<T> =
  | { readonly value: T; readonly fault?: undefined }
  | { readonly value: T; readonly fault: BinaryMofFault }
  | { readonly value: undefined; readonly fault: BinaryMofFault };

/** A fault as one line. */
export function faultText({ place, offset, expected, found }: BinaryMofFault): string {
  const where = place === 'file' ? '' : ' of the decompressed payload';
  return `byte ${offset}${where}: expected ${expected}, found ${found}`;
}

/** Ends the reading of bytes; `readingOf` catches it. */
class DamageError extends Error {
  constructor(readonly fault: BinaryMofFault) {
    super(faultText(fault));
  }
}

/** Ends the reading of bytes with a fault. */
export function fail(
  place: BinaryMofFault['place'],
  offset: number,
  expected: string,
  found: string | number,
): never {
  throw new DamageError({ place, offset, expected, found: String(found) });
}

/** Ends the reading of bytes that are beyond a limit of mofgen's. */
export function failAtLimit(
  place: BinaryMofFault['place'],
  offset: number,
  expected: string,
  found: string | number,
): never {
  throw new DamageError({ place, offset, expected, found: String(found), isLimit: true });
}

/** Returns what `read` returns, or the fault that ended it. */
export function readingOf<T>(read: () => T): Reading<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof DamageError) return { value: undefined, fault: error.fault };
    throw error;
  }
}
