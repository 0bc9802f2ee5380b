/** Reads ACPI tables in any form: acpidump's text, tables as they are in memory, or iasl's text. */
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

/** The part of a text that shows its form, including comments at the start. */
const BEGINNING = 1 << 16;

/** The form of the ACPI tables in `bytes`, undefined for other bytes. */
export function acpiForm(bytes: Uint8Array): AcpiForm | undefined {
  if (isTable(bytes)) return 'table';
  const text = textOf(bytes.subarray(0, BEGINNING));
  if (isDump(text)) return 'acpidump';
  return isDsl(text) ? 'dsl' : undefined;
}

/** The WMI objects in `bytes`, undefined when they are not ACPI tables. */
export function readAcpi(bytes: Uint8Array): AcpiWmi | undefined {
  const findings = acpiFindings();
  switch (acpiForm(bytes)) {
    case 'table':
      return readAcpiTables([{ name: undefined, bytes }]);
    case 'acpidump':
      return acpiWmi(readAml(readDump(textOf(bytes), findings), findings));
    case 'dsl':
      return readAcpiTexts([{ name: undefined, bytes }]);
    case undefined:
      return undefined;
  }
}

/** The WMI objects of the tables of one machine: a device of one table may have its objects in another. */
export function readAcpiTables(files: readonly TableFile[]): AcpiWmi {
  const findings = acpiFindings();
  const tables: AmlTable[] = [];
  // Each separately, so that a truncated table does not continue into the next.
  for (const file of files) tables.push(...readTables(file, tables.length, findings));
  return acpiWmi(readAml(tables, findings));
}

/** The same for iasl's texts, each of which has one table. */
export function readAcpiTexts(files: readonly TableFile[]): AcpiWmi {
  const texts = files.map(({ name, bytes }) => ({ name, text: textOf(bytes) }));
  return acpiWmi(readDsl(texts, acpiFindings()));
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/**
 * The relevant part is ASCII. The shell of Windows writes UTF-16 when output is sent to a file; without a byte order mark one of the first
 * two bytes is NUL.
 */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
