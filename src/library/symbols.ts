/**
 * What a MOF text declares and where it is referred to, gathered from syntax trees.
 *
 * It must not know what a class means to WMI, nor how an editor asks; symbol-index.ts answers questions about it.
 */
import {
  type AliasIdentifier,
  type ClassDeclaration,
  type ClassFeature,
  type Identifier,
  type InstanceDeclaration,
  type InstanceValue,
  type MofProduction,
  type Parameter,
  type Qualifier,
  type Span,
  type StringLiteral,
  type TypeReference,
  type Value,
  type ValueInitializer,
} from '../../grammar/ast.js';
import { type ParsedText } from '../compilation.js';
import { type Location } from '../diagnostics/diagnostic.js';
import { writtenPlace } from '../source/composition.js';
import { type SourceFile } from '../source/source-file.js';

export type SymbolKind =
  | 'class'
  /** A property or a reference of a class. */
  | 'property'
  | 'method'
  | 'parameter'
  /** Declared by `qualifier Name : …`. */
  | 'qualifier'
  /** `$Name`, which `as $Name` gives to a class or an instance. */
  | 'alias'
  /** `instance of Class { … }` at the top level; its name is that of the class. */
  | 'instance';

/** One place that declares a symbol. */
export interface SymbolDeclaration {
  /** The name, as a person wrote it; of an alias without the dollar sign. */
  readonly location: Location;
  /** The whole declaration, with its qualifiers. */
  readonly extent: Location;
  /** `class X;`, which says nothing of the class. */
  readonly isForward: boolean;
  /** The text at `location` is the name itself. False where a macro stands for it. */
  readonly isVerbatim: boolean;
}

/** Something that has a name. Declarations of one class are one symbol; names compare without case. */
export interface MofSymbol {
  readonly kind: SymbolKind;
  /** As its first declaration spells it; of an alias without the dollar sign. */
  readonly name: string;
  /** The class of a feature, the method of a parameter. */
  readonly container: MofSymbol | undefined;
  /** The features of a class, the parameters of a method, in the order of the text. */
  readonly members: readonly MofSymbol[];
  /** In the order of the text; at least one. */
  readonly declarations: readonly SymbolDeclaration[];
  /** The member of the nearest class above that has one of the same name. */
  readonly overrides: MofSymbol | undefined;
}

export type ReferenceKind =
  | 'superclass'
  /** The class of a property, a parameter, a return value or a reference; also in `object:Class`. */
  | 'type'
  /** `instance of Class` */
  | 'instance'
  /** The value of a property in an instance. */
  | 'initializer'
  /** `$Name` as a value. */
  | 'alias'
  /** `[Name(…)]` */
  | 'qualifier'
  /** The string of WmiSizeIs, WmiEventTrigger, WmiEventRate, Override, EmbeddedInstance or CIMTYPE. */
  | 'string';

/** One place that uses a name. */
export interface SymbolReference {
  readonly kind: ReferenceKind;
  /** As it is spelled, without the dollar sign of an alias. */
  readonly name: string;
  /** The name, as a person wrote it; within the quotes of a string, behind the dollar sign of an alias. */
  readonly location: Location;
  /** The text at `location` is the name itself. False where a macro stands for it. */
  readonly isVerbatim: boolean;
  /** `undefined` when nothing in the analysed texts declares it, as most qualifiers. */
  readonly symbol: MofSymbol | undefined;
}

/** A symbol while it is gathered. */
interface OpenSymbol extends MofSymbol {
  container: OpenSymbol | undefined;
  readonly members: OpenSymbol[];
  readonly declarations: SymbolDeclaration[];
  overrides: OpenSymbol | undefined;
  readonly byName: Map<string, OpenSymbol>;
  superclass: string | undefined;
}

interface OpenReference extends SymbolReference {
  symbol: OpenSymbol | undefined;
  readonly find: () => OpenSymbol | undefined;
}

/** A name and where it is. */
interface Named {
  readonly name: string;
  readonly span: Span;
}

export interface Gathered {
  /** Those of the top level, in the order of the texts. */
  readonly symbols: readonly MofSymbol[];
  /** In the order of the texts, each place once. */
  readonly references: readonly SymbolReference[];
}

