/** The system properties that mofcomp adds to objects. */
import { type BinaryProperty } from './document.js';
import { type PragmaState } from './pragmas.js';

export interface SystemValues {
  readonly className: string;
  readonly superclass: string | undefined;
  /** Without the `$`. */
  readonly alias: string | undefined;
}

/** The properties of a class, or of an instance that is no value. */
export function systemProperties(
  { className, superclass, alias }: SystemValues,
  { namespace, classFlags, instanceFlags }: PragmaState,
): readonly BinaryProperty[] {
  return [
    stringProperty('__CLASS', className),
    stringProperty('__NAMESPACE', namespace),
    ...flagsProperty('__CLASSFLAGS', classFlags),
    ...flagsProperty('__INSTANCEFLAGS', instanceFlags),
    ...optionalString('__SUPERCLASS', superclass),
    ...optionalString('__ALIAS', alias),
  ];
}

/** The properties of an instance that is a value: flags are for what is put into a repository. */
export function embeddedProperties(
  values: SystemValues,
  { namespace }: PragmaState,
): readonly BinaryProperty[] {
  return systemProperties(values, { namespace, classFlags: 0, instanceFlags: 0 });
}

export function stringProperty(name: string, value: string): BinaryProperty {
  return { name, type: 'string', isArray: false, value, qualifiers: undefined };
}

function optionalString(name: string, value: string | undefined): readonly BinaryProperty[] {
  return value === undefined ? [] : [stringProperty(name, value)];
}

function flagsProperty(name: string, value: number): readonly BinaryProperty[] {
  return value === 0
    ? []
    : [{ name, type: 'sint32', isArray: false, value, qualifiers: undefined }];
}
