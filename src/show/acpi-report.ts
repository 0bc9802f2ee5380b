/** Prints the WMI objects of ACPI tables, as a table and as a document. */
import {
  type AcpiWmi,
  type AcpiWmiDevice,
  type AcpiWmiEntry,
  type NamedBinaryMof,
  type ServingObject,
} from '../acpi/acpi-wmi.js';
import { type AcpiPlace, type AcpiTable } from '../acpi/facts.js';
import {
  joinAcpi,
  type JoinedClass,
  type JoinedEntry,
  plainGuid,
  sampleMatch,
} from '../acpi/join.js';
import { acpiRows } from '../acpi/rows.js';
import { jsonDocument } from '../diagnostics/document.js';
import { addTo } from '../text/lists.js';
import { printable } from '../diagnostics/printable.js';
import { table } from './table.js';

const VERSION = 1;

export interface ShownClass extends JoinedClass {
  /** Whether it is only embedded in others: it needs no entry. */
  readonly isStructure: boolean;
}

/** The tables of one input. */
export interface ShownAcpi {
  readonly name: string;
  readonly acpi: AcpiWmi;
  /** The classes of each of its binary MOFs, in their order; those after the last one are not read. */
  readonly classesOfMofs: readonly (readonly ShownClass[])[];
  /** The classes of other inputs. */
  readonly otherClasses: readonly ShownClass[];
}

/** The entries of each input, what has no counterpart, and the binary MOFs. */
export function showAcpiTables(inputs: readonly ShownAcpi[]): string {
  return inputs
    .map((input) => {
      const heading = inputs.length > 1 ? `${printable(input.name)}\n\n` : '';
      return heading + sections(input).join('\n');
    })
    .join('\n');
}

function sections(input: ShownAcpi): string[] {
  const { acpi, classesOfMofs } = input;
  const { entries, withoutClass, withoutEntry } = joined(input);
  const mofs = acpi.binaryMofs.map((mof, index) => mofLine(mof, acpi.tables, classesOfMofs[index]));
  return [
    entries.length === 0 ? 'no _WDG entries\n' : entryTable(entries),
    ...list('GUIDs without a class', withoutClass.map(guidLine)),
    ...list('classes whose GUID no entry has', [...new Set(withoutEntry.map(classLine))]),
    ...list('binary MOFs', mofs),
  ];
}

function joined({ acpi, classesOfMofs, otherClasses }: ShownAcpi) {
  const found = joinAcpi(acpi, [...classesOfMofs.flat(), ...otherClasses]);
  return { ...found, withoutEntry: found.withoutEntry.filter((each) => !each.isStructure) };
}

function entryTable(entries: readonly JoinedEntry[]): string {
  const columns = ['device', 'guid', 'id', 'instances', 'flags', 'served by', 'class'];
  return table(
    columns.map((title) => ({ title, align: title === 'instances' ? 'right' : 'left' })),
    acpiRows({ entries }).map((row) => [
      row.device,
      row.guid,
      row.id,
      row.instances,
      row.flags,
      row.servedBy,
      row.classes,
    ]),
  );
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [`${title}:\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`];
}

function guidLine({ device, entry }: JoinedEntry): string {
  return `${entry.guid} of ${device.path}`;
}

function classLine({ name, guid }: JoinedClass): string {
  const plain = plainGuid(guid);
  return plain === undefined ? name : `${name} ${plain}`;
}

function mofLine(
  { table: index, name, place, bytes }: NamedBinaryMof,
  tables: readonly AcpiTable[],
  classes: readonly JoinedClass[] | undefined,
): string {
  const table = tables[index];
  const where = [...(table === undefined ? [] : [tableWords(table)]), placeWords(place)].filter(
    (each) => each !== '',
  );
  const facts = `${name}: ${bytes.length} bytes, ${countWords(classes)} (${where.join(', ')})`;
  if (classes === undefined) return facts;
  return sampleMatch(classes)?.isUnchanged === true ? `${facts}; ${SAMPLE_WORDS}` : facts;
}

const SAMPLE_WORDS =
  "it is Microsoft's sample AcpiTest, unchanged: its classes do not describe this machine";

function countWords(classes: readonly JoinedClass[] | undefined): string {
  if (classes === undefined) return 'not read';
  return `${classes.length} ${classes.length === 1 ? 'class' : 'classes'}`;
}

/** A text without a definition block has no signature. */
function tableWords({ signature, oemTableId, file }: AcpiTable): string {
  const of = file === undefined ? [] : [signature === '' ? file : `of ${file}`];
  return [signature, oemTableId, ...of].filter((each) => each !== '').join(' ');
}

function placeWords(place: AcpiPlace): string {
  return 'line' in place ? `line ${place.line}` : `byte ${place.offset}`;
}

/** The same as one JSON document; schemas/acpi.schema.json describes it. */
export function acpiJson(inputs: readonly ShownAcpi[]): string {
  return jsonDocument({ version: VERSION, inputs: inputs.map(inputOf) });
}

function inputOf(input: ShownAcpi) {
  const { name, acpi, classesOfMofs } = input;
  const { entries, withoutEntry } = joined(input);
  const entriesOf = new Map<AcpiWmiDevice, JoinedEntry[]>();
  for (const each of entries) addTo(entriesOf, each.device, each);
  return {
    name,
    tables: acpi.tables,
    devices: acpi.devices.map((device) => ({
      path: device.path,
      table: device.table,
      place: device.place,
      entries: (entriesOf.get(device) ?? []).map(entryOf),
    })),
    binaryMofs: acpi.binaryMofs.map(({ table: index, name: mofName, path, place, bytes }, at) => ({
      table: index,
      name: mofName,
      path,
      place,
      size: bytes.length,
      ...classFacts(classesOfMofs[at]),
    })),
    classesWithoutEntry: withoutEntry.map((each) => ({ name: each.name, guid: each.guid })),
  };
}

/** Nothing for a binary MOF that is not read. */
function classFacts(classes: readonly JoinedClass[] | undefined) {
  if (classes === undefined) return {};
  return {
    classes: classes.map((each) => each.name),
    isUnchangedSample: sampleMatch(classes)?.isUnchanged === true,
  };
}

function entryOf({ entry, classes, moreClasses, isBinaryMof }: JoinedEntry) {
  const { guid, instances, flags } = entry;
  return {
    guid,
    ...idOf(entry),
    instances,
    flags,
    objects: entry.objects.map(objectOf),
    missing: entry.missing,
    isBinaryMof,
    classes: classes.map(({ name }) => name),
    ...(moreClasses > 0 && { moreClasses }),
  };
}

function idOf({ id }: AcpiWmiEntry) {
  return id.kind === 'object' ? { objectId: id.text } : { notifyId: id.code };
}

function objectOf({ role, name, path, table: index, place, kind, argumentCount }: ServingObject) {
  return { role, name, path, table: index, place, kind, argumentCount };
}
