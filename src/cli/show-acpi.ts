/**
 * `mofgen show --acpi`: prints what the ACPI tables among the inputs offer to WMI, joined with the classes of their binary MOFs and of
 * the other inputs.
 */
import { type AcpiWmi } from '../acpi/acpi-wmi.js';
import { acpiForm, readAcpi, readAcpiTables } from '../acpi/reading.js';
import { analyze } from '../analyze.js';
import { type Diagnostic, hasErrors, isError } from '../diagnostics/diagnostic.js';
import { acpiJson, showAcpiTables, type ShownAcpi, type ShownClass } from '../show/acpi-report.js';
import { includeReader } from './include-reader.js';
import { findingsOf, inputSplitter } from './input-parts.js';
import { type Input, inputsOf } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type ShowOptions } from './options.js';
import { reporter } from './report.js';
import { runFiles } from './run-files.js';

/** A file of ACPI tables, in whatever form. */
interface ReadTables {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export async function showAcpi(
  args: readonly string[],
  options: ShowOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.markdown === true || options.mermaid === true) {
    throw usageFailure('--acpi is a table, and with --json a document');
  }
  if (options.object !== undefined) {
    throw usageFailure('--acpi prints every object; leave --object out');
  }
  const splitter = inputSplitter({});
  const { judge, tell } = reporter(options, io, false);
  const diagnostics: Diagnostic[] = [];
  const run = runFiles(io, (finding) => diagnostics.push(finding), '');
  const tables: ReadTables[] = [];
  const otherClasses: ShownClass[] = [];
  for (const input of inputsOf(args, options, io)) {
    const bytes = await run.read(input);
    if (bytes === undefined) continue;
    if (acpiForm(bytes) !== undefined) {
      tables.push({ name: input.name, bytes });
      continue;
    }
    for (const part of splitter.partsOf(input, bytes).parts) {
      const found = classesIn(part.bytes, part.input, options, io);
      otherClasses.push(...found.classes);
      diagnostics.push(...found.diagnostics);
    }
  }
  const shown = machinesOf(tables).map(({ name, acpi }): ShownAcpi => {
    diagnostics.push(...findingsOf(name, acpi));
    const classesOfMofs = acpi.binaryMofs.map((mof) => {
      const file = acpi.tables[mof.table]?.file ?? name;
      const input = { name: `${file}:${mof.name}`, path: undefined, base: '', fileName: '' };
      const found = classesIn(mof.bytes, input, options, io);
      diagnostics.push(...found.diagnostics);
      return found.classes;
    });
    return { name, acpi, classesOfMofs, otherClasses };
  });
  const unreadable = run.hasUnreadable();
  if (shown.length === 0 && !unreadable && !hasErrors(diagnostics)) {
    throw usageFailure('--acpi needs ACPI tables: what acpidump prints, AML, or a .dsl file');
  }
  const judged = judge(diagnostics);
  await tell(judged, run.names);
  if (unreadable) return EXIT.inputOutput;
  if (shown.length > 0) io.stdout(options.json === true ? acpiJson(shown) : showAcpiTables(shown));
  return hasErrors(judged) ? EXIT.findings : EXIT.ok;
}

interface Machine {
  readonly name: string;
  readonly acpi: AcpiWmi;
}

/**
 * What the tables of each machine offer. Files with tables as they are in memory, which Linux has in /sys/firmware/acpi/tables, are
 * one machine's; a dump and a text are of one each.
 */
function machinesOf(files: readonly ReadTables[]): readonly Machine[] {
  const inMemory = files.filter(({ bytes }) => acpiForm(bytes) === 'table');
  const [first, second] = inMemory;
  return files.flatMap((file): readonly Machine[] => {
    if (second !== undefined && inMemory.includes(file)) {
      const name = inMemory.map((each) => each.name).join(' + ');
      return file === first ? [{ name, acpi: readAcpiTables(inMemory) }] : [];
    }
    const acpi = readAcpi(file.bytes);
    if (acpi === undefined) throw new Error('bytes that have a form of ACPI tables have none');
    return [{ name: file.name, acpi }];
  });
}

/** The classes of a MOF, and what is wrong with its text or its bytes: whether its classes are right is not asked here. */
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
      (each) => each.code === 'MOF1016' || (isError(each) && each.code.startsWith('MOF1')),
    ),
  };
}
