/** Writes the bytes of a binary MOF as text for other compilers: the lines of a C include, an ASL buffer. */

const BYTES_A_LINE = 16;

/**
 * Lines of hexadecimal numbers for the braces of an initializer, `UCHAR Mof[] = {` and `};` around `#include "x.x"`: four blanks,
 * sixteen bytes a line, no comma after the last, as wmimofck -x writes them.
 */
export function hexLines(bytes: Uint8Array): string {
  return lines(bytes, '    ');
}

/**
 * `Name (WQBA, Buffer (0x…) { … })`, the object that a _WDG entry for MSWmi_MofData names (ACPI 6.5, 19.6.10 Buffer and 19.6.90 Name).
 * `objectName` is an ACPI name of four characters.
 */
export function aslBuffer(bytes: Uint8Array, objectName: string): string {
  const length = `0x${bytes.length.toString(16).toUpperCase()}`;
  return `Name (${objectName}, Buffer (${length})\n{\n${lines(bytes, '    ')}})\n`;
}

function lines(bytes: Uint8Array, indent: string): string {
  const written: string[] = [];
  for (let start = 0; start < bytes.length; start += BYTES_A_LINE) {
    const line = Array.from(
      bytes.subarray(start, start + BYTES_A_LINE),
      (byte) => `0x${byte.toString(16).padStart(2, '0')}`,
    );
    written.push(indent + line.join(', '));
  }
  return written.length === 0 ? '' : `${written.join(',\n')}\n`;
}
