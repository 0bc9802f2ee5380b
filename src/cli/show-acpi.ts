/**
 * `mofgen show --acpi`: prints the WMI objects of ACPI tables, joined with the classes of their binary MOFs and of the other
 * inputs.
 */
import { type AcpiWmi } from '../acpi/acpi-wmi.js';
import {
  type AcpiForm,
  acpiForm,
  readAcpi,
  readAcpiTables,
  readAcpiTexts,
} from '../acpi/reading.js';
import { analyze } from '../analyze.js';
import { rowOf, stageOf } from '../diagnostics/codes.js';
import { type Diagnostic, hasErrors, isError } from '../diagnostics/diagnostic.js';
import { acpiJson, showAcpiTables, type ShownAcpi, type ShownClass } from '../show/acpi-report.js';
import { includeReader } from './include-reader.js';
import { findingsOf, inputSplitter, readTogether } from './input-parts.js';
import { type Input, inputsOf } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type ShowOptions } from './option-types.js';
import { reporter } from './report.js';
import { runFiles } from './run-files.js';

/** A file of ACPI tables, in whatever form. */
interface ReadTables {
  readonly form: AcpiForm;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export async function showAcpi(
  args: readonly string[],
  options: ShowOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.markdown === true || options.mermaid === true) {
    throw usageFailure('--acpi prints a table, or with --json a document');
  }
  if (options.object !== undefined) {
    throw usageFailure('--acpi prints every object; leave --object out');
  }
  const splitter = inputSplitter({});
  const { finish, print } = reporter(options, io, false);
  const diagnostics: Diagnostic[] = [];
  const run = runFiles(io, (finding) => diagnostics.push(finding), '');
  const tables: ReadTables[] = [];
  const otherClasses: ShownClass[] = [];
  for (const input of inputsOf(args, options, io)) {
    const bytes = await run.read(input);
    if (bytes === undefined) continue;
    const form = acpiForm(bytes);
    if (form !== undefined) {
      tables.push({ form, name: input.name, bytes });
      continue;
    }
    const { parts, diagnostics: ofRow } = splitter.partsOf(input, bytes);
    for (const each of ofRow) diagnostics.push(each);
    for (const part of parts) {
      const found = classesIn(part.bytes, part.input, options, io);
      for (const each of found.classes) otherClasses.push(each);
      for (const each of found.diagnostics) diagnostics.push(each);
    }
  }
  const shown = machinesOf(tables).map(({ name, acpi }): ShownAcpi => {
    for (const each of findingsOf(name, acpi)) diagnostics.push(each);
    const { kept, diagnostics: ofTables } = readTogether(
      name,
      acpi.binaryMofs,
      'read them alone: mofgen decompile --object',
    );
    diagnostics.push(...ofTables);
    const classesOfMofs = kept.map((mof) => {
      const file = acpi.tables[mof.table]?.file ?? name;
      const input = { name: `${file}:${mof.name}`, path: undefined, base: '', fileName: '' };
      const found = classesIn(mof.bytes, input, options, io);
      for (const each of found.diagnostics) diagnostics.push(each);
      return found.classes;
    });
    return { name, acpi, classesOfMofs, otherClasses };
  });
  const unreadable = run.hasUnreadable();
  if (shown.length === 0 && !unreadable && !hasErrors(diagnostics)) {
    throw usageFailure('--acpi needs ACPI tables: what acpidump prints, AML, or a .dsl file');
  }
  const finished = finish([{ diagnostics }]);
  await print(finished, run.names);
  if (unreadable) return EXIT.inputOutput;
  if (shown.length > 0) io.stdout(options.json === true ? acpiJson(shown) : showAcpiTables(shown));
  return hasErrors(finished) ? EXIT.findings : EXIT.ok;
}

interface Machine {
  readonly name: string;
  readonly acpi: AcpiWmi;
}

/** The reader of each form whose files belong to one machine; a dump has all tables of its machine. */
const JOINED = { table: readAcpiTables, dsl: readAcpiTexts, acpidump: undefined } as const;

/**
 * The WMI objects of each machine. Files of one table each belong to one machine: tables as they are in memory, which Linux has in
 * /sys/firmware/acpi/tables, and the texts that iasl makes of them.
 */
function machinesOf(files: readonly ReadTables[]): readonly Machine[] {
  return files.flatMap((file): readonly Machine[] => {
    const read = JOINED[file.form];
    const alike = files.filter(({ form }) => form === file.form);
    if (read === undefined || alike.length === 1) return [machineOf(file)];
    if (file !== alike[0]) return [];
    return [{ name: alike.map(({ name }) => name).join(' + '), acpi: read(alike) }];
  });
}

function machineOf({ name, bytes }: ReadTables): Machine {
  const acpi = readAcpi(bytes);
  if (acpi === undefined) throw new Error('bytes that have a form of ACPI tables have none');
  return { name, acpi };
}

/** The classes of a MOF, and the faults of its text or bytes; the classes themselves are not checked. */
function classesIn(
  bytes: Uint8Array,
  input: Input,
  options: ShowOptions,
  io: Io,
): { readonly classes: readonly ShownClass[]; readonly diagnostics: readonly Diagnostic[] } {
  const { partial, diagnostics } = analyze(
    bytes,
    input.name,
    includeReader(input, options.include ?? [], io),
    { defines: options.define ?? [], wdk: options.wdk },
  );
  const structures = new Set(
    partial.blocks.filter(({ role }) => role === 'structure').map((block) => block.class),
  );
  return {
    classes: partial.classes.map((each) => {
      const { name, qualifiers, properties, methods } = each;
      const guid = qualifiers.get('guid');
      return {
        name,
        isStructure: structures.has(each),
        guid: typeof guid === 'string' ? guid : undefined,
        members: [...properties, ...methods].map((member) => member.name),
      };
    }),
    diagnostics: diagnostics.filter(
      (each) =>
        rowOf(each.code).ofBinary === true || (isError(each) && stageOf(each.code).name === 'text'),
    ),
  };
}
