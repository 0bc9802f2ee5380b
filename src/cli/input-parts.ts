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

export interface InputSplitter {
  /** The parts of one input; none when that ends the run. */
  readonly partsOf: (input: Input, bytes: Uint8Array) => InputParts;
  /** What ends the run. It is thrown once the findings of all inputs are reported. */
  readonly failure: () => CommandFailure | undefined;
}

/** `isSingle`: one text is wanted of each input. */
export function inputSplitter(
  { object }: Pick<CommonOptions, 'object'>,
  { isSingle = false } = {},
): InputSplitter {
  let failure: CommandFailure | undefined;
  let canChoose = false;
  const others: string[] = [];

  /** Those of an input's binary MOFs that are meant, under their names. */
  function chosen(input: Input, all: readonly NamedMof[]): readonly InputPart[] {
    canChoose ||= all.length > 0;
    const meant = object === undefined ? all : all.filter((each) => isCalled(each, object));
    if (meant.length === 0 && object !== undefined && all.length > 0) {
      const names = all.map((each) => printable(each.name)).join(', ');
      const message = `no binary MOF of '${printable(input.name)}' is called '${printable(object)}'; there are ${names}`;
      failure ??= usageFailure(message);
    }
    const [only, second] = meant;
    if (only === undefined) return [];
    if (second === undefined) return [{ input, bytes: only.bytes }];
    if (isSingle) {
      failure ??= severalMofs(input, meant);
      return [];
    }
    return meant.map(({ suffix, bytes }) => ({
      input: { ...input, name: `${input.name}${suffix}`, within: input.name },
      bytes,
    }));
  }

  return {
    partsOf(input, bytes) {
      const tables = readAcpi(bytes);
      if (tables !== undefined) {
        const found = findingsOf(input.name, tables);
        const named = tables.binaryMofs.map(({ name, path, bytes: of }) => {
          const others = [path, ...[name, path].map(lastName)];
          return { name, others, suffix: `:${name}`, bytes: of };
        });
        const diagnostics = named.length === 0 ? [...found, withoutMof(input)] : found;
        return { parts: chosen(input, named), diagnostics };
      }
      const row = binaryMofsIn(bytes);
      if (row.length > 1) {
        const named = row.map((each, index) => {
          const name = `#${index + 1}`;
          return { name, suffix: name, others: [], bytes: each };
        });
        return { parts: chosen(input, named), diagnostics: [] };
      }
      others.push(input.name);
      return { parts: [{ input, bytes }], diagnostics: [] };
    },
    failure() {
      const [first] = others;
      if (failure !== undefined || object === undefined || canChoose || first === undefined) {
        return failure;
      }
      return usageFailure(
        `--object chooses one of several binary MOFs, and '${printable(first)}' has no such; leave it out`,
      );
    },
  };
}

/** One of several binary MOFs of a file. */
interface NamedMof {
  /** What `--object` calls it, and other ways to call it. */
  readonly name: string;
  readonly others: readonly string[];
  /** What distinguishes it in messages, behind the name of the file. */
  readonly suffix: string;
  readonly bytes: Uint8Array;
}

function isCalled({ name, others }: NamedMof, object: string): boolean {
  const wanted = object.toUpperCase();
  return [name, ...others].some((each) => each.toUpperCase() === wanted);
}

function lastName(path: string): string {
  return /[^.\\]*$/.exec(path)?.[0] ?? path;
}

function withoutMof({ name }: Input): Diagnostic {
  const message = `'${name}' holds ACPI tables without a binary MOF`;
  const help = `'mofgen show --acpi' prints which WMI objects they have`;
  return diagnostic('MOF1015', undefined, message, { help });
}

/** What to say where one text is needed. */
function severalMofs({ name }: Input, mofs: readonly NamedMof[]): CommandFailure {
  const names = mofs.map((each) => printable(each.name)).join(', ');
  return usageFailure(
    `'${printable(name)}' holds ${mofs.length} binary MOFs; name one with --object: ${names}`,
  );
}

/** What could not be read of ACPI tables, as diagnostics. */
export function findingsOf(
  name: string,
  { findings, tables }: Pick<AcpiWmi, 'findings' | 'tables'>,
): readonly Diagnostic[] {
  return findings.map((each) => {
    const file = each.file ?? (each.table === undefined ? undefined : tables[each.table]?.file);
    return diagnostic('MOF1014', undefined, `${file ?? name}: ${findingText(each, tables)}`);
  });
}

/** `SSDT "OEMID": \_SB.AMW0, byte 120: …`, as far as the parts are known. */
function findingText(
  { table, path, place, message }: AcpiFinding,
  tables: readonly AcpiTable[],
): string {
  const of = table === undefined ? undefined : tables[table];
  const where = [
    of === undefined ? undefined : tableWords(of),
    path,
    place === undefined
      ? undefined
      : 'line' in place
        ? `line ${place.line}`
        : `byte ${place.offset}`,
  ].filter((each) => each !== undefined);
  return where.length === 0 ? message : `${where.join(', ')}: ${message}`;
}

function tableWords({ signature, oemTableId }: AcpiTable): string {
  return oemTableId === '' ? signature : `${signature} "${oemTableId}"`;
}
