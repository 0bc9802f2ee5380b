/**
 * Collects the declarations and references of MOF texts from their syntax trees.
 */
import { nameKey } from '../text/name-key.js';
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
  type StringLiteral,
  type TypeReference,
  type Value,
  type ValueInitializer,
} from '../../grammar/ast.js';
import { type Span } from '../text/span.js';
import { type ParsedText } from '../compile/compilation.js';
import { type Location } from '../diagnostics/diagnostic.js';
import { writtenPlace } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';
import { findMembers, type MemberQuery } from './member-lookup.js';

export type SymbolKind =
  | 'class'
  /** A property or a reference of a class. */
  | 'property'
  | 'method'
  | 'parameter'
  /** Declared by `qualifier Name : …`. */
  | 'qualifier'
  /** `$Name`, declared by `as $Name` of a class or an instance. */
  | 'alias'
  /** `instance of Class { … }` at the top level; its name is that of the class. */
  | 'instance';

/** One place that declares a symbol. */
export interface SymbolDeclaration {
  /** The place of the written name; of an alias without the dollar sign. */
  readonly location: Location;
  /** The whole declaration, with its qualifiers. */
  readonly extent: Location;
  /** `class X;`, which declares only the name. */
  readonly isForward: boolean;
  /** The text at `location` is the name itself. False where a macro expands to it, or a string has it with escapes or in pieces. */
  readonly isVerbatim: boolean;
}

/** Something that has a name. Declarations of one class are one symbol; names compare without case. */
export interface MofSymbol {
  readonly kind: SymbolKind;
  /** As written in its first declaration; of an alias without the dollar sign. */
  readonly name: string;
  /** The class of a feature, the method of a parameter. */
  readonly container: MofSymbol | undefined;
  /** The features of a class, the parameters of a method, in the order of the text. */
  readonly members: readonly MofSymbol[];
  /** In the order of the texts; at least one. */
  readonly declarations: readonly SymbolDeclaration[];
  /** The member of the same kind and name in the nearest superclass that has one. */
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
  /** As written, without the dollar sign of an alias. */
  readonly name: string;
  /** The place of the written name: within the quotes of a string, after the dollar sign of an alias. */
  readonly location: Location;
  /** The text at `location` is the name itself. False where a macro expands to it, or a string has it with escapes or in pieces. */
  readonly isVerbatim: boolean;
  /** `undefined` when nothing in the analyzed texts declares it, as with most qualifiers. */
  readonly symbol: MofSymbol | undefined;
}

/** A symbol under construction. */
interface OpenSymbol extends MofSymbol {
  container: OpenSymbol | undefined;
  readonly members: OpenSymbol[];
  readonly declarations: SymbolDeclaration[];
  overrides: OpenSymbol | undefined;
  /** The members by `memberId`. */
  readonly byName: Map<string, OpenSymbol>;
  superclass: string | undefined;
}

/** The target of a reference, resolved after all texts are collected. */
type Target =
  | { readonly find: () => OpenSymbol | undefined }
  /** A member of a class or of its superclasses. */
  | { readonly owner: () => OpenSymbol | undefined; readonly memberId: string };

interface OpenReference extends SymbolReference {
  symbol: OpenSymbol | undefined;
  readonly target: Target;
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

  const classNamed = (name: string) => tables.class.get(nameKey(name));

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
    const id = container === undefined ? nameKey(named.name) : memberId(kind, named.name);
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

  const refer = (source: SourceFile, kind: ReferenceKind, named: Named, target: Target): void => {
    const place = placeOf(source, named);
    const id = `${kind} ${nameKey(named.name)} ${idOf(place.location)}`;
    if (seen.has(id)) return;
    seen.add(id);
    references.push({ kind, name: named.name, ...place, symbol: undefined, target });
  };

  const referToClass = (source: SourceFile, kind: ReferenceKind, named: Named): void => {
    refer(source, kind, named, { find: () => classNamed(named.name) });
  };

  const superclassOf = (symbol: OpenSymbol) =>
    symbol.superclass === undefined ? undefined : classNamed(symbol.superclass);

  const inType = (source: SourceFile, type: TypeReference): void => {
    const named = type.kind === 'DataType' ? type.objectClass : type.name;
    // `object ref` names no class.
    if (
      named === undefined ||
      (type.kind === 'ReferenceType' && nameKey(named.name) === 'object')
    ) {
      return;
    }
    referToClass(source, 'type', named);
  };

