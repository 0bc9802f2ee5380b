/**
 * What the ACPI tables of a machine offer to WMI: every `_WDG` entry with the objects that serve it, and every binary MOF.
 *
 * Which objects serve an entry is that of Microsoft's paper "Windows Instrumentation: WMI and ACPI" and of Linux's
 * Documentation/wmi/acpi-interface.rst. It must not know what classes a binary MOF has, nor how tables are encoded.
 */
import { addTo } from '../lists.js';
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

/** More bytes of zeros than any `_WDG` has, where a buffer's declared size is more than its initializer. */
const MAX_FILLED = 0x10000;

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
      const message = `its length ${bytes.length} is no multiple of ${WDG_ENTRY_SIZE}; the last ${rest} bytes are no entry`;
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
  const byPath = new Map<string, AcpiBinaryMof[]>();
  for (const each of mofs) addTo(byPath, each.path, each);
  return mofs.map((each) => {
    const all = byPath.get(each.path) ?? [];
    const mark = all.length > 1 ? `#${all.indexOf(each) + 1}` : '';
    return { ...each, name: `${each.path}${mark}` };
  });
}

/** The bytes of a `_WDG`: those of the name, or of what the method returns. */
function contentsOf(
  declaration: AcpiDeclaration,
  report: (message: string) => void,
): Uint8Array | undefined {
  if (declaration.kind === 'name') {
    if (declaration.buffer !== undefined) return filled(declaration.buffer, report);
    report('its value is no buffer that is written out');
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
    report('the method returns no buffer that is written out');
    return undefined;
  }
  if (buffers.length > 1) report(`the method returns ${buffers.length} values; the first is taken`);
  return filled(buffer, report);
}

function bufferOf(node: AcpiNode, table: number): AcpiBuffer | undefined {
  const all = node.declarations.filter((each) => each.buffer !== undefined);
  return (all.find((each) => each.table === table) ?? all[0])?.buffer;
}

/** A buffer's contents: an initializer that is shorter than its size is followed by zeros. */
function filled({ bytes, size }: AcpiBuffer, report: (message: string) => void): Uint8Array {
  if (size === undefined || size <= bytes.length) return bytes;
  if (size > MAX_FILLED) {
    report(`its buffer claims ${size} bytes; the ${bytes.length} that are written out are taken`);
    return bytes;
  }
  const all = new Uint8Array(size);
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
    report(`the entry ${guid} has flags that no document names: 0x${flags.unknown.toString(16)}`);
  }
  if (id.kind === 'object' && !/^[A-Z0-9_]{2}$/.test(id.text)) {
    report(`the entry ${guid} has an id that no object's name can end with`);
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

/** Of a node that is declared many times, the declarations are looked at once for each table. */
const servingOf = new WeakMap<AcpiNode, Map<number, ServingDeclaration | undefined>>();

function servingDeclaration(node: AcpiNode, table: number): ServingDeclaration | undefined {
  const known = servingOf.get(node) ?? new Map<number, ServingDeclaration | undefined>();
  servingOf.set(node, known);
  if (known.has(table)) return known.get(table);
  const all = node.declarations.filter(isServing);
  const found = all.find((each) => each.table === table && each.kind !== 'external') ?? all[0];
  known.set(table, found);
  return found;
}

function objectOf(
  device: AcpiNode,
  table: number,
  role: ServingRole,
  name: string,
): ServingObject | undefined {
  const node = device.children.get(name);
  const found = node === undefined ? undefined : servingDeclaration(node, table);
  if (node === undefined || found === undefined) return undefined;
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
