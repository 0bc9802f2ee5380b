/**
 * What of a file is an input of its own: the file, or each binary MOF of several in a row or in ACPI tables.
 *
 * It must not know what a command makes of them, nor what a binary MOF holds.
 */
import { type AcpiWmi } from '../acpi/acpi-wmi.js';
import { type AcpiFinding, type AcpiTable } from '../acpi/facts.js';
import { readAcpi } from '../acpi/reading.js';
import { binaryMofsIn } from '../binary-mof/index.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { type Input } from './inputs.js';
import { type CommandFailure, usageFailure } from './io.js';
import { type CommonOptions } from './options.js';

export interface InputPart {
  readonly input: Input;
  readonly bytes: Uint8Array;
}

export interface InputParts {
  readonly parts: readonly InputPart[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Throws a usage failure for an ACPI object that is not there. */
export function inputParts(
  input: Input,
  bytes: Uint8Array,
  { object }: Pick<CommonOptions, 'object'>,
): InputParts {
  const tables = readAcpi(bytes);
  if (tables !== undefined) return partsOfTables(input, tables, object);
  const row = binaryMofsIn(bytes);
  if (row.length < 2) return { parts: [{ input, bytes }], diagnostics: [] };
  const parts = row.map((each, index) => part(input, `#${index + 1}`, each));
  return { parts, diagnostics: [] };
}

/** The binary MOFs of ACPI tables, each under the path of its object. */
function partsOfTables(input: Input, tables: AcpiWmi, object: string | undefined): InputParts {
  const { binaryMofs } = tables;
  const diagnostics = findingsOf(input.name, tables);
  const chosen = object === undefined ? binaryMofs : binaryMofs.filter(isCalled(object));
  const [only, ...others] = chosen;
  if (only === undefined) {
    if (object !== undefined && binaryMofs.length > 0) {
      const names = binaryMofs.map(({ path }) => printable(path)).join(', ');
      throw usageFailure(`no binary MOF is called '${printable(object)}'; there are ${names}`);
    }
    const message = `'${input.name}' holds ACPI tables without a binary MOF`;
    const help = `'mofgen show --acpi' prints which WMI objects they have`;
    const none = diagnostic('MOF1015', undefined, message, { help });
    return { parts: [], diagnostics: [...diagnostics, none] };
  }
  if (others.length === 0) return { parts: [{ input, bytes: only.bytes }], diagnostics };
  return {
    parts: chosen.map((each) => part(input, `:${each.path}`, each.bytes)),
    diagnostics,
  };
}

function isCalled(object: string): (each: { readonly path: string }) => boolean {
  const wanted = object.toUpperCase();
  return ({ path }) => [path, lastName(path)].some((name) => name.toUpperCase() === wanted);
}

function lastName(path: string): string {
  return /[^.\\]*$/.exec(path)?.[0] ?? path;
}

function part(input: Input, suffix: string, bytes: Uint8Array): InputPart {
  return { input: { ...input, name: `${input.name}${suffix}`, within: input.name }, bytes };
}

/** What could not be read of ACPI tables, as diagnostics. */
export function findingsOf(
  name: string,
  { findings, tables }: Pick<AcpiWmi, 'findings' | 'tables'>,
): readonly Diagnostic[] {
  return findings.map((each) =>
    diagnostic('MOF1014', undefined, `${name}: ${findingText(each, tables)}`),
  );
}

/** `SSDT "OEMID": \_SB.AMW0, byte 120: …`, as far as the parts are known. */
function findingText(
  { table, path, place, message }: AcpiFinding,
  tables: readonly AcpiTable[],
): string {
  const of = table === undefined ? undefined : tables[table];
  const where = [
    of === undefined ? undefined : `${of.signature} "${of.oemTableId}"`,
    path,
    place === undefined
      ? undefined
      : 'line' in place
        ? `line ${place.line}`
        : `byte ${place.offset}`,
  ].filter((each) => each !== undefined);
  return where.length === 0 ? message : `${where.join(', ')}: ${message}`;
}

/** What to say where one text is needed. */
export function severalParts({ name }: Input, parts: readonly InputPart[]): CommandFailure {
  const [first] = parts;
  const suffix = first?.input.name.slice(name.length) ?? '';
  const advice = suffix.startsWith(':')
    ? `name one with --object ${suffix.slice(1)}`
    : 'name each file';
  return usageFailure(
    `'${printable(name)}' holds ${parts.length} binary MOFs; ${printable(advice)}`,
  );
}
