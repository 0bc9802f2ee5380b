/**
 * iasl as a second reader: what is read from AML equals what is read from the text that iasl makes of it, and the bytes of each
 * `_WDG` equal those that a line of iasl's text shows.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type AcpiWmi } from '../../src/acpi/acpi-wmi.js';
import { readDump } from '../../src/acpi/acpidump.js';
import { acpiFindings } from '../../src/acpi/facts.js';
import { acpiForm, readAcpi } from '../../src/acpi/reading.js';
import { dumps } from './acpi-files.js';

const hasIasl = isThere();

describe.skipIf(!hasIasl)('compared with iasl', () => {
  test.skipIf(dumps.length === 0)('there are dumps', () => {
    expect(dumps.length).toBeGreaterThan(0);
  });

  test.each(dumps)('$name', ({ bytes }) => {
    const tables = readDump(bytes.toString('latin1'), acpiFindings());
    const texts = tables.map((table) => disassembled(table.bytes));
    const ofBytes = readAcpi(bytes);
    const joined = Buffer.from(texts.join('\n'));
    expect(acpiForm(joined)).toBe('dsl');
    expect(withoutPlaces(readAcpi(joined))).toEqual(withoutPlaces(ofBytes));
    // Concatenated tables of a machine equal their dump.
    expect(readAcpi(Uint8Array.from(Buffer.concat(tables.map((table) => table.bytes))))).toEqual(
      ofBytes,
    );
    expect(tables.flatMap((_, index) => guidsOf(ofBytes, index))).toEqual(
      texts.flatMap(shownGuids),
    );
  });
});

/** Whether iasl runs here; it has no `--version`. Its absence is printed, or is an error with MOFGEN_REQUIRE_C=1. */
function isThere(): boolean {
  if (spawnSync('iasl', ['-v']).status === 0) return true;
  const sentence = 'ACPI tables compared with iasl: not run, because there is no iasl';
  if (process.env['MOFGEN_REQUIRE_C'] === '1') {
    throw new Error(`${sentence} (MOFGEN_REQUIRE_C=1 makes that a failure)`);
  }
  console.log(sentence);
  return false;
}

/** iasl's text of a table. */
function disassembled(table: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-acpi-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'table.dat'), table);
  const run = spawnSync('iasl', ['-p', 'table', '-d', 'table.dat'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(run.status, run.stderr).toBe(0);
  return readFileSync(join(folder, 'table.dsl'), 'utf8');
}

/** A place is a byte in a table and a line in a text. */
function withoutPlaces(read: AcpiWmi | undefined): unknown {
  return JSON.parse(
    JSON.stringify(read, (key, value: unknown) => {
      if (key === 'place') return undefined;
      return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
    }),
  );
}

function guidsOf(read: AcpiWmi | undefined, table: number): string[] {
  const devices = read?.devices.filter((device) => device.table === table) ?? [];
  return devices.flatMap(({ entries }) =>
    entries.map(({ guid, id, instances, flags }) => {
      const ids = id.kind === 'notify' ? id.code.toString(16) : id.text;
      const bits = [flags.expensive, flags.method, flags.string, flags.event];
      const sum = bits.reduce((all, bit, index) => all | (bit ? 1 << index : 0), flags.unknown);
      return `${guid} ${ids} ${instances} ${sum}`;
    }),
  );
}

/** The entries of each _WDG in iasl's text, read without the code under test: the bytes that follow the name. */
function shownGuids(text: string): string[] {
  // The comments show bytes as characters, braces among them.
  const plain = text.replace(/\/\/.*$/gm, '').replace(/\/\*.*?\*\//g, '');
  // One _WDG is a method, which returns QWDG.
  const buffers = plain.matchAll(/Name \((?:_WDG|QWDG), Buffer \(0x[0-9A-F]+\)\s*\{([^}]*)\}/g);
  return [...buffers].flatMap(([, body = '']) => {
    const bytes = Buffer.from((body.match(/0x[0-9A-F]{2}/g) ?? []).map(Number));
    expect(bytes.length % 20).toBe(0);
    return Array.from({ length: bytes.length / 20 }, (_, index) =>
      shownEntry(bytes.subarray(20 * index, 20 * index + 20)),
    );
  });
}

function shownEntry(entry: Buffer): string {
  const parts = [
    entry.readUInt32LE(0).toString(16).padStart(8, '0'),
    entry.readUInt16LE(4).toString(16).padStart(4, '0'),
    entry.readUInt16LE(6).toString(16).padStart(4, '0'),
    entry.toString('hex', 8, 10),
    entry.toString('hex', 10, 16),
  ];
  const isEvent = (entry.readUInt8(19) & 8) !== 0;
  const id = isEvent ? entry.readUInt8(16).toString(16) : entry.toString('latin1', 16, 18);
  return `${parts.join('-')} ${id} ${entry.readUInt8(18)} ${entry.readUInt8(19)}`;
}
