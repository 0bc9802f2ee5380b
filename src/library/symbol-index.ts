/**
 * Answers an editor's questions about symbols: what is at a place, where is it declared, who uses it, what would renaming change.
 *
 * Places are those that a person wrote: the name of a file and offsets in its text. It must not know what a class means to WMI.
 */
import { tokensOf } from '../../grammar/token-list.js';
import { type ParsedText } from '../compilation.js';
import { type Edit, type Location } from '../diagnostics/diagnostic.js';
import { addTo } from '../lists.js';
import { gatherSymbols, idOf, key, type MofSymbol, type SymbolReference } from './symbols.js';

/** What renaming takes. Nothing is changed by asking. */
export interface Renaming {
  /** The edits, which do not overlap. */
  readonly edits: readonly Edit[];
  /** Places that have to change too and where a macro stands for the name, so that an editor cannot change them. */
  readonly blocked: readonly Location[];
  /** The symbols in the same scope that have the new name already. */
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
  /** The reference at an offset of a file, also one whose symbol nothing declares. */
  referenceAt(file: string, offset: number): SymbolReference | undefined;
  /** The references to a symbol, in the order of the texts; its declarations are not among them. */
  referencesTo(symbol: MofSymbol): readonly SymbolReference[];
  /** The name where the symbol is declared: in its first declaration that is more than `class X;`. */
  definitionOf(reference: SymbolReference): Location | undefined;
  /** What a file declares, in the order of its text. */
  outline(file: string): readonly OutlineEntry[];
  /**
   * What has to change so that a symbol is called `name`: its declarations and references, and those of all members that
   * override it or that it overrides. Throws a RangeError when `name` is no MOF name, or the symbol is an instance, which has
   * no name of its own.
   */
  rename(symbol: MofSymbol, name: string): Renaming;
}

/** A name at a place. */
interface Occurrence {
  readonly location: Location;
  readonly isVerbatim: boolean;
  readonly symbol: MofSymbol | undefined;
  readonly reference: SymbolReference | undefined;
}

/**
 * Makes the index of an analysis (`analysis.texts`), or of any texts that were parsed. Classes of one name are one symbol,
 * also in two namespaces. It does not follow changes of the texts.
 */
export function indexSymbols(texts: readonly ParsedText[]): SymbolIndex {
  const { symbols, references } = gatherSymbols(texts);
  const all = withMembers(symbols);
  const referencesOf = new Map<MofSymbol, SymbolReference[]>();
  const byFile = new Map<string, Occurrence[]>();
  for (const symbol of all) {
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

  const occurrencesAt = (file: string, offset: number): readonly Occurrence[] =>
    occurrencesIn(byFile.get(file) ?? [], offset);
  const referencesTo = (symbol: MofSymbol) => referencesOf.get(symbol) ?? [];
  const families = familiesOf(all);

  return {
    symbols,
    references,
    symbolAt: (file, offset) =>
      occurrencesAt(file, offset).find(({ symbol }) => symbol !== undefined)?.symbol,
    referenceAt: (file, offset) =>
      occurrencesAt(file, offset).find(({ reference }) => reference !== undefined)?.reference,
    referencesTo,
    definitionOf({ symbol }) {
      const declarations = symbol?.declarations ?? [];
      return (declarations.find(({ isForward }) => !isForward) ?? declarations[0])?.location;
    },
    outline: (file) => outlineOf(symbols, file),
    rename(symbol, name) {
      if (symbol.kind === 'instance') throw new RangeError('an instance has no name of its own');
      if (!isName(name)) throw new RangeError(`'${name}' is no name`);
      const family = families(symbol);
      const places = family.flatMap((each) => [...each.declarations, ...referencesTo(each)]);
      const edits = new Map<string, Edit>();
      const blocked = new Map<string, Location>();
      for (const { location, isVerbatim } of places) {
        if (isVerbatim) edits.set(idOf(location), { location, newText: name });
        else blocked.set(idOf(location), location);
      }
      return {
        edits: [...edits.values()],
        blocked: [...blocked.values()],
        clashes: family.flatMap((each) => clashesOf(each, family, symbols, name)),
      };
    },
  };
}

function withMembers(symbols: readonly MofSymbol[]): readonly MofSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...withMembers(symbol.members)]);
}

/** The occurrences around `offset`, those that begin last first: the narrowest name. */
function occurrencesIn(sorted: readonly Occurrence[], offset: number): readonly Occurrence[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.location.span.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  const found: Occurrence[] = [];
  // Names do not overlap, but a macro may stand for several.
  for (let index = low - 1; index >= 0; index--) {
    const each = sorted[index];
    if (each === undefined || each.location.span.end < offset) break;
    found.push(each);
  }
  return found;
}

/** All members that override one another. */
function familiesOf(all: readonly MofSymbol[]): (symbol: MofSymbol) => readonly MofSymbol[] {
  const rootOf = (symbol: MofSymbol): MofSymbol => {
    const visited = new Set<MofSymbol>();
    let root = symbol;
    while (root.overrides !== undefined && !visited.has(root)) {
      visited.add(root);
      root = root.overrides;
    }
    return root;
  };
  const byRoot = new Map<MofSymbol, MofSymbol[]>();
  for (const symbol of all) addTo(byRoot, rootOf(symbol), symbol);
  return (symbol) => byRoot.get(rootOf(symbol)) ?? [symbol];
}

function clashesOf(
  symbol: MofSymbol,
  family: readonly MofSymbol[],
  top: readonly MofSymbol[],
  name: string,
): readonly MofSymbol[] {
  const scope = symbol.container?.members ?? top;
  const isFeature = symbol.container?.kind === 'class';
  return scope.filter(
    (each) =>
      key(each.name) === key(name) &&
      // Properties and methods of a class share their names; kinds of the top level do not.
      (isFeature || each.kind === symbol.kind) &&
      !family.includes(each),
  );
}

function outlineOf(symbols: readonly MofSymbol[], file: string): readonly OutlineEntry[] {
  return symbols
    .flatMap((symbol) =>
      symbol.declarations
        .filter(({ extent }) => extent.source.name === file)
        .map(({ location, extent }): OutlineEntry => {
          const { start, end } = extent.span;
          const members = outlineOf(symbol.members, file).filter(
            (each) => each.extent.span.start >= start && each.extent.span.end <= end,
          );
          return { symbol, location, extent, members };
        }),
    )
    .sort((a, b) => a.extent.span.start - b.extent.span.start);
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
