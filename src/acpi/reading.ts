/**
 * Reads ACPI tables in whatever form they come: acpidump's text, tables as they are in memory, or iasl's text.
 *
 * It must not know where the bytes come from.
 */
import { type AcpiWmi, acpiWmi } from './acpi-wmi.js';
import {
  type AmlTable,
  isDump,
  isTable,
  readDump,
  readTables,
  type TableFile,
} from './acpidump.js';
import { readAml } from './aml.js';
import { isDsl, readDsl } from './dsl.js';
import { acpiFindings } from './facts.js';

export type AcpiForm = 'acpidump' | 'table' | 'dsl';

/** A text begins with comments at times; this much of it shows what it is. */
const BEGINNING = 1 << 16;

/** The form of the ACPI tables in `bytes`, undefined when they are none. */
export function acpiForm(bytes: Uint8Array): AcpiForm | undefined {
  if (isTable(bytes)) return 'table';
  const text = textOf(bytes.subarray(0, BEGINNING));
  if (isDump(text)) return 'acpidump';
  return isDsl(text) ? 'dsl' : undefined;
}

/** What `bytes` offer to WMI, undefined when they are no ACPI tables. */
export function readAcpi(bytes: Uint8Array): AcpiWmi | undefined {
  const findings = acpiFindings();
  switch (acpiForm(bytes)) {
    case 'table':
      return readAcpiTables([{ name: undefined, bytes }]);
    case 'acpidump':
      return acpiWmi(readAml(readDump(textOf(bytes), findings), findings));
    case 'dsl':
      return acpiWmi(readDsl(textOf(bytes), findings));
    case undefined:
      return undefined;
  }
}

/** What tables offer to WMI that are one machine's: a device of one may have its objects in another. */
export function readAcpiTables(files: readonly TableFile[]): AcpiWmi {
  const findings = acpiFindings();
  const tables: AmlTable[] = [];
  // Each by itself: one that is cut off takes nothing of the next.
  for (const file of files) tables.push(...readTables(file, tables.length, findings));
  return acpiWmi(readAml(tables, findings));
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/**
 * What matters is ASCII. The shell of Windows writes UTF-16 when output is sent to a file; without a byte order mark one of the first
 * two bytes is NUL.
 */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
