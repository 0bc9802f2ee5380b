/** The methods that a consumer can execute: their ids, their parameters in wire order, their input and output records. */
import { nameKey } from '../text/name-key.js';
import { type Parameter } from '../../grammar/ast.js';
import { type SourceFile } from '../text/source-file.js';
import { type EffectiveMember } from './effective-qualifiers.js';
import { at, type Findings } from './findings.js';
import { withId } from './fixes.js';
import { declaredId, freeIds, idLocation } from './ids.js';
import { type Method, type MethodParameter, type QualifierSet } from './model.js';
import { NO_STATEMENTS } from '../compile/propagation.js';
import { qualifierSet, selected } from './qualifier-set.js';
import { checkQualifiers, flag, integer, type QUALIFIERS, text } from './qualifiers.js';
import { type BuiltRecord, buildRecord, type ItemDeclaration } from './records.js';
import { type MethodSymbol } from './symbols.js';
import { hasUnpropagatedId } from './unpropagated-qualifiers.js';
import { type EmbeddedClasses } from './wire-types.js';

/** The methods of a data block in WmiMethodId order; those with errors are left out. */
export function buildMethods(
  methods: readonly EffectiveMember<MethodSymbol>[],
  embedded: EmbeddedClasses,
  report: Findings,
): Method[] {
  const ids = methods.map(({ symbol: { location }, qualifiers }) =>
    declaredId({ location, qualifiers }, 'WmiMethodId', report),
  );
  const nextFree = freeIds(new Set(ids.flatMap((each) => (each.kind === 'given' ? each.id : []))));
  const byId = new Map<number, MethodSymbol>();
  const built: Method[] = [];
  for (const [index, member] of methods.entries()) {
    const { symbol: method } = member;
    const declared = ids[index];
    if (declared?.kind !== 'given') {
      const isReported = hasUnpropagatedId(member, 'WmiMethodId');
      if (declared?.kind === 'none' && !isReported) reportMissingId(method, nextFree, report);
      buildMethod(member, 0, embedded, report);
      continue;
    }
    const { id } = declared;
    warnAboutOtherId(member, report);
    const earlier = byId.get(id);
    if (earlier === undefined) byId.set(id, method);
    else {
      const free = nextFree();
      report.add(
        'MOF2502',
        idLocation(method, 'WmiMethodId'),
        `WmiMethodId ${id} of '${method.name}' is already that of '${earlier.name}'`,
        {
          help: `the next free WmiMethodId is ${free}`,
          fixes: withId(method, 'WmiMethodId', free),
          related: [{ location: idLocation(earlier, 'WmiMethodId'), message: 'first used here' }],
        },
      );
    }
    const result = buildMethod(member, id, embedded, report);
    if (result !== undefined) built.push(result);
  }
  return built.sort((a, b) => a.id - b.id);
}

/** A caller that knows the base class uses its id. */
function warnAboutOtherId(
  { symbol: method, declarations }: EffectiveMember<MethodSymbol>,
  report: Findings,
): void {
  const above = declarations.at(-2);
  const inherited = above && integer(above.qualifiers, 'WmiMethodId');
  const id = integer(method.qualifiers, 'WmiMethodId');
  if (above === undefined || inherited === undefined || id === undefined || id === inherited)
    return;
  report.add(
    'MOF2205',
    idLocation(method, 'WmiMethodId'),
    `'${method.name}' overrides the inherited method ${inherited} with another WmiMethodId`,
    {
      help: `write [WmiMethodId(${inherited})], or give it another name`,
      fixes: withId(method, 'WmiMethodId', inherited),
      related: [
        { location: idLocation(above.symbol, 'WmiMethodId'), message: 'inherited from here' },
      ],
    },
  );
}

function reportMissingId(method: MethodSymbol, nextFree: () => number, report: Findings): void {
  const free = nextFree();
  report.add(
    'MOF2501',
    method.location,
    `'${method.name}' has no WmiMethodId, so it cannot be called`,
    {
      help: `write [WmiMethodId(${free})]: the next free one`,
      fixes: withId(method, 'WmiMethodId', free),
    },
  );
}

