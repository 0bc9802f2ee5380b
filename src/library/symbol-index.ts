/**
 * Symbol look-up for editors: the symbol at a place, definitions and references, the outline of a file, the edits of a rename.
 *
 * Places refer to the written text: the name of a file and offsets in it.
 */
import { nameKey } from '../text/name-key.js';
import { firstWhere } from '../text/binary-search.js';
import { type Span } from '../text/span.js';
import { tokensOf } from '../../grammar/token-list.js';
import { type ParsedText } from '../compile/compilation.js';
import { type Edit, type Location } from '../diagnostics/diagnostic.js';
import { addTo } from '../text/lists.js';
import { gatherSymbols, idOf, type MofSymbol, type SymbolReference } from './symbols.js';

/** The edits of a rename. Computing them changes nothing. */
export interface Renaming {
  /** The edits, which do not overlap. */
  readonly edits: readonly Edit[];
  /** Places that must change too, but where the text is not the name itself, such as the use of a macro: they have no edit. */
  readonly blocked: readonly Location[];
  /** The symbols in the same scope that already have the new name. */
  readonly clashes: readonly MofSymbol[];
}

/** A symbol in the outline of one file. */
export interface OutlineEntry {
  readonly symbol: MofSymbol;
  /** The name in this file. */
  readonly location: Location;
  /** The whole declaration in this file. */
  readonly extent: Location;
  /** The members that are declared in this file, in the order of the text. */
  readonly members: readonly OutlineEntry[];
}

export interface SymbolIndex {
  /** The symbols of the top level, in the order of the texts: classes, qualifiers, aliases, instances. */
  readonly symbols: readonly MofSymbol[];
  /** In the order of the texts. */
  readonly references: readonly SymbolReference[];
  /**
   * The symbol that is declared or referred to at an offset of a file: `file` is the name of a SourceFile, `offset` counts
   * UTF-16 code units of its text from 0. The place directly after a name counts as well, where a cursor may be.
   */
  symbolAt(file: string, offset: number): MofSymbol | undefined;
  /** The reference at an offset of a file, even if its symbol is not declared. */
  referenceAt(file: string, offset: number): SymbolReference | undefined;
  /** The references to a symbol, in the order of the texts, without its declarations. */
  referencesTo(symbol: MofSymbol): readonly SymbolReference[];
  /** The name where the symbol is declared: in its first declaration that is more than `class X;`. */
  definitionOf(reference: SymbolReference): Location | undefined;
  /** The declarations of a file, in the order of its text. */
  outline(file: string): readonly OutlineEntry[];
  /**
   * The edits that rename a symbol to `name`: of its declarations and references, and of those of all members that override it
   * or that it overrides. Throws a RangeError when `name` is not a MOF name, or the symbol is an
   * instance, which has no name of its own.
   */
  rename(symbol: MofSymbol, name: string): Renaming;
}

/** An occurrence of a name. */
interface Occurrence {
  readonly location: Location;
  readonly isVerbatim: boolean;
  readonly symbol: MofSymbol | undefined;
  readonly reference: SymbolReference | undefined;
}

/**
 * Creates the index of an analysis (`analysis.texts`), or of other parsed texts. Classes of one name are one symbol, even in two
 * namespaces. The index is not updated when texts change.
 */
export function indexSymbols(texts: readonly ParsedText[]): SymbolIndex {
  const { symbols, references } = gatherSymbols(texts);
  const all = withMembers(symbols);
  const referencesOf = new Map<MofSymbol, SymbolReference[]>();
  const byFile = new Map<string, Occurrence[]>();
  const definitions = new Map<MofSymbol, Location>();
  for (const symbol of all) {
    const definition =
      symbol.declarations.find(({ isForward }) => !isForward) ?? symbol.declarations[0];
    if (definition !== undefined) definitions.set(symbol, definition.location);
    // The name of an instance is a reference to its class.
    if (symbol.kind === 'instance') continue;
    for (const { location, isVerbatim } of symbol.declarations) {
      addTo(byFile, location.source.name, { location, isVerbatim, symbol, reference: undefined });
    }
  }
  for (const reference of references) {
    const { location, isVerbatim, symbol } = reference;
    addTo(byFile, location.source.name, { location, isVerbatim, symbol, reference });
    if (symbol !== undefined) addTo(referencesOf, symbol, reference);
  }
  for (const found of byFile.values()) {
    found.sort((a, b) => a.location.span.start - b.location.span.start);
  }

  const occurrencesAt = (file: string, offset: number): Iterable<Occurrence> =>
    occurrencesIn(byFile.get(file) ?? [], offset);
  const referencesTo = (symbol: MofSymbol) => referencesOf.get(symbol) ?? [];
  const families = familiesOf(all);

  return {
    symbols,
    references,
    symbolAt(file, offset) {
      for (const { symbol } of occurrencesAt(file, offset)) if (symbol !== undefined) return symbol;
      return undefined;
    },
    referenceAt(file, offset) {
      for (const { reference } of occurrencesAt(file, offset)) {
        if (reference !== undefined) return reference;
      }
      return undefined;
    },
    referencesTo,
    definitionOf: ({ symbol }) => symbol && definitions.get(symbol),
    outline: (file) => outlineOf(symbols, file),
    rename(symbol, name) {
      if (symbol.kind === 'instance') throw new RangeError('an instance has no name of its own');
      if (!isName(name)) throw new RangeError(`'${name}' is not a MOF name`);
      const family = new Set(families(symbol));
      const places = [...family].flatMap((each) => [...each.declarations, ...referencesTo(each)]);
      const edits = new Map<string, Edit>();
      const blocked = new Map<string, Location>();
      for (const { location, isVerbatim } of places) {
        if (isVerbatim) edits.set(idOf(location), { location, newText: name });
        else blocked.set(idOf(location), location);
      }
      return {
        edits: [...edits.values()],
        blocked: [...blocked.values()],
        clashes: [...family].flatMap((each) => clashesOf(each, family, symbols, name)),
      };
    },
  };
}

