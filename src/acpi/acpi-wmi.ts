/**
 * Collects the WMI objects of a machine's ACPI tables: every `_WDG` entry with the objects that serve it, and every binary MOF.
 *
 * The objects of an entry follow Microsoft's paper "Windows Instrumentation: WMI and ACPI" and Linux's
 * Documentation/wmi/acpi-interface.rst.
 */
import {
  type AcpiBinaryMof,
  type AcpiBuffer,
  type AcpiDeclaration,
  type AcpiFacts,
  type AcpiFinding,
  acpiFindings,
  type AcpiPlace,
  type AcpiTable,
} from './facts.js';
import { type AcpiNode, foundNode, pathOf } from './namespace.js';
import { readWdg, WDG_ENTRY_SIZE, type WdgEntry } from './wdg.js';

export interface AcpiWmi {
  readonly tables: readonly AcpiTable[];
  readonly devices: readonly AcpiWmiDevice[];
  readonly binaryMofs: readonly NamedBinaryMof[];
  readonly findings: readonly AcpiFinding[];
}

export interface NamedBinaryMof extends AcpiBinaryMof {
  /** Its path, with a number where an object holds several: `\\_SB.AMW0.WQBA#2`. No two have one name. */
  readonly name: string;
}

/** A device with a `_WDG`. */
export interface AcpiWmiDevice {
  readonly path: string;
  /** Of its `_WDG`: the index of the table, and the place in it. */
  readonly table: number;
  readonly place: AcpiPlace;
  readonly entries: readonly AcpiWmiEntry[];
}

export interface AcpiWmiEntry extends WdgEntry {
  /** The objects of the device that serve it, in the order query, set, method, collect, event data. */
  readonly objects: readonly ServingObject[];
  /** Names of those that it needs and the device does not have. */
  readonly missing: readonly string[];
}

export interface ServingObject {
  readonly role: ServingRole;
  /** `WQAA`. */
  readonly name: string;
  readonly path: string;
  readonly table: number;
  readonly place: AcpiPlace;
  readonly kind: 'name' | 'method' | 'alias' | 'external';
  /** Of a method. */
  readonly argumentCount?: number;
}

/** `collect` switches collecting (WCxx) or events (WExx) on and off; `event-data` is `_WED`. */
export type ServingRole = 'query' | 'set' | 'method' | 'collect' | 'event-data';

/** Joins what tables declare. */
export function acpiWmi(facts: AcpiFacts): AcpiWmi {
  const findings = acpiFindings();
  facts.findings.forEach(findings.add);
  const devices: AcpiWmiDevice[] = [];
  for (const declaration of facts.declarations) {
    const { node, table, place } = declaration;
    if (node.segment !== '_WDG' || node.parent === undefined) continue;
    if (declaration.kind !== 'name' && declaration.kind !== 'method') continue;
    const path = pathOf(node);
    const report = (message: string) => {
      findings.add({ kind: 'wdg', table, path, place, message });
    };
    const bytes = contentsOf(declaration, report);
    if (bytes === undefined) continue;
    const { entries, rest } = readWdg(bytes);
    if (rest !== 0) {
      const message = `its length ${bytes.length} is not a multiple of ${WDG_ENTRY_SIZE}; the last ${rest} bytes are ignored`;
      report(message);
    }
    const device = node.parent;
    devices.push({
      path: pathOf(device),
      table,
      place,
      entries: entries.map((entry) => servedEntry(entry, device, table, report)),
    });
  }
  const { tables, binaryMofs } = facts;
  return { tables, devices, binaryMofs: named(binaryMofs), findings: findings.all() };
}

function named(mofs: readonly AcpiBinaryMof[]): readonly NamedBinaryMof[] {
  const counts = new Map<string, number>();
  const numbered = mofs.map((mof) => {
    const number = (counts.get(mof.path) ?? 0) + 1;
    counts.set(mof.path, number);
    return { mof, number };
  });
  return numbered.map(({ mof, number }) => {
    const mark = (counts.get(mof.path) ?? 0) > 1 ? `#${number}` : '';
    return { ...mof, name: `${mof.path}${mark}` };
  });
}

/** The bytes of a `_WDG`: those of the name, or of what the method returns. */
function contentsOf(
  declaration: AcpiDeclaration,
  report: (message: string) => void,
): Uint8Array | undefined {
  if (declaration.kind === 'name') {
    if (declaration.buffer !== undefined) return filled(declaration.buffer, report);
    report('its value is not a literal buffer');
    return undefined;
  }
  const values = declaration.returns ?? [];
  const buffers = values.map((value) => {
    if (value === undefined || 'bytes' in value) return value;
    const found = foundNode(declaration.node, value);
    return found === undefined ? undefined : bufferOf(found, declaration.table);
  });
  const [buffer] = buffers.filter((each) => each !== undefined);
  if (buffer === undefined) {
    report('the method returns no literal buffer');
    return undefined;
  }
  if (buffers.length > 1) report(`the method returns ${buffers.length} values; the first is used`);
  return filled(buffer, report);
}

