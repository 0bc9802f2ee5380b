/** Converts the declared type of an item to its wire type (docs/spec/layout-and-header.md#types). */
import { nameKey } from '../text/name-key.js';
import { type DataTypeReference, type TypeReference } from '../../grammar/ast.js';
import { type Fix, type Location } from '../diagnostics/diagnostic.js';
import { at, type Findings } from './findings.js';
import { appended, replaced, respelled, withoutQualifier } from './fixes.js';
import { likelyName } from '../text/likely-names.js';
import { type DataBlock, type IntegerTypeName, type QualifierSet, type WireType } from './model.js';
import { integer } from './qualifiers.js';

/** An embedded class by name. */
export type EmbeddedClass =
  | { readonly kind: 'known'; readonly block: DataBlock; readonly fillsBuffer: boolean }
  | { readonly kind: 'empty'; readonly name: string; readonly location: Location | undefined }
  /** It has errors, which are reported there. */
  | { readonly kind: 'broken' }
  /** `likely` is the likely class. */
  | { readonly kind: 'unknown'; readonly likely: () => string | undefined };

export type EmbeddedClasses = (name: string) => EmbeddedClass;

/** A declared item: of a class or of a method. */
export interface TypedDeclaration {
  readonly name: string;
  readonly type: TypeReference;
  readonly qualifiers: QualifierSet;
  /** Its name. */
  readonly location: Location;
}

export interface ResolvedType {
  readonly type: WireType;
  /** An embedded class that ends in an array without a length. */
  readonly fillsBuffer: boolean;
}

/** The most characters that fit a string's byte count and its slot of 2(n + 1) bytes. */
export const MAX_LENGTH_LIMIT = 32_766;

const INTEGERS = {
  uint8: { bits: 8, signed: false },
  sint8: { bits: 8, signed: true },
  uint16: { bits: 16, signed: false },
  sint16: { bits: 16, signed: true },
  uint32: { bits: 32, signed: false },
  sint32: { bits: 32, signed: true },
  uint64: { bits: 64, signed: false },
  sint64: { bits: 64, signed: true },
} as const satisfies Record<IntegerTypeName, { bits: 8 | 16 | 32 | 64; signed: boolean }>;

/** Whether values of the type are integers. */
export function isIntegerType(type: TypeReference): boolean {
  return type.kind === 'DataType' && Object.hasOwn(INTEGERS, type.name);
}

/** Types of C and of older examples in the documentation, with their MOF types. */
const LIKELY_MEANT: ReadonlyMap<string, string> = new Map([
  ['bool', 'boolean'],
  ['byte', 'uint8'],
  ['char', 'sint8'],
  ['dword', 'uint32'],
  ['guid', 'uint8 with [16] after the name'],
  ['int', 'sint32'],
  ['int16', 'sint16'],
  ['int32', 'sint32'],
  ['int64', 'sint64'],
  ['int8', 'sint8'],
  ['long', 'sint32'],
  ['short', 'sint16'],
  ['uchar', 'uint8'],
  ['uint', 'uint32'],
  ['ulong', 'uint32'],
  ['ushort', 'uint16'],
  ['wchar', 'char16'],
]);

const DATA_TYPE_NAMES = [...Object.keys(INTEGERS), 'boolean', 'char16', 'datetime', 'string'];

/** The wire type of an item; `undefined` after an error, reported here or at the embedded class. */
export function resolveType(
  declaration: TypedDeclaration,
  embedded: EmbeddedClasses,
  report: Findings,
): ResolvedType | undefined {
  const { type, name } = declaration;
  const location = at(declaration.location.source, type);
  switch (type.kind) {
    case 'DataType':
      return resolveDataType(declaration, type, report);
    case 'ReferenceType':
      report.add('MOF2302', location, `'${name}' is a reference, which WMI data cannot have`, {
        help: 'give the key of the other class as a string or an integer',
      });
      return undefined;
    case 'ClassType':
      return resolveClass(
        declaration,
        type.name.name,
        location,
        embedded(nameKey(type.name)),
        report,
      );
    default:
      return type satisfies never;
  }
}

