/** Reads ACPI tables from files: the hex text that acpidump prints, and tables as they are in memory, one or several. */
import { type AcpiFindings, type AcpiTable } from './facts.js';

/** A table with its bytes, header included. */
export interface AmlTable extends AcpiTable {
  readonly bytes: Uint8Array;
}

/** The length of a table's header (ACPI 6.5, section 5.2.6). */
export const HEADER_SIZE = 36;

const DUMP_HEADING = /^[ \t]*([A-Z0-9_!]{4}) @ (?:0x)?[0-9A-Fa-f]+[ \t]*$/;
const DUMP_LINE = /^[ \t]*([0-9A-Fa-f]{4,8}):((?: [0-9A-Fa-f]{2}){1,16})(?: |$)/;

const MOF_BEGINNING =
  /^\s*(?:\/[*/]|\[|#\s*(?:pragma|include|if|ifdef|ifndef|define|undef)\b|(?:class|instance|qualifier)\b)/i;

/**
 * Whether a text has a table's heading as acpidump prints it, followed by a line of its bytes. Other lines may come first, such
 * as those of a terminal, but not the beginning of a MOF, which may quote a dump in a comment.
 */
export function isDump(text: string): boolean {
  if (MOF_BEGINNING.test(text)) return false;
  let isAfterHeading = false;
  for (const line of linesOf(text)) {
    if (isAfterHeading && DUMP_LINE.test(line)) return true;
    if (line.trim() !== '') isAfterHeading = DUMP_HEADING.test(line);
  }
  return false;
}

/** The tables of acpidump's text. */
export function readDump(text: string, findings: AcpiFindings): AmlTable[] {
  const tables: AmlTable[] = [];
  let heading: string | undefined;
  // Two digits make a byte, so this is always enough.
  const contents = new Uint8Array(text.length >> 1);
  let start = 0;
  let length = 0;
  const finish = () => {
    if (heading === undefined) return;
    const bytes = contents.subarray(start, start + length);
    tables.push(checkedTable(bytes, heading, tables.length, findings));
    start += length;
    length = 0;
  };
  let line = 0;
  /** The difference between the written offsets and the bytes so far. */
  let shift = 0;
  for (const each of linesOf(text)) {
    line++;
    const found = DUMP_HEADING.exec(each);
    const data = DUMP_LINE.exec(each);
    if (found !== null) {
      finish();
      heading = found[1];
      shift = 0;
    } else if (data !== null && heading !== undefined) {
      const [, offset = '', digits = ''] = data;
      const expected = length;
      for (let at = 1; at < digits.length; at += 3) {
        contents[start + length++] = Number.parseInt(digits.slice(at, at + 2), 16);
      }
      const shiftHere = Number.parseInt(offset, 16) - expected;
      if (shiftHere !== shift) {
        shift = shiftHere;
        const message = `offset 0x${offset} follows byte ${expected}: lines of the dump are missing or doubled`;
        findings.add({ kind: 'dump', table: tables.length, place: { line }, message });
      }
    } else if (each.trim() !== '') {
      const message = 'expected the heading of a table or a line of its bytes';
      findings.add({ kind: 'dump', place: { line }, message });
    }
  }
  finish();
  return tables;
}

function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
  }
}

/** Whether bytes begin with a table: a signature, and the length and checksum that a header has. */
export function isTable(bytes: Uint8Array): boolean {
  const signature = textAt(bytes, 0, 4);
  if (!/^[A-Z0-9_!]{4}$/.test(signature)) return false;
  const length = wholeLength(bytes);
  if (length !== undefined) {
    // FACS has a length and no checksum (ACPI 6.5, section 5.2.10).
    if (signature === 'FACS' || checksum(bytes.subarray(0, length)) === 0) return true;
  }
  // Also recognizes a damaged table: a text has no NUL.
  return AML.test(signature) && bytes.subarray(4, HEADER_SIZE).includes(0);
}

/** The length in the header, unless there are fewer bytes. */
function wholeLength(bytes: Uint8Array): number | undefined {
  if (bytes.length < HEADER_SIZE) return undefined;
  const length = lengthOf(bytes);
  return length >= HEADER_SIZE && length <= bytes.length ? length : undefined;
}

/** Signatures of tables that hold AML (ACPI 6.5, section 5.2.11). */
export const AML = /^(DSDT|SSDT|PSDT|OSDT)$/;

/** A file with tables as they are in memory. */
export interface TableFile {
  /** Undefined for the only one. */
  readonly name: string | undefined;
  readonly bytes: Uint8Array;
}

/** The tables that a file begins with, one after the other; `before` is the number of those that other files have. */
export function readTables(
  { name, bytes }: TableFile,
  before: number,
  findings: AcpiFindings,
): AmlTable[] {
  const tables: AmlTable[] = [];
  const file = name === undefined ? {} : { file: name };
  let at = 0;
  while (at < bytes.length) {
    const rest = bytes.subarray(at);
    if (!isTable(rest)) {
      const message = `${rest.length} bytes after the last table are not a table`;
      const place = { offset: at };
      findings.add({ kind: 'table', ...file, place, message });
      break;
    }
    const table = rest.subarray(0, wholeLength(rest));
    const index = before + tables.length;
    tables.push({ ...file, ...checkedTable(table, textAt(table, 0, 4), index, findings) });
    at += table.length;
  }
  return tables;
}

/** A table of these bytes, with its header checked. */
function checkedTable(
  bytes: Uint8Array,
  heading: string,
  table: number,
  findings: AcpiFindings,
): AmlTable {
  const report = (message: string) => {
    findings.add({ kind: 'table', table, place: { offset: 0 }, message });
  };
  const signature = bytes.length >= 4 ? textAt(bytes, 0, 4) : heading;
  // The tables of hardware, FACS and RSDP, have other headers.
  if (AML.test(signature) || AML.test(heading)) {
    if (bytes.length < HEADER_SIZE) {
      report(`${heading} has ${bytes.length} bytes; the header alone has ${HEADER_SIZE}`);
    } else {
      if (signature !== heading) report(`the bytes under the heading ${heading} are not a table`);
      const length = lengthOf(bytes);
      if (length !== bytes.length) {
        report(`${heading} declares ${length} bytes; there are ${bytes.length}`);
      } else if (checksum(bytes) !== 0) {
        report(`the bytes of ${heading} do not add up to 0: the checksum is wrong`);
      }
    }
  }
  const oemId = textAt(bytes, 10, 6);
  return { signature, oemId, oemTableId: textAt(bytes, 16, 8), bytes };
}

function lengthOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true);
}

function checksum(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0);
}

/** The text of a field of the header, without the NULs that fill it. Other unprintable bytes become `?`. */
function textAt(bytes: Uint8Array, start: number, length: number): string {
  return Array.from(bytes.subarray(start, start + length), (byte) =>
    byte === 0 || (byte >= 0x20 && byte < 0x7f) ? String.fromCharCode(byte) : '?',
  )
    .join('')
    .replace(/\0.*$/, '')
    .trimEnd();
}
