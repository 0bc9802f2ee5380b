/**
 * `mofgen show --acpi`: prints what the ACPI tables among the inputs offer to WMI, joined with the classes of their binary MOFs and of
 * the other inputs.
 */
import { acpiForm, readAcpi } from '../acpi/reading.js';
import { analyze } from '../analyze.js';
import { type Diagnostic, hasErrors, isError } from '../diagnostics/diagnostic.js';
import { acpiJson, showAcpiTables, type ShownAcpi, type ShownClass } from '../show/acpi-report.js';
import { includeReader } from './include-reader.js';
import { findingsOf } from './input-parts.js';
import { type Input, inputsOf, onDisk, readInput } from './inputs.js';
import { EXIT, type ExitCode, type Io, usageFailure } from './io.js';
import { type ShowOptions } from './options.js';
import { reporter } from './report.js';

/** Tables that are read together: a device of one may have its objects in another. */
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
  const { judge, tell } = reporter(options, io, false);
  const diagnostics: Diagnostic[] = [];
  const filesRead: string[] = [];
  const tables: ReadTables[] = [];
  const otherClasses: ShownClass[] = [];
  let unreadable = false;
  for (const input of inputsOf(args, options, io)) {
    const bytes = await readInput(input, io);
    filesRead.push(...onDisk([input.name], input));
    if (!(bytes instanceof Uint8Array)) {
      unreadable = true;
      diagnostics.push(bytes);
    } else if (acpiForm(bytes) === undefined) {
      const found = classesIn(bytes, input, options, io);
      otherClasses.push(...found.classes);
      diagnostics.push(...found.diagnostics);
    } else tables.push({ name: input.name, bytes });
  }
  const shown = together(tables).map(({ name, bytes }): ShownAcpi => {
    const acpi = readAcpi(bytes);
    if (acpi === undefined) throw new Error('bytes that have a form of ACPI tables have none');
    diagnostics.push(...findingsOf(name, acpi));
    const classesOfMofs = acpi.binaryMofs.map((mof) => {
      const input = { name: `${name}:${mof.path}`, path: undefined, base: '', fileName: '' };
      const found = classesIn(mof.bytes, input, options, io);
      diagnostics.push(...found.diagnostics);
      return found.classes;
    });
    return { name, acpi, classesOfMofs, otherClasses };
  });
  if (shown.length === 0 && !unreadable && !hasErrors(diagnostics)) {
    throw usageFailure('--acpi needs ACPI tables: what acpidump prints, AML, or a .dsl file');
  }
  const judged = judge(diagnostics);
  await tell(judged, filesRead);
  if (unreadable) return EXIT.inputOutput;
  if (shown.length > 0) io.stdout(options.json === true ? acpiJson(shown) : showAcpiTables(shown));
  return hasErrors(judged) ? EXIT.findings : EXIT.ok;
}

/** Files with one table each, as Linux has them in /sys/firmware/acpi/tables, are one machine's. */
function together(tables: readonly ReadTables[]): readonly ReadTables[] {
  if (tables.length < 2 || tables.some(({ bytes }) => acpiForm(bytes) !== 'table')) return tables;
  const name = tables.map((each) => each.name).join(' + ');
  return [{ name, bytes: Buffer.concat(tables.map(({ bytes }) => bytes)) }];
}

/** The classes of a MOF, and the errors for which it could not be read: whether its classes are right is not asked here. */
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
    diagnostics: diagnostics.filter((each) => isError(each) && each.code.startsWith('MOF1')),
  };
}
