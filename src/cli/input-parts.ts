/** Splits a file into inputs: the file itself, or each of several binary MOFs in a row or in ACPI tables. */
import { type AcpiWmi } from '../acpi/acpi-wmi.js';
import { type AcpiFinding, type AcpiTable } from '../acpi/facts.js';
import { readAcpi } from '../acpi/reading.js';
import { binaryMofsIn, ROW_LIMITS, withinLimits } from '../binary-mof/index.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { type Input } from './inputs.js';
import { type CommandFailure, usageFailure } from './failures.js';
import { type CommonOptions } from './option-types.js';

export interface InputPart {
  readonly input: Input;
  readonly bytes: Uint8Array;
}

export interface InputParts {
  readonly parts: readonly InputPart[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface InputSplitter {
  /** The parts of one input; none after a failure that ends the run. */
  readonly partsOf: (input: Input, bytes: Uint8Array) => InputParts;
  /**
   * The failure that ends the run, thrown after the findings of all inputs are reported. `isAllRead`: no input was
   * unreadable, so that an `--object` without a match can be reported.
   */
  readonly failure: (isAllRead: boolean) => CommandFailure | undefined;
}

/** `isSingle`: one text is wanted of each input. */
export function inputSplitter(
  { object }: Pick<CommonOptions, 'object'>,
  { isSingle = false } = {},
): InputSplitter {
  let failure: CommandFailure | undefined;
  let canChoose = false;
  const others: string[] = [];

  /** The chosen binary MOFs of an input, with their names. */
  function chosen(input: Input, all: readonly NamedMof[]): InputParts {
    canChoose ||= all.length > 0;
    const meant = object === undefined ? all : all.filter((each) => isCalled(each, object));
    if (meant.length === 0 && object !== undefined && all.length > 0) {
      const message = `no binary MOF of '${printable(input.name)}' is called '${printable(object)}'; there are ${someNames(all)}`;
      failure ??= usageFailure(message);
    }
    const [only, second] = meant;
    if (only === undefined) return NOTHING;
    if (second === undefined) {
      return { parts: [{ input, bytes: only.bytes }], diagnostics: [] };
    }
    if (isSingle) {
      failure ??= severalMofs(input, meant);
      return NOTHING;
    }
    const { kept, diagnostics } = readTogether(input.name, meant, CHOOSE_ONE);
    const parts = kept.map(({ suffix, bytes }) => ({
      input: { ...input, name: `${input.name}${suffix}`, within: input.name },
      bytes,
    }));
    return { parts, diagnostics };
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
        if (named.length === 0) return { parts: [], diagnostics: [...found, withoutMof(input)] };
        const { parts, diagnostics } = chosen(input, named);
        return { parts, diagnostics: [...found, ...diagnostics] };
      }
      const row = binaryMofsIn(bytes);
      if (row.length > 1) {
        const named = row.map((each, index) => {
          const name = `#${index + 1}`;
          return { name, suffix: name, others: [], bytes: each };
        });
        return chosen(input, named);
      }
      others.push(input.name);
      return { parts: [{ input, bytes }], diagnostics: [] };
    },
    failure(isAllRead) {
      const [first] = isAllRead && !canChoose ? others : [];
      if (failure !== undefined || object === undefined || first === undefined) return failure;
      return usageFailure(
        `--object chooses one of several binary MOFs, and '${printable(first)}' has none; leave it out`,
      );
    },
  };
}

const CHOOSE_ONE = 'choose one with --object';

const NOTHING: InputParts = { parts: [], diagnostics: [] };

/** The binary MOFs of a file that are read together, and a finding when there are more. */
export function readTogether<T extends Pick<NamedMof, 'name' | 'bytes'>>(
  file: string,
  mofs: readonly T[],
  help: string,
): { readonly kept: readonly T[]; readonly diagnostics: readonly Diagnostic[] } {
  const count = withinLimits(mofs.map(({ bytes }) => bytes));
  const first = mofs[count];
  if (first === undefined) return { kept: mofs, diagnostics: [] };
  const message = `'${file}': the binary MOFs from ${first.name} on are not read, because all together have more than ${ROW_LIMITS}`;
  return {
    kept: mofs.slice(0, count),
    diagnostics: [diagnostic('MOF1012', undefined, message, { help })],
  };
}

/** One of several binary MOFs of a file. */
interface NamedMof {
  /** The names that `--object` accepts for it. */
  readonly name: string;
  readonly others: readonly string[];
  /** Follows the name of the file in messages. */
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

/** The failure when one text is needed and there are several. */
function severalMofs({ name }: Input, mofs: readonly NamedMof[]): CommandFailure {
  return usageFailure(
    `'${printable(name)}' holds ${mofs.length} binary MOFs; name one with --object: ${someNames(mofs)}`,
  );
}

/** The number of names that are printed. */
const MAX_NAMES = 20;

function someNames(mofs: readonly NamedMof[]): string {
  const names = mofs.slice(0, MAX_NAMES).map((each) => printable(each.name));
  const more = mofs.length - names.length;
  return [...names, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

/** Findings of ACPI tables as diagnostics. */
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
  ].filter((each) => each !== undefined && each !== '');
  return where.length === 0 ? message : `${where.join(', ')}: ${message}`;
}

/** Empty for a text without a definition block. */
function tableWords({ signature, oemTableId }: AcpiTable): string {
  return oemTableId === '' ? signature : `${signature} "${oemTableId}"`;
}
