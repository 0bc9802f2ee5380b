/**
 * One input with everything it includes, parsed: the unit that is resolved, emitted and reported as a whole.
 *
 * Preprocesses each text, parses it, and follows `#pragma include` through a callback that reads files.
 */
import { nameKey } from '../text/name-key.js';
import {
  type Amendment,
  amendedSources,
  findStrayAmendments,
  isAmendment,
  type PlacedProduction,
} from './amendments.js';
import {
  type CompilerDirective,
  type MofProduction,
  type MofSpecification,
  parse,
  type SyntaxFix,
} from '../../grammar/index.js';
import { diagnostic, type Fix, type Location, type Result } from '../diagnostics/diagnostic.js';
import { boundedDiagnostics } from '../diagnostics/bounded.js';
import { rowOf } from '../diagnostics/codes.js';
import { amendedEverywhere, withAmended } from './flavors.js';
import { type DefaultPropagation } from './propagation.js';
import { type Losses, lossesOf } from './losses.js';
import { writtenPlace } from '../text/composition.js';
import { decode } from './decode.js';
import { isCHeader } from '../preprocess/includes.js';
import { type Budget, type Macro, macroFromOption, MAX_EXPANDED } from '../preprocess/macros.js';
import { MAX_INCLUDE_DEPTH, preprocess } from '../preprocess/preprocess.js';
import { type SourceFile } from '../text/source-file.js';
import { type WdkArchitecture } from '../preprocess/options.js';
import { wdkMacros } from '../preprocess/predefined.js';

/** A text as it was parsed, and its syntax tree, whose spans are offsets in the text. */
export interface ParsedText {
  /** Macros are replaced in it and textual includes are in place. */
  readonly source: SourceFile;
  readonly tree: MofSpecification;
}

/** Productions of several files in the order in which a compiler meets them. */
export interface CompilationUnit {
  /** The input itself. */
  readonly main: SourceFile;
  /** Its text as it was parsed: macros replaced, textual includes in place, localised texts taken in. */
  readonly text: SourceFile;
  /** The localised texts as they were parsed, in the order of the files. */
  readonly localized: readonly SourceFile[];
  /** The names of all files read, the input first, in the order of their first use. */
  readonly filesRead: readonly string[];
  /** The files as they were written, in the same order. */
  readonly files: readonly SourceFile[];
  /** The texts as they were parsed, before localised texts were taken in. */
  readonly texts: readonly ParsedText[];
  /** Every production but `#pragma include`, which an included file's productions replace. */
  readonly productions: readonly PlacedProduction[];
  /** The same as they were written, those of the localised texts last: nothing is taken into another one. */
  readonly written: readonly PlacedProduction[];
  /** The texts of --reference among the productions (references.ts), with the amended qualifiers of each. */
  readonly references: ReadonlyMap<SourceFile, DefaultPropagation>;
  /** What syntax errors hid. */
  readonly losses: Losses;
}

/**
 * Finds and reads an included file: `path` is the text of the directive, `from` the name of the including file;
 * `isSystem` for `#include <x>`, which is not looked for in the folder of the including file first. `name` identifies the file: the
 * same file must always get the same name. `undefined` when it cannot be read.
 */
export type IncludeReader = (
  path: string,
  from: string,
  isSystem: boolean,
) => { readonly name: string; readonly bytes: Uint8Array } | undefined;

export interface CompileOptions {
  /** Macros, as -D has them: `NAME` or `NAME=TEXT`. */
  readonly defines?: readonly string[];
  /** Predefines the macros of the WDK compiler for this architecture. */
  readonly wdk?: WdkArchitecture | undefined;
  /** Localised files (.mfl) whose texts belong into the classes. */
  readonly mfl?: readonly SourceFile[];
}

export { type PlacedProduction };

