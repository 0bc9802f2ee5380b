/** The drafts of one class's names, before they are claimed: its record, its GUID, its methods. */
import { nameKey } from '../../text/name-key.js';
import { type Location } from '../../diagnostics/diagnostic.js';

import { type MofClass, type Method, type MofMethod } from '../../model/model.js';
import { integer, text } from '../../model/qualifiers.js';
import { type EmitOptions } from '../options.js';
import { type BareMacro } from './bare-macros.js';
import { type HeaderClass } from './header-classes.js';
import { headerQualifiers } from './header-qualifiers.js';
import { toIdentifier } from './identifiers.js';
import { type RecordSubject } from './record-names.js';

/** HeaderName, else the name of the class; and where that is written. */
export function wantedStruct(
  { name, qualifiers, location }: MofClass | Method,
  options: EmitOptions,
): { readonly name: string; readonly location: Location } {
  const visible = headerQualifiers(qualifiers, options);
  const headerName = text(visible, 'HeaderName');
  const entry = visible.entry('HeaderName');
  return headerName === undefined || headerName === '' || entry === undefined
    ? { name, location }
    : { name: headerName, location: entry.location };
}

/** What the GUID's macro and variable should be called (docs/spec/layout-and-header.md#parts-of-a-class). */
export function wantedGuids(
  { name, qualifiers }: MofClass,
  options: EmitOptions,
): { readonly macro: string; readonly variable: string } {
  const visible = headerQualifiers(qualifiers, options);
  const named = (qualifier: 'GuidName1' | 'GuidName2') => text(visible, qualifier) || undefined;
  return {
    macro: named('GuidName1') ?? `${name}Guid`,
    variable: named('GuidName2') ?? `${name}_GUID`,
  };
}

export function dataSubject({ name, location }: MofClass): RecordSubject {
  return { record: `'${name}'`, item: (item) => `${name}.${item.name}`, location };
}

export function methodSubject(
  { name }: MofClass,
  method: Method,
  direction: 'input' | 'output',
): RecordSubject {
  const whole = `${name}.${method.name}`;
  return {
    record: `the ${direction} of '${whole}'`,
    item: (item) => `${whole}(${item.name})`,
    location: method.location,
  };
}

/** The macro of a method's id, which is its bare name. */
export function methodIdMacro(
  { name }: MofClass,
  method: { readonly name: string; readonly location: Location },
  id: number | bigint,
): BareMacro {
  return {
    wanted: method.name,
    text: String(id),
    prefixed: `${name}_${method.name}`,
    owner: { what: `the id macro of '${name}.${method.name}'`, location: method.location },
    name: toIdentifier(method.name),
    obstacle: undefined,
  };
}

/** A method that no consumer can call, because its class is not registered with methods. */
export interface IdleMethod {
  readonly method: MofMethod;
  readonly id: BareMacro;
}

/** The methods of a printed class that WMI never calls, and that wmimofck defines ids for all the same. */
export function idleMethods({ class: owner, block, presence }: HeaderClass): readonly IdleMethod[] {
  if (presence !== 'whole') return [];
  const called = new Set(block?.methods.map(({ name }) => nameKey(name)));
  return owner.methods.flatMap((method) => {
    const id = integer(method.qualifiers, 'WmiMethodId');
    if (id === undefined || called.has(nameKey(method.name))) return [];
    return [{ method, id: methodIdMacro(owner, method, id) }];
  });
}