/** A parameter with the values of its qualifiers. */
interface DirectedParameter {
  readonly declaration: ItemDeclaration;
  readonly direction: MethodParameter['direction'];
  readonly position: bigint | undefined;
  readonly isReturnValue: boolean;
}

function buildMethod(
  { symbol: method, qualifiers }: EffectiveMember<MethodSymbol>,
  id: number,
  embedded: EmbeddedClasses,
  report: Findings,
): Method | undefined {
  const declared = method.node.parameters.map((node) =>
    directed(node, method.location.source, method.owner.name, report),
  );
  const ordered = inWireOrder(method, declared, report);
  warnAboutDirections(method, ordered, report);
  const parameters = [...ordered, ...returnValue(method, qualifiers, ordered.length)].map(
    (each, index) => ({
      ...each,
      declaration: { ...each.declaration, id: index + 1 },
    }),
  );
  const isAmbiguous = reportRepeatedNames(parameters, report);

  const input = parameters
    .filter((each) => each.direction !== 'out')
    .map((each) => each.declaration);
  const output = parameters
    .filter((each) => each.direction !== 'in')
    .map((each) => each.declaration);
  const built = {
    input: buildRecord(
      input,
      {
        what: `the input of '${method.name}'`,
        embedded,
        mayHaveMore: false,
        withoutId: new Map(),
        otherDirection: { items: byName(output), isKnownToReader: false },
      },
      report,
    ),
    output: buildRecord(
      output,
      {
        what: `the output of '${method.name}'`,
        embedded,
        mayHaveMore: false,
        withoutId: new Map(),
        otherDirection: { items: byName(input), isKnownToReader: true },
      },
      report,
    ),
  };
  warnAboutReturnValue(method, built.output, report);
  if (isAmbiguous || built.input.isBroken || built.output.isBroken) return undefined;
  return {
    name: method.name,
    id,
    description: text(method.qualifiers, 'Description'),
    parameters: parameters.map(({ declaration, direction, isReturnValue }) => ({
      name: declaration.name,
      id: declaration.id,
      direction,
      isReturnValue,
    })),
    input: built.input.record,
    output: built.output.record,
    location: method.location,
    qualifiers: method.qualifiers,
  };
}

function byName(declarations: readonly ItemDeclaration[]): ReadonlyMap<string, ItemDeclaration> {
  return new Map(declarations.map((each) => [nameKey(each.name), each]));
}

function directed(
  node: Parameter,
  source: SourceFile,
  className: string,
  report: Findings,
): DirectedParameter {
  const qualifiers = qualifierSet(source, node.qualifiers, NO_STATEMENTS);
  checkQualifiers(qualifiers, 'parameter', className, report);
  return {
    declaration: {
      name: node.name.name,
      id: 0,
      type: node.type,
      array: node.array,
      qualifiers,
      written: qualifiers,
      access: 'read-write',
      defaultValue: node.defaultValue && { node: node.defaultValue, source },
      inheritedFrom: undefined,
      location: at(source, node.name),
      isPlaced: true,
    },
    direction: directionOf(qualifiers),
    position: integer(qualifiers, 'ID'),
    isReturnValue: false,
  };
}

/** Neither In nor Out means both: mofcomp adds the two (docs/spec/language.md#semantics, rule 1). */
function directionOf(qualifiers: QualifierSet): MethodParameter['direction'] {
  const isIn = flag(qualifiers, 'In');
  const isOut = flag(qualifiers, 'Out');
  return isIn === isOut ? 'in-out' : isIn ? 'in' : 'out';
}

/** By ID if every parameter has a unique one, else in the order of declaration. */
function inWireOrder(
  method: MethodSymbol,
  parameters: readonly DirectedParameter[],
  report: Findings,
): readonly DirectedParameter[] {
  const numbered = parameters.flatMap(({ position, ...rest }) =>
    position === undefined ? [] : [{ position, ...rest }],
  );
  if (numbered.length === 0) return parameters;
  const byPosition = new Map<bigint, ItemDeclaration>();
  for (const { position, declaration } of numbered) {
    const earlier = byPosition.get(position);
    if (earlier !== undefined) {
      warnAboutOrder(
        declaration,
        `ID ${position} of '${declaration.name}' is already that of '${earlier.name}'`,
        report,
      );
      return parameters;
    }
    byPosition.set(position, declaration);
  }
  const without = parameters.find((each) => each.position === undefined);
  if (without !== undefined) {
    warnAboutOrder(
      without.declaration,
      `'${without.declaration.name}' has no ID, but others of '${method.name}' have one`,
      report,
    );
    return parameters;
  }
  return numbered.sort((a, b) => (a.position < b.position ? -1 : 1));
}