const bufferOf = firstOfTable((each) => each.buffer);

/**
 * Finds the first declaration of a node that has what `find` returns: in a table, else in any. A node may be declared many times, so
 * its declarations are walked once for all tables.
 */
function firstOfTable<T>(
  find: (declaration: AcpiDeclaration) => T | undefined,
): (node: AcpiNode, table: number) => T | undefined {
  const known = new WeakMap<
    AcpiNode,
    { readonly any: T | undefined; readonly of: Map<number, T> }
  >();
  return (node, table) => {
    let found = known.get(node);
    if (found === undefined) {
      const of = new Map<number, T>();
      let any: T | undefined;
      for (const each of node.declarations) {
        const value = find(each);
        if (value === undefined) continue;
        any ??= value;
        if (!of.has(each.table)) of.set(each.table, value);
      }
      found = { any, of };
      known.set(node, found);
    }
    return found.of.get(table) ?? found.any;
  };
}

/**
 * A buffer's contents: an initializer that is shorter than its size is followed by zeros. They are taken as far as the entry that the
 * initializer ends in; an entry of zeros alone describes nothing, and a buffer of ten bytes may declare thousands.
 */
function filled({ bytes, size }: AcpiBuffer, report: (message: string) => void): Uint8Array {
  if (size === undefined || size <= bytes.length) return bytes;
  const taken = Math.min(size, Math.ceil(bytes.length / WDG_ENTRY_SIZE) * WDG_ENTRY_SIZE);
  if (size > taken) {
    report(
      `its buffer has ${size} bytes, of which ${bytes.length}are initialized; the others are zero`,
    );
  }
  const all = new Uint8Array(taken);
  all.set(bytes);
  return all;
}

function servedEntry(
  entry: WdgEntry,
  device: AcpiNode,
  table: number,
  report: (message: string) => void,
): AcpiWmiEntry {
  const { flags, id, guid } = entry;
  if (flags.unknown !== 0) {
    report(`the entry ${guid} has undocumented flags: 0x${flags.unknown.toString(16)}`);
  }
  if (id.kind === 'object' && !/^[A-Z0-9_]{2}$/.test(id.text)) {
    report(`the entry ${guid} has an id that cannot end an object's name`);
    return { ...entry, objects: [], missing: [] };
  }
  const objects: ServingObject[] = [];
  const missing: string[] = [];
  for (const { role, name, isNeeded } of servingNames(entry)) {
    const object = objectOf(device, table, role, name);
    if (object !== undefined) objects.push(object);
    else if (isNeeded) missing.push(name);
  }
  return { ...entry, objects, missing };
}

interface ServingName {
  readonly role: ServingRole;
  readonly name: string;
  readonly isNeeded: boolean;
}

function servingNames({ flags, id }: WdgEntry): readonly ServingName[] {
  if (id.kind === 'notify') {
    const code = id.code.toString(16).toUpperCase().padStart(2, '0');
    return [
      { role: 'collect', name: `WE${code}`, isNeeded: flags.expensive },
      { role: 'event-data', name: '_WED', isNeeded: false },
    ];
  }
  // A block of methods may have data as well.
  return [
    { role: 'query', name: `WQ${id.text}`, isNeeded: !flags.method },
    { role: 'set', name: `WS${id.text}`, isNeeded: false },
    { role: 'method', name: `WM${id.text}`, isNeeded: flags.method },
    { role: 'collect', name: `WC${id.text}`, isNeeded: flags.expensive },
  ];
}

/** The object itself, before a mention of it as an external one. */
const servingDeclaration = firstOfTable((each) =>
  isServing(each) && each.kind !== 'external' ? each : undefined,
);
const externalDeclaration = firstOfTable((each) =>
  isServing(each) && each.kind === 'external' ? each : undefined,
);

function objectOf(
  device: AcpiNode,
  table: number,
  role: ServingRole,
  name: string,
): ServingObject | undefined {
  const node = device.children.get(name);
  if (node === undefined) return undefined;
  const found = servingDeclaration(node, table) ?? externalDeclaration(node, table);
  if (found === undefined) return undefined;
  return {
    role,
    name,
    path: pathOf(node),
    table: found.table,
    place: found.place,
    kind: found.kind,
    ...(found.argumentCount !== undefined && { argumentCount: found.argumentCount }),
  };
}

type ServingDeclaration = AcpiDeclaration & { readonly kind: ServingObject['kind'] };

function isServing(declaration: AcpiDeclaration): declaration is ServingDeclaration {
  return declaration.kind !== 'container' && declaration.kind !== 'other';
}