  const inQualifiers = (
    source: SourceFile,
    qualifiers: readonly Qualifier[],
    item: (name: string) => Target,
    overridden: (name: string) => Target,
  ): void => {
    for (const { name, value } of qualifiers) {
      refer(source, 'qualifier', name, { find: () => tables.qualifier.get(nameKey(name.name)) });
      if (value?.kind !== 'String') {
        inValue(source, value);
        continue;
      }
      const named = stringName(source, value);
      switch (nameKey(name.name)) {
        case 'wmisizeis':
        case 'wmieventtrigger':
        case 'wmieventrate':
          refer(source, 'string', named, item(named.name));
          break;
        case 'override':
          refer(source, 'string', named, overridden(named.name));
          break;
        case 'embeddedinstance':
          referToClass(source, 'string', named);
          break;
        case 'cimtype': {
          const colon = named.name.indexOf(':');
          if (colon >= 0) referToClass(source, 'string', withoutStart(named, colon + 1));
          break;
        }
      }
    }
  };

  const inValue = (source: SourceFile, value: Value | undefined): void => {
    if (value?.kind === 'Alias') {
      refer(source, 'alias', aliasName(value), {
        find: () => tables.alias.get(nameKey(value.name)),
      });
    } else if (value?.kind === 'Array') {
      for (const element of value.elements) inValue(source, element);
    } else if (value?.kind === 'Instance') inInstance(source, value);
  };

  const nothing = (): Target => ({ find: () => undefined });

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
    refer(source, 'initializer', name, {
      owner: () => classNamed(className.name),
      memberId: memberId('property', name.name),
    });
    inValue(source, value);
  };

  const inParameter = (source: SourceFile, method: OpenSymbol, node: Parameter): void => {
    open(source, 'parameter', node.name, node.span, false, method);
    const item = (name: string): Target => ({
      find: () => method.byName.get(memberId('parameter', name)),
    });
    inQualifiers(source, node.qualifiers, item, nothing);
    inType(source, node.type);
    inValue(source, node.defaultValue);
  };

  const inFeature = (source: SourceFile, owner: OpenSymbol, node: ClassFeature): void => {
    const kind = node.kind === 'MethodDeclaration' ? 'method' : 'property';
    const symbol = open(source, kind, node.name, node.span, false, owner);
    const item = (name: string): Target => ({
      owner: () => owner,
      memberId: memberId('property', name),
    });
    const overridden = (name: string): Target => ({
      owner: () => superclassOf(owner),
      memberId: memberId(kind, name),
    });
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
  const queries: MemberQuery<OpenSymbol, OpenSymbol>[] = [];
  for (const symbol of tables.class.values()) {
    const from = superclassOf(symbol);
    if (from === undefined) continue;
    for (const [id, member] of symbol.byName) {
      const found = (overridden: OpenSymbol): void => {
        // A class that derives from itself finds its own member.
        if (overridden !== member) member.overrides = overridden;
      };
      queries.push({ from, id, found });
    }
  }
  for (const reference of references) {
    const { target } = reference;
    const found = (symbol: OpenSymbol | undefined): void => {
      reference.symbol = symbol;
    };
    if ('find' in target) {
      found(target.find());
      continue;
    }
    const from = target.owner();
    if (from !== undefined) queries.push({ from, id: target.memberId, found });
  }
  findMembers(tables.class.values(), superclassOf, queries);
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

/** The place of a written name, and whether the text there is the name itself. */
function placeOf(source: SourceFile, { name, span }: Named) {
  const location = writtenPlace({ source, span });
  const { start, end } = location.span;
  return { location, isVerbatim: location.source.text.slice(start, end) === name };
}

/** The place within the quotes if a string is in one piece and without escapes, else the whole literal. */
function stringName(source: SourceFile, { value, span }: StringLiteral): Named {
  const inner = { start: span.start + 1, end: span.end - 1 };
  const isPlain = source.text.slice(inner.start, inner.end) === value;
  return { name: value, span: isPlain ? inner : span };
}

function withoutStart({ name, span }: Named, length: number): Named {
  return {
    name: name.slice(length),
    span: { start: Math.min(span.start + length, span.end), end: span.end },
  };
}

function aliasName({ name, span }: AliasIdentifier): Named {
  return { name, span: { start: span.start + 1, end: span.end } };
}

/** Identifies a place within a set of texts. */
export function idOf({ source, span }: Location): string {
  return `${span.start} ${span.end} ${source.name}`;
}

/** Identifies a member of a class: a property and a method of one name are two members. */
function memberId(kind: SymbolKind, name: string): string {
  return `${kind} ${nameKey(name)}`;
}