function warnAboutOrder(declaration: ItemDeclaration, message: string, report: Findings): void {
  const location = declaration.qualifiers.entry('ID')?.location ?? declaration.location;
  report.add('MOF2504', location, `${message}; the parameters keep the order of the text`, {
    help: 'number all parameters from 0, or none',
  });
}

/**
 * A method with an output before an input made the whole class invalid (WBEM_E_INVALID_CLASS) on Windows Server 2003
 * (KB 819064).
 */
function warnAboutDirections(
  method: MethodSymbol,
  parameters: readonly DirectedParameter[],
  report: Findings,
): void {
  const output = parameters.findIndex(({ direction }) => direction === 'out');
  const first = parameters[output];
  const late = parameters.slice(output + 1).find(({ direction }) => direction === 'in');
  if (first === undefined || late === undefined) return;
  report.add(
    'MOF2506',
    late.declaration.location,
    `the input '${late.declaration.name}' of '${method.name}' follows the output '${first.declaration.name}'`,
    {
      help: 'put the [in] parameters first',
      related: [{ location: first.declaration.location, message: 'the output before it' }],
    },
  );
}

/** The qualifiers that describe the returned value; the others describe the method. */
const OF_THE_VALUE = [
  'BitMap',
  'BitValues',
  'DefineValues',
  'MaxLen',
  'MaxValue',
  'MinValue',
  'Units',
  'ValueMap',
  'Values',
] as const satisfies readonly (keyof typeof QUALIFIERS)[];

/** The result of a non-void method, which comes after the outputs. */
function returnValue(
  { node, location }: MethodSymbol,
  qualifiers: QualifierSet,
  parameterCount: number,
): readonly DirectedParameter[] {
  const { returnType } = node;
  if (returnType.kind === 'DataType' && returnType.name === 'void') return [];
  const ofTheValue = selected(qualifiers, OF_THE_VALUE);
  return [
    {
      declaration: {
        name: 'ReturnValue',
        id: parameterCount + 1,
        type: returnType,
        array: undefined,
        qualifiers: ofTheValue,
        written: ofTheValue,
        access: 'read-write',
        defaultValue: undefined,
        inheritedFrom: undefined,
        location: at(location.source, returnType),
        isPlaced: true,
      },
      direction: 'out',
      position: undefined,
      isReturnValue: true,
    },
  ];
}

function warnAboutReturnValue(
  { node, name, location }: MethodSymbol,
  output: BuiltRecord,
  report: Findings,
): void {
  if (node.returnType.kind === 'DataType' && node.returnType.name === 'void') return;
  // The type may be a misspelled `void`: it is reported as unknown.
  if (node.returnType.kind !== 'DataType' && output.isBroken) return;
  const offset = output.isBroken ? undefined : output.record.items.at(-1)?.layout.offset;
  const place =
    offset === undefined ? 'after the other outputs' : `at byte ${offset} of the output`;
  report.add(
    'MOF2503',
    at(location.source, node.returnType),
    `'${name}' returns a value, but WMI documents void methods only; the value is ${place}`,
    { help: 'declare it void and add an [out] parameter' },
  );
}

function reportRepeatedNames(parameters: readonly DirectedParameter[], report: Findings): boolean {
  const first = new Map<string, ItemDeclaration>();
  let found = false;
  for (const { declaration, isReturnValue } of parameters) {
    const earlier = first.get(nameKey(declaration.name));
    first.set(nameKey(declaration.name), earlier ?? declaration);
    if (earlier === undefined) continue;
    found = true;
    const message = isReturnValue
      ? `the return value is called 'ReturnValue', as a parameter already is`
      : `the parameter '${declaration.name}' is declared twice`;
    report.add('MOF2003', declaration.location, message, {
      help: 'rename the parameter',
      related: [{ location: earlier.location, message: 'first declared here' }],
    });
  }
  return found;
}
