/**
 * Reads ACPI tables in whatever form they come: acpidump's text, tables as they are in memory, or iasl's text.
 *
 * It must not know where the bytes come from.
 */
import { type AcpiWmi, acpiWmi } from './acpi-wmi.js';
import { isDump, isTable, readDump, readTables } from './acpidump.js';
import { readAml } from './aml.js';
import { acpiFindings } from './facts.js';

export type AcpiForm = 'acpidump' | 'table';

/** The form of the ACPI tables in `bytes`, undefined when they are none. */
export function acpiForm(bytes: Uint8Array): AcpiForm | undefined {
  if (isTable(bytes)) return 'table';
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 4000));
  return isDump(text) ? 'acpidump' : undefined;
}

/** What `bytes` offer to WMI, undefined when they are no ACPI tables. */
export function readAcpi(bytes: Uint8Array): AcpiWmi | undefined {
  const form = acpiForm(bytes);
  const findings = acpiFindings();
  switch (form) {
    case 'table':
      return acpiWmi(readAml(readTables(bytes, findings), findings));
    case 'acpidump': {
      const text = new TextDecoder('latin1').decode(bytes);
      return acpiWmi(readAml(readDump(text, findings), findings));
    }
    case undefined:
      return undefined;
  }
}