export function gatherSymbols(texts: readonly ParsedText[]): Gathered {
  const top: OpenSymbol[] = [];
  const tables = {
    class: new Map<string, OpenSymbol>(),
    qualifier: new Map<string, OpenSymbol>(),
    alias: new Map<string, OpenSymbol>(),
  };
  const instances = new Map<string, OpenSymbol>();
  const references: OpenReference[] = [];
  const seen = new Set<string>();

  const classNamed = (name: string) => tables.class.get(key(name));

  const open = (
    source: SourceFile,
    kind: SymbolKind,
    named: Named,
    extent: Span,
    isForward = false,
    container?: OpenSymbol,
  ): OpenSymbol => {
    const table =
      container?.byName ??
      (kind === 'class' || kind === 'qualifier' || kind === 'alias' ? tables[kind] : undefined);
    // A class may have a property and a method of one name; both are members.
    const id = container === undefined ? key(named.name) : `${kind} ${key(named.name)}`;
    const place = placeOf(source, named);
    const placeId = `declaration ${kind} ${idOf(place.location)}`;
    // Instances have no name of their own: each place is one.
    let symbol = table === undefined ? instances.get(placeId) : table.get(id);
    if (symbol === undefined) {
      symbol = {
        kind,
        name: named.name,
        container,
        members: [],
        declarations: [],
        overrides: undefined,
        byName: new Map(),
        superclass: undefined,
      };
      if (table === undefined) instances.set(placeId, symbol);
      else table.set(id, symbol);
      (container?.members ?? top).push(symbol);
    }
    // A file that is included twice declares its classes in one place.
    if (!seen.has(placeId)) {
      seen.add(placeId);
      const whole = writtenPlace({ source, span: extent });
      symbol.declarations.push({ ...place, extent: whole, isForward });
    }
    return symbol;
  };

  const refer = (
    source: SourceFile,
    kind: ReferenceKind,
    named: Named,
    find: () => OpenSymbol | undefined,
  ): void => {
    const place = placeOf(source, named);
    const id = `${kind} ${key(named.name)} ${idOf(place.location)}`;
    if (seen.has(id)) return;
    seen.add(id);
    references.push({ kind, name: named.name, ...place, symbol: undefined, find });
  };

  const referToClass = (source: SourceFile, kind: ReferenceKind, named: Named): void => {
    refer(source, kind, named, () => classNamed(named.name));
  };

  const superclassOf = (symbol: OpenSymbol) =>
    symbol.superclass === undefined ? undefined : classNamed(symbol.superclass);

  /** The member of a class or of what is above it. */
  const memberOf = (
    owner: OpenSymbol | undefined,
    kind: SymbolKind,
    name: string,
  ): OpenSymbol | undefined => {
    const visited = new Set<OpenSymbol>();
    for (let each = owner; each !== undefined && !visited.has(each); each = superclassOf(each)) {
      visited.add(each);
      const found = each.byName.get(`${kind} ${key(name)}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const inType = (source: SourceFile, type: TypeReference): void => {
    const named = type.kind === 'DataType' ? type.objectClass : type.name;
    // `object ref` names no class.
    if (named === undefined || (type.kind === 'ReferenceType' && key(named.name) === 'object')) {
      return;
    }
    referToClass(source, 'type', named);
  };

  const inQualifiers = (
    source: SourceFile,
    qualifiers: readonly Qualifier[],
    item: (name: string) => OpenSymbol | undefined,
    overridden: (name: string) => OpenSymbol | undefined,
  ): void => {
    for (const { name, value } of qualifiers) {
      refer(source, 'qualifier', name, () => tables.qualifier.get(key(name.name)));
      if (value?.kind !== 'String') {
        inValue(source, value);
        continue;
      }
      const named = stringName(source, value);
      switch (key(name.name)) {
        case 'wmisizeis':
        case 'wmieventtrigger':
        case 'wmieventrate':
          refer(source, 'string', named, () => item(named.name));
          break;
        case 'override':
          refer(source, 'string', named, () => overridden(named.name));
          break;
        case 'embeddedinstance':
          referToClass(source, 'string', named);
          break;
        case 'cimtype': {
          const colon = named.name.indexOf(':');
          if (colon >= 0) referToClass(source, 'string', behind(named, colon + 1));
          break;
        }
      }
    }
  };

  const inValue = (source: SourceFile, value: Value | undefined): void => {
    if (value?.kind === 'Alias') {
      refer(source, 'alias', aliasName(value), () => tables.alias.get(key(value.name)));
    } else if (value?.kind === 'Array') {
      for (const element of value.elements) inValue(source, element);
    } else if (value?.kind === 'Instance') inInstance(source, value);
  };

  const nothing = (): undefined => undefined;

  const inInstance = (source: SourceFile, node: InstanceDeclaration | InstanceValue): void => {
    referToClass(source, 'instance', node.className);
    if (node.alias !== undefined) open(source, 'alias', aliasName(node.alias), node.span);
    for (const property of node.properties) inInitializer(source, node.className, property);
  };

  const inInitializer = (
    source: SourceFile,
    className: Identifier,
    { name, value, qualifiers }: ValueInitializer,
  ): void => {
    inQualifiers(source, qualifiers, nothing, nothing);
    refer(source, 'initializer', name, () =>
      memberOf(classNamed(className.name), 'property', name.name),
    );
    inValue(source, value);
  };

  const inParameter = (source: SourceFile, method: OpenSymbol, node: Parameter): void => {
    open(source, 'parameter', node.name, node.span, false, method);
    const item = (name: string) => method.byName.get(`parameter ${key(name)}`);
    inQualifiers(source, node.qualifiers, item, nothing);
    inType(source, node.type);
    inValue(source, node.defaultValue);
  };

  const inFeature = (source: SourceFile, owner: OpenSymbol, node: ClassFeature): void => {
    const kind = node.kind === 'MethodDeclaration' ? 'method' : 'property';
    const symbol = open(source, kind, node.name, node.span, false, owner);
    const item = (name: string) => memberOf(owner, 'property', name);
    const overridden = (name: string) => memberOf(superclassOf(owner), kind, name);
    inQualifiers(source, node.qualifiers, item, overridden);
    if (node.kind === 'MethodDeclaration') {
      inType(source, node.returnType);
      for (const parameter of node.parameters) inParameter(source, symbol, parameter);
    } else {
      inType(source, node.type);
      inValue(source, node.defaultValue);
    }
  };

  const inClass = (source: SourceFile, node: ClassDeclaration): void => {
    const symbol = open(source, 'class', node.name, node.span, node.features === undefined);
    inQualifiers(source, node.qualifiers, nothing, nothing);
    if (node.alias !== undefined) open(source, 'alias', aliasName(node.alias), node.span);
    if (node.superclass !== undefined) {
      symbol.superclass ??= node.superclass.name;
      referToClass(source, 'superclass', node.superclass);
    }
    for (const feature of node.features ?? []) inFeature(source, symbol, feature);
  };

  const inProduction = (source: SourceFile, node: MofProduction): void => {
    switch (node.kind) {
      case 'ClassDeclaration':
        inClass(source, node);
        break;
      case 'InstanceDeclaration':
        inQualifiers(source, node.qualifiers, nothing, nothing);
        open(source, 'instance', node.className, node.span);
        inInstance(source, node);
        break;
      case 'QualifierDeclaration':
        open(source, 'qualifier', node.name, node.span);
        inValue(source, node.defaultValue);
        break;
      case 'GlobalFlavor':
        open(source, 'qualifier', node.name, node.span);
        break;
      case 'CompilerDirective':
        break;
      default:
        return node satisfies never;
    }
  };

  for (const { source, tree } of texts) {
    for (const node of tree.productions) inProduction(source, node);
  }
  for (const symbol of tables.class.values()) {
    for (const member of symbol.members) {
      member.overrides = memberOf(superclassOf(symbol), member.kind, member.name);
      // A class that derives from itself overrides nothing.
      if (member.overrides === member) member.overrides = undefined;
    }
  }
  for (const reference of references) reference.symbol = reference.find();
  return {
    symbols: top,
    references: references.map(({ kind, name, location, isVerbatim, symbol }) => ({
      kind,
      name,
      location,
      isVerbatim,
      symbol,
    })),
  };
}

/** Where a name was written, and whether it is there as it is. */
function placeOf(source: SourceFile, { name, span }: Named) {
  const location = writtenPlace({ source, span });
  const { start, end } = location.span;
  return { location, isVerbatim: location.source.text.slice(start, end) === name };
}

/** The text of a string that is written in one piece and without escapes, else the whole literal. */
function stringName(source: SourceFile, { value, span }: StringLiteral): Named {
  const inner = { start: span.start + 1, end: span.end - 1 };
  const isPlain = source.text.slice(inner.start, inner.end) === value;
  return { name: value, span: isPlain ? inner : span };
}

function behind({ name, span }: Named, length: number): Named {
  return {
    name: name.slice(length),
    span: { start: Math.min(span.start + length, span.end), end: span.end },
  };
}

function aliasName({ name, span }: AliasIdentifier): Named {
  return { name, span: { start: span.start + 1, end: span.end } };
}

/** What places have in common that are the same. */
export function idOf({ source, span }: Location): string {
  return `${span.start} ${span.end} ${source.name}`;
}

export function key(name: string): string {
  return name.toLowerCase();
}