function resolveDataType(
  declaration: TypedDeclaration,
  type: DataTypeReference,
  report: Findings,
): ResolvedType | undefined {
  const plain = (wireType: WireType): ResolvedType => {
    if (wireType.kind !== 'string') warnAboutMaxLength(declaration, report);
    return { type: wireType, fillsBuffer: false };
  };
  const location = at(declaration.location.source, type);
  switch (type.name) {
    case 'boolean':
    case 'char16':
    case 'datetime':
      return plain({ kind: type.name });
    case 'string': {
      const length = maxLength(declaration, report);
      return length === 'bad' ? undefined : plain({ kind: 'string', maxLength: length });
    }
    case 'real32':
    case 'real64':
      report.add(
        'MOF2301',
        location,
        `'${declaration.name}' is a ${type.name}, which WMI data cannot have`,
        {
          help: 'use a scaled integer and give the scale in Units',
        },
      );
      return undefined;
    case 'object':
    case 'void':
      report.add(
        'MOF2302',
        location,
        `'${declaration.name}' is of type ${type.name}, which WMI data cannot have`,
        {
          help: 'name a class with data items, or use an array of uint8',
        },
      );
      return undefined;
    case 'uint8':
    case 'sint8':
    case 'uint16':
    case 'sint16':
    case 'uint32':
    case 'sint32':
    case 'uint64':
    case 'sint64':
      return plain({ kind: 'integer', name: type.name, ...INTEGERS[type.name] });
    default:
      return type.name satisfies never;
  }
}

function resolveClass(
  declaration: TypedDeclaration,
  className: string,
  location: Location,
  found: EmbeddedClass,
  report: Findings,
): ResolvedType | undefined {
  switch (found.kind) {
    case 'known':
      warnAboutMaxLength(declaration, report);
      return {
        type: { kind: 'structure', structure: found.block },
        fillsBuffer: found.fillsBuffer,
      };
    case 'broken':
      return undefined;
    case 'empty':
      report.add(
        'MOF2304',
        location,
        `'${declaration.name}' embeds '${found.name}', which has no data items`,
        {
          help: `give properties of '${found.name}' a WmiDataId`,
          related: found.location ? [{ location: found.location, message: 'declared here' }] : [],
        },
      );
      return undefined;
    case 'unknown': {
      const meant = LIKELY_MEANT.get(nameKey(className));
      const likely = report.skipsSuggestions('MOF2008')
        ? undefined
        : (likelyName(className, DATA_TYPE_NAMES, String) ?? found.likely());
      report.add(
        'MOF2008',
        location,
        `the type '${className}' of '${declaration.name}' is not declared`,
        {
          help:
            meant !== undefined
              ? `write ${meant}`
              : likely !== undefined
                ? `write ${likely}, if that is meant`
                : `declare class '${className}', or include the file that does`,
          fixes:
            meant === undefined
              ? respelled(location, likely)
              : nameKey(className) === 'guid'
                ? guidFix(declaration, location)
                : [replaced(location, meant)],
        },
      );
      return undefined;
    }
    default:
      return found satisfies never;
  }
}

/** A GUID is sixteen bytes. */
function guidFix({ location }: TypedDeclaration, type: Location): readonly Fix[] {
  const { edits } = replaced(type, 'uint8');
  const title = 'write uint8 with [16] after the name';
  return [{ title, edits: [...edits, ...appended(location, '[16]').edits] }];
}

/** MaxLen of a string in characters; 0 or no MaxLen means no limit. */
function maxLength(
  { name, qualifiers }: TypedDeclaration,
  report: Findings,
): number | undefined | 'bad' {
  const entry = qualifiers.entry('MaxLen');
  if (entry === undefined || entry.value === null) return undefined;
  const value = integer(qualifiers, 'MaxLen');
  if (value === undefined) return 'bad';
  if (value < 0n || value > BigInt(MAX_LENGTH_LIMIT)) {
    report.add(
      'MOF2305',
      entry.location,
      `MaxLen ${value} of '${name}' is not between 0 and ${MAX_LENGTH_LIMIT}`,
      {
        help: 'a string has at most 65,534 bytes; leave MaxLen out for a string without a limit',
      },
    );
    return 'bad';
  }
  return value === 0n ? undefined : Number(value);
}

function warnAboutMaxLength({ name, qualifiers }: TypedDeclaration, report: Findings): void {
  const entry = qualifiers.entry('MaxLen');
  if (entry === undefined) return;
  report.add(
    'MOF2306',
    entry.location,
    `MaxLen has no effect on '${name}', which is not a string`,
    {
      help: 'use Max for the length of an array, MaxValue for the largest value',
      fixes: [withoutQualifier(qualifiers, entry)],
    },
  );
}
