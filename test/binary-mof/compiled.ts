// Compiles MOF texts to binary MOFs for tests, and shows objects in lines that fit a table.
import {
  type BinaryMof,
  type BinaryObject,
  type BinaryProperty,
  type BinaryQualifier,
  type BinaryScalar,
  type TypedValue,
} from '../../src/binary-mof/document.js';
import { type BinaryMofOptions, toBinaryMof } from '../../src/binary-mof/from-mof.js';
import { compile, type IncludeReader } from '../../src/compile/compilation.js';
import { type Diagnostic, hasErrors, type Result } from '../../src/diagnostics/diagnostic.js';
import { type SourceFile } from '../../src/text/source-file.js';

const file = (name: string, text: string): SourceFile => ({ name, text, encoding: 'utf-8' });

export interface Texts {
  readonly mfl?: readonly string[];
  readonly includes?: Readonly<Record<string, string>>;
}

/** The binary MOF of a text without errors, with the findings of its compilation. */
export function compiled(
  mof: string,
  { mfl = [], includes = {} }: Texts = {},
  options: BinaryMofOptions = {},
): Result<BinaryMof> {
  const readInclude: IncludeReader = (name) => {
    const text = includes[name];
    return text === undefined ? undefined : { name, bytes: new TextEncoder().encode(text) };
  };
  const { value, diagnostics } = compile(file('a.mof', mof), readInclude, {
    mfl: mfl.map((text, index) => file(`${index}.mfl`, text)),
  });
  if (hasErrors(diagnostics)) throw new Error(diagnostics.map(shownDiagnostic).join('\n'));
  return toBinaryMof(value, options);
}

export function objectsOf(
  mof: string,
  texts?: Texts,
  options?: BinaryMofOptions,
): readonly BinaryObject[] {
  const { value, diagnostics } = compiled(mof, texts, options);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(shownDiagnostic).join('\n'));
  return value.objects;
}

/** `MOF5001 at null: message`. */
export function shownDiagnostic({ code, location, message }: Diagnostic): string {
  const { source, span } = location ?? {};
  const at = span === undefined ? '' : (source?.text.slice(span.start, span.end) ?? '');
  return `${code} at ${at}: ${message}`;
}

/** `Speed: sint32[] = {1, 2} [read: boolean = true, CIMTYPE: string = "uint32" ^0x3]`; no brackets without a list. */
export function shownProperty({ name, qualifiers, ...typed }: BinaryProperty): string {
  const list = qualifiers === undefined ? '' : ` ${shownQualifiers(qualifiers)}`;
  return `${name}: ${shownTyped(typed)}${list}`;
}

export function shownQualifiers(qualifiers: readonly BinaryQualifier[]): string {
  const all = qualifiers.map(
    ({ name, flavor, ...typed }) =>
      `${name}: ${shownTyped(typed)}${flavor === 0 ? '' : ` ^0x${flavor.toString(16)}`}`,
  );
  return `[${all.join(', ')}]`;
}

function shownTyped({ type, isArray, value }: TypedValue): string {
  const typeText = `${type}${isArray ? '[]' : ''}`;
  if (value === undefined) return typeText;
  const text = isScalar(value) ? shownScalar(value) : `{${value.map(shownScalar).join(', ')}}`;
  return `${typeText} = ${text}`;
}

function isScalar(value: NonNullable<TypedValue['value']>): value is BinaryScalar {
  return !Array.isArray(value);
}

function shownScalar(value: BinaryScalar): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'object' ? `<${shownObject(value).join('; ')}>` : String(value);
}

/** The kind with the qualifiers, then a line for each property and method. */
export function shownObject({
  kind,
  qualifiers,
  properties,
  methods,
}: BinaryObject): readonly string[] {
  return [
    qualifiers === undefined ? kind : `${kind} ${shownQualifiers(qualifiers)}`,
    ...(properties ?? ['no properties']).map(lineOf),
    ...(methods ?? ['no methods']).map(lineOf),
  ];
}

function lineOf(line: BinaryProperty | string): string {
  return typeof line === 'string' ? line : shownProperty(line);
}
