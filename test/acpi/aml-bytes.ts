/** Writes AML for tests. */

export type Part = number | string | readonly Part[];

/** Numbers are bytes, a string is its characters. */
export function flat(...parts: readonly Part[]): number[] {
  return parts.flatMap((part) => {
    if (typeof part === 'number') return [part];
    if (typeof part === 'string') return Array.from(part, (each) => each.charCodeAt(0));
    return flat(...part);
  });
}

/** The contents with their PkgLength, in the two-byte form, which holds up to 4095. */
function sized(...parts: readonly Part[]): number[] {
  const contents = flat(...parts);
  const length = contents.length + 2;
  return [0x40 | (length & 0x0f), length >> 4, ...contents];
}

export const scope = (name: string, ...body: readonly Part[]) => flat(0x10, sized(name, body));
export const device = (name: string, ...body: readonly Part[]) =>
  flat(0x5b, 0x82, sized(name, body));
export const method = (name: string, args: number, ...body: readonly Part[]) =>
  flat(0x14, sized(name, args, body));
export const name = (segment: string, ...value: readonly Part[]) => flat(0x08, segment, value);
export const when = (predicate: Part, ...body: readonly Part[]) =>
  flat(0xa0, sized(predicate, body));
export const otherwise = (...body: readonly Part[]) => flat(0xa1, sized(body));
export const buffer = (...contents: readonly Part[]) =>
  sizedBuffer(flat(contents).length, contents);
export const sizedBuffer = (size: number, ...contents: readonly Part[]) =>
  flat(0x11, sized(0x0b, size & 0xff, size >> 8, contents));

/** A `_WDG` entry of the GUID 00112233-4455-6677-8899-aabbccddeeff. */
export const entry = (id: string, instances: number, flags: number) =>
  flat([0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99], ENDING, id, instances, flags);
const ENDING = [0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff];

/** A binary MOF with a payload that is never decompressed. */
export const mof = (...payload: readonly number[]) =>
  flat('FOMB', 1, 0, 0, 0, payload.length, 0, 0, 0, 9, 0, 0, 0, payload);

/** A table with a header whose length and checksum are right. */
export function table(signature: string, ...body: readonly Part[]): Uint8Array {
  const contents = flat(body);
  const length = 36 + contents.length;
  const header = flat(signature, length & 0xff, length >> 8, 0, 0, 2, 0, 'OEMID ', 'TABLEID\0');
  const bytes = Uint8Array.from([...header, ...flat(1, 0, 0, 0, 'INTL', 1, 0, 0, 0), ...contents]);
  bytes[9] = -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
  return bytes;
}

/** The text that acpidump prints of tables. */
export function dump(...tables: readonly Uint8Array[]): string {
  return tables
    .map((bytes) => {
      const lines = [`${String.fromCharCode(...bytes.subarray(0, 4))} @ 0x0000000000000000`];
      for (let at = 0; at < bytes.length; at += 16) {
        const row = Array.from(bytes.subarray(at, at + 16));
        const hex = row.map((each) => each.toString(16).toUpperCase().padStart(2, '0')).join(' ');
        const characters = row.map((each) =>
          each > 0x1f && each < 0x7f ? String.fromCharCode(each) : '.',
        );
        const offset = at.toString(16).toUpperCase().padStart(4, '0');
        lines.push(`    ${offset}: ${hex.padEnd(47)}  ${characters.join('')}`);
      }
      return `${lines.join('\n')}\n\n`;
    })
    .join('');
}

/** `\_SB.WMI1` with everything that an entry can have; a few hundred bytes. */
export const smallTable = table(
  'DSDT',
  method('FUNC', 2, 0xa4, 0x68),
  scope(
    '\\_SB_',
    when(['FUNC', 0x01, 0x93, 0x00, 0x01], name('IFNM', 0x01)),
    device(
      'WMI1',
      name('_WDG', buffer(entry('AA', 1, 3), entry('\xd0\0', 1, 9), entry('MO', 2, 4))),
      method('WMAA', 3, 0xa4, 0x00),
      method('WCAA', 1),
      method('WED0', 1),
      method('_WED', 1, 0xa4, buffer(1, 2, 3)),
      name('WQMO', buffer(mof(1, 2, 3, 4))),
    ),
  ),
);