/** Preprocesses and parses `main` and, once each, the files that its `#pragma include` directives name. */
export function compile(
  main: SourceFile,
  readInclude: IncludeReader,
  options: CompileOptions = {},
): Result<CompilationUnit> {
  let productions: PlacedProduction[] = [];
  const diagnostics = boundedDiagnostics();
  const filesRead = new Map<string, SourceFile>();
  const texts: ParsedText[] = [];
  const leftOut: Location[] = [];
  const decodedFiles = new Map<string, SourceFile>();
  const macros = macrosOf(options);
  const budget: Budget = { left: MAX_EXPANDED };

  const open = (path: string, from: string, isSystem: boolean): SourceFile | undefined => {
    const found = readInclude(path, from, isSystem);
    if (found === undefined) return undefined;
    const known = decodedFiles.get(found.name);
    if (known !== undefined) return known;
    const { value, diagnostics: faults } = decode(found.bytes, found.name);
    // Only the macros of a C header are used, so its comments are not checked.
    for (const fault of faults) {
      if (fault.severity === 'error' || !isCHeader(found.name)) diagnostics.add(fault);
    }
    decodedFiles.set(found.name, value);
    return value;
  };

  const addFile = (file: SourceFile): void => {
    if (!filesRead.has(file.name)) filesRead.set(file.name, file);
  };

  const visit = (written: SourceFile, including: readonly string[]): SourceFile => {
    addFile(written);
    const chain = [...including, written.name];
    const source = preprocess(written, {
      macros,
      budget,
      chain: including,
      open(path, from, isSystem) {
        const file = open(path, from, isSystem);
        if (file !== undefined) addFile(file);
        return file;
      },
      report: diagnostics.add,
    });
    const {
      value: tree,
      problems,
      lost,
    } = parse(source.text, {
      mayLackMacros: diagnostics.all.some(({ code }) => rowOf(code).lacksInclude === true),
    });
    texts.push({ source, tree });
    for (const span of lost) leftOut.push({ source, span });
    for (const { code, message, help, span, fix } of problems) {
      const fixes = fix && [fixIn(source, fix)];
      diagnostics.add(diagnostic(code, { source, span }, message, { help, fixes }));
    }
    for (const node of tree.productions) {
      if (isInclude(node)) include(node, source, chain);
      else productions.push({ source, node });
    }
    return source;
  };

  const include = (
    directive: CompilerDirective,
    source: SourceFile,
    chain: readonly string[],
  ): void => {
    const location: Location = { source, span: directive.span };
    const [path, ...rest] = directive.arguments ?? [];
    if (path?.kind !== 'String' || rest.length > 0) {
      diagnostics.add(
        diagnostic('MOF1006', location, `'#pragma include' takes one file name`, {
          help: 'write #pragma include("other.mof")',
        }),
      );
      return;
    }
    // The directive may be in a file that was included textually.
    const from = writtenPlace(location).source.name;
    const place: Location = { source, span: path.span };
    const { found, isRaw, message } = openNamed(path, place, (name) => open(name, from, false));
    if (found !== undefined && isRaw) {
      const help = `write '/', or each backslash twice`;
      diagnostics.add(diagnostic('MOF1011', place, message, { help }));
    }
    if (found === undefined) {
      diagnostics.add(
        diagnostic('MOF1004', place, message, {
          help: 'the path is relative to the including file; -I names further folders to search',
        }),
      );
    } else if (chain.includes(found.name)) {
      diagnostics.add(
        diagnostic('MOF1005', location, `'${found.name}' includes itself`, {
          help: `the way round is ${[...chain.slice(chain.indexOf(found.name)), found.name].join(' -> ')}`,
        }),
      );
    } else if (chain.length >= MAX_INCLUDE_DEPTH) {
      diagnostics.add(
        diagnostic('MOF1007', location, `includes are nested more than ${MAX_INCLUDE_DEPTH} deep`, {
          help: 'include the file from the input itself',
        }),
      );
    } else if (!filesRead.has(found.name)) visit(found, chain);
  };

  const text = visit(main, []);
  const plain = productions;
  productions = [];
  const localizedTexts = (options.mfl ?? []).map((file) => visit(file, []));
  const everywhere = amendedEverywhere([...plain, ...productions]);
  const declared = withAmended(plain, everywhere);
  const localized = classesOf(withAmended(productions, everywhere));
  const parsed = texts.map(({ source }) => source);
  const losses = lossesOf(parsed, declared, leftOut, diagnostics.all, [...filesRead.values()]);
  // A missing declaration may be in a part that was not read.
  const copies = classesOf(declared).filter(({ node }) => isAmendment(node));
  const amendments = [...copies, ...localized];
  if (losses.isWhole) {
    // An .mfl file that is read by itself declares nothing else.
    const isMfl = copies.length === classesOf(declared).length;
    findStrayAmendments(declared, isMfl ? localized : amendments).forEach(diagnostics.add);
  }
  const sources = amendedSources(declared, amendments);
  const whole = withAmended(amended(declared, sources), everywhere);
  return {
    value: {
      main,
      text: sources.get(text) ?? text,
      localized: localizedTexts,
      filesRead: [...filesRead.keys()],
      files: [...filesRead.values()],
      texts,
      productions: whole,
      written: [...plain, ...productions],
      references: NO_REFERENCES,
      losses,
    },
    diagnostics: diagnostics.all,
  };
}

