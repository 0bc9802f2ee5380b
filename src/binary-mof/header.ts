/** The header of a .bmf: `FOMB`, a version, the size of the compressed part, the expanded size. */

/** "FOMB", as a little-endian number; the payload begins with it too. */
export const SIGNATURE = 0x424d4f46;
/** In bytes. */
export const SIGNATURE_SIZE = 4;
export const VERSION = 1;
export const HEADER_SIZE = 16;

/** Fields of a header as they are declared; `undefined` where the bytes end before them. */
export interface Header {
  readonly version: number | undefined;
  /** In bytes. */
  readonly compressedSize: number | undefined;
  /** In bytes. */
  readonly size: number | undefined;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether bytes begin as a binary MOF does; they may be damaged after that. */
export function isBinaryMof(bytes: Uint8Array): boolean {
  return bytes.length >= SIGNATURE_SIZE && viewOf(bytes).getUint32(0, true) === SIGNATURE;
}

/** The first place from `start` on where a binary MOF begins; -1 when there is none. */
export function indexOfBinaryMof(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(MARK[0], start);
  while (at >= 0 && !MARK.every((byte, index) => bytes[at + index] === byte)) {
    at = bytes.indexOf(MARK[0], at + 1);
  }
  return at;
}

const MARK = [0, 8, 16, 24].map((shift) => (SIGNATURE >>> shift) & 0xff) as [number, ...number[]];

export function headerOf(bytes: Uint8Array): Header {
  const view = viewOf(bytes);
  const field = (at: number) => (at + 4 <= bytes.length ? view.getUint32(at, true) : undefined);
  return { version: field(4), compressedSize: field(8), size: field(12) };
}