function withMembers(symbols: readonly MofSymbol[]): readonly MofSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...withMembers(symbol.members)]);
}

/** The occurrences at `offset`, those that begin last first. */
function* occurrencesIn(sorted: readonly Occurrence[], offset: number): Iterable<Occurrence> {
  // Names do not overlap, but a macro may expand to several, which then have one place.
  let index = firstWhere(sorted, ({ location }) => location.span.start > offset);
  while (index > 0) {
    index -= 1;
    const each = sorted[index];
    if (each === undefined || each.location.span.end < offset) return;
    yield each;
  }
}

/** Groups the members that override one another by the root member, which overrides nothing. */
function familiesOf(all: readonly MofSymbol[]): (symbol: MofSymbol) => readonly MofSymbol[] {
  const roots = new Map<MofSymbol, MofSymbol>();
  const rootOf = (symbol: MofSymbol): MofSymbol => {
    const path = new Set<MofSymbol>();
    let last = symbol;
    // Where superclasses form a cycle, their members do too: then any of these is the root.
    while (last.overrides !== undefined && !roots.has(last) && !path.has(last)) {
      path.add(last);
      last = last.overrides;
    }
    const root = roots.get(last) ?? last;
    for (const each of path) roots.set(each, root);
    return root;
  };
  const byRoot = new Map<MofSymbol, MofSymbol[]>();
  for (const symbol of all) addTo(byRoot, rootOf(symbol), symbol);
  return (symbol) => byRoot.get(rootOf(symbol)) ?? [symbol];
}

function clashesOf(
  symbol: MofSymbol,
  family: ReadonlySet<MofSymbol>,
  top: readonly MofSymbol[],
  name: string,
): readonly MofSymbol[] {
  const scope = symbol.container?.members ?? top;
  const isFeature = symbol.container?.kind === 'class';
  return scope.filter(
    (each) =>
      nameKey(each.name) === nameKey(name) &&
      // Properties and methods of a class share their names; kinds of the top level do not.
      (isFeature || each.kind === symbol.kind) &&
      !family.has(each),
  );
}

function outlineOf(symbols: readonly MofSymbol[], file: string): readonly OutlineEntry[] {
  return symbols
    .flatMap((symbol) => {
      const declarations = symbol.declarations.filter(({ extent }) => extent.source.name === file);
      if (declarations.length === 0) return [];
      const members = outlineOf(symbol.members, file);
      return declarations.map(({ location, extent }) => ({
        symbol,
        location,
        extent,
        members: entriesWithin(members, extent.span),
      }));
    })
    .sort((a, b) => a.extent.span.start - b.extent.span.start);
}

function entriesWithin(
  sorted: readonly OutlineEntry[],
  { start, end }: Span,
): readonly OutlineEntry[] {
  return sorted
    .slice(
      firstWhere(sorted, ({ extent }) => extent.span.start >= start),
      firstWhere(sorted, ({ extent }) => extent.span.start > end),
    )
    .filter(({ extent }) => extent.span.end <= end);
}

function isName(text: string): boolean {
  const [token, ...more] = tokensOf(text);
  return (
    token !== undefined &&
    more.length === 0 &&
    token.text === text &&
    (token.kind === 'name' || token.kind === 'keyword' || token.kind === 'type')
  );
}