const NO_REFERENCES: CompilationUnit['references'] = new Map();

/** The file that a string names: with its escape sequences replaced, as MOF has strings, else as it is written. */
function openNamed(
  { value }: { readonly value: string },
  { source, span }: Location,
  openAs: (name: string) => SourceFile | undefined,
): {
  readonly found: SourceFile | undefined;
  readonly isRaw: boolean;
  readonly message: string;
} {
  const found = openAs(value);
  const [, written = value] =
    /^"((?:[^"\\]|\\[^])*)"$/.exec(source.text.slice(span.start, span.end)) ?? [];
  if (found !== undefined || written === value) {
    return { found, isRaw: false, message: `cannot read '${value}'` };
  }
  const raw = openAs(written);
  const shown = value.replace(CONTROLS, ([character = '']) => codeName(character));
  return raw === undefined
    ? {
        found: raw,
        isRaw: false,
        message: `cannot read '${shown}', nor '${written}' as it is written`,
      }
    : {
        found: raw,
        isRaw: true,
        message: `'${written}' names a file only without its escape sequences`,
      };
}

const CONTROLS = /\p{Cc}/gu;

function codeName(character: string): string {
  return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

function classesOf(productions: readonly PlacedProduction[]): Amendment[] {
  return productions.flatMap(({ source, node }) =>
    node.kind === 'ClassDeclaration' ? [{ source, node }] : [],
  );
}

/** The productions of the replaced texts: as many as before, in the same order. */
function amended(
  productions: readonly PlacedProduction[],
  sources: ReadonlyMap<SourceFile, SourceFile>,
): readonly PlacedProduction[] {
  if (sources.size === 0) return productions;
  const trees = new Map(
    [...sources].map(([source, value]) => {
      const nodes = parse(value.text).value.productions.filter((node) => !isInclude(node));
      return [source, { value, nodes: nodes.values() }];
    }),
  );
  return productions.map((each) => {
    const tree = trees.get(each.source);
    const node = tree?.nodes.next().value;
    return tree === undefined || node === undefined ? each : { source: tree.value, node };
  });
}

function fixIn(source: SourceFile, { title, edits }: SyntaxFix): Fix {
  const placed = edits.map(({ span, newText }) => ({ location: { source, span }, newText }));
  return { title, edits: placed };
}

function macrosOf({ defines = [], wdk }: CompileOptions): ReadonlyMap<string, Macro> {
  const macros = new Map<string, Macro>();
  for (const macro of wdk === undefined ? [] : wdkMacros(wdk)) macros.set(macro.name, macro);
  for (const option of defines) {
    const macro = macroFromOption(option);
    if (macro === undefined) throw new Error(`'${option}' defines no macro`);
    macros.set(macro.name, macro);
  }
  return macros;
}

function isInclude(node: MofProduction): node is CompilerDirective {
  return node.kind === 'CompilerDirective' && nameKey(node.name) === 'include';
}
