/** The acpidump files of real machines. */
import { expect, test } from 'vitest';
import { readAcpi } from '../../src/acpi/reading.js';
import { dumps } from './acpi-files.js';

/** Devices with the number of their entries, then binary MOFs with their lengths. */
const WANT: Record<string, readonly string[]> = {
  'Acer-Aspire_5750': ['\\_SB.PCI0.WMID 5', '\\_SB.PCI0.CWMI 1', '\\_SB.PCI0.WMID.WQAB 4152 bytes'],
  'Dell-Precision_WorkStation_T7500': [
    '\\_SB.AMW0 5',
    '\\_SB.PCI0.WMI1 1',
    '\\_SB.AMW0.WQMO 1391 bytes',
  ],
  'Framework-Laptop_16': ['\\AOD 2', '\\AOD.WQBA 3200 bytes'],
  'Gigabyte_Technology-A320M-S2H': ['\\GSA1 4', '\\GSA1.WQCC 9571 bytes'],
  'Lenovo-ThinkCentre_M58p_6137AU8': ['\\WMI1 8', '\\WMI1.WQBA 2004 bytes'],
  'MSI-Bravo_15_C7VE': ['\\_SB.PCI0.SBRG.EC.SCM0 5', '\\AOD 2', '\\AOD.WQBA 3200 bytes'],
};

test.skipIf(dumps.length === 0)('each of these machines has a dump', () => {
  expect(dumps.map(({ name }) => name.replace('.acpidump', '')).sort()).toEqual(
    Object.keys(WANT).sort(),
  );
});

test.each(dumps)(
  '$name: every device and every binary MOF, and nothing that is not followed',
  (dump) => {
    const read = readAcpi(dump.bytes);
    const devices = read?.devices.map(({ path, entries }) => `${path} ${entries.length}`);
    const mofs = read?.binaryMofs.map(({ path, bytes }) => `${path} ${bytes.length} bytes`);
    expect([...(devices ?? []), ...(mofs ?? [])]).toEqual(WANT[dump.name.replace('.acpidump', '')]);
    expect(read?.findings).toEqual([]);
  },
);
