/**
 * The first half of the pipeline: from the bytes of an input to its model, with every diagnostic of every stage.
 *
 *   textOf (decode, or decompile) -> preprocess -> parse -> resolve
 *
 * Each stage is a pure function that returns its value and its diagnostics.
 */
import { nameKey } from './text/name-key.js';
import { suppressionsOf } from './compile/suppressions.js';
import { classChoice, namedClasses, WHOLE_FILE } from './model/class-choice.js';
import { classComments, namingOf } from './compile/class-comments.js';
import { type IncludeReader, type ParsedText } from './compile/compilation.js';
import { stageOf } from './diagnostics/codes.js';
import { type Diagnostic, hasErrors, isError, type Result } from './diagnostics/diagnostic.js';
import { finish } from './diagnostics/finish.js';
import { type Model } from './model/model.js';
import { resolve, type Resolved } from './model/resolve.js';
import { compileBytes } from './compile/input-compilation.js';
import { withoutReferences, withReferences } from './compile/references.js';
import { type SourceFile } from './text/source-file.js';
import { type WdkArchitecture } from './preprocess/options.js';

export interface AnalyzeOptions {
  /** Macros, as for -D: `NAME` or `NAME=TEXT`. */
  readonly defines?: readonly string[];
  /** Names of classes that are expensive to collect, as `// mofgen: expensive` marks them; a `*` at the end matches any rest. */
  readonly expensive?: readonly string[];
  /** The classes that a provider implements, with the same `*`; all of them by default. The structures that they embed are included. */
  readonly classes?: readonly string[];
  /**
   * Files that declare classes which the input uses. Nothing is emitted for these; reported are errors of their texts, and
   * those in classes on which the input depends.
   */
  readonly references?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Predefines the macros of the WDK's compiler for this architecture, as --wdk does. */
  readonly wdk?: WdkArchitecture | undefined;
  /** Localised files (.mfl) whose texts belong into the classes. */
  readonly mfl?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** The model, and the diagnostics of every stage that no comment of the MOF text suppresses, in reading order. */
export interface Analysis extends Result<Model> {
  /** The names of all files read, the input first, in the order of their first use. */
  readonly filesRead: readonly string[];
  /** The files that were read, as they were written, in the same order; each name once. */
  readonly files: readonly SourceFile[];
  /**
   * What was parsed, with its syntax tree: the input, then each file of `#pragma include` and each localised file. Macros are
   * replaced in it and `#include` files are in place, so the spans of a tree are offsets in `text.source.text`, and
   * `writtenPlace` finds the file and the place that a person wrote.
   */
  readonly texts: readonly ParsedText[];
  /** The diagnostics of a further stage that no comment of the MOF text suppresses. */
  readonly applySuppressions: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** The model as far as it is known when there are errors: faulty classes may be missing. For showing only. */
  readonly partial: Model;
  /** The names in `classes` and `expensive` that match no class. */
  readonly unmatchedNames: readonly string[];
}

const NOTHING: Resolved = {
  value: { classes: [], blocks: [] },
  diagnostics: [],
  broken: [],
  misspelled: [],
  neededNames: () => new Set(),
};

/**
 * Reads one input and everything it includes. `name` is shown in diagnostics and is what the paths of included files are
 * relative to; `readInclude` finds those, and by default finds none.
 */
export function analyze(
  bytes: Uint8Array,
  name: string,
  readInclude: IncludeReader = () => undefined,
  options: AnalyzeOptions = {},
): Analysis {
  const { defines = [], wdk, mfl = [] } = options;
  const compiled = compileBytes({ name, bytes }, mfl, readInclude, { defines, wdk });
  const references = (options.references ?? []).map((file) =>
    compileBytes(file, [], readInclude, { defines, wdk }),
  );
  const unit = withReferences(
    compiled.unit,
    references.map((each) => each.unit),
  );
  // The declarations of a reference with such an error are unknown.
  const ofReferences = references.flatMap((each) => each.diagnostics.filter(isError));
  const ofText = [...compiled.diagnostics, ...ofReferences];
  const { filesRead, files, texts } = unit;
  // A text that was not decoded is not resolved. An incomplete tree is: `losses` of the unit records its gaps.
  const words = classComments(compiled.unit);
  const expensive = namedClasses(unit, options.expensive ?? []);
  const resolved = hasErrors(compiled.ofBytes)
    ? NOTHING
    : resolve(unit, {
        isExpensive: (name) =>
          words.value.expensive.has(nameKey(name)) || expensive.names.has(nameKey(name)),
        choicesOf: (name) => ({
          locksMethods: words.value['lock-methods'].has(nameKey(name)),
          startsEmpty: words.value['no-instance'].has(nameKey(name)),
          naming: namingOf(nameKey(name), words.value),
        }),
      });
  const choice = options.classes === undefined ? WHOLE_FILE : classChoice(unit, options.classes);
  const suppressions = suppressionsOf(compiled.unit);
  const diagnostics = finish([
    {
      diagnostics: [...ofText, ...words.diagnostics, ...resolved.diagnostics],
      files: filesRead,
      causes: { losses: unit.losses, misspelled: resolved.misspelled },
      adjust(found) {
        const own = withoutReferences(found, unit, resolved.neededNames);
        const softened = choice.softened(own);
        // A needed class without a block keeps every error one: it may be missing because of any of them.
        return hasErrors(softened) || !resolved.broken.some(choice.isNeeded) ? softened : own;
      },
      checked: suppressions,
    },
  ]);
  const errors = diagnostics.filter(isError);
  const { value } = errors.some(({ code }) => stageOf(code).name === 'text') ? NOTHING : resolved;
  return {
    value: { ...choice.choose(value), errors },
    partial: { ...choice.choose(resolved.value), errors },
    diagnostics,
    filesRead,
    files,
    texts,
    applySuppressions: suppressions.applySuppressions,
    unmatchedNames: [...choice.unmatched, ...expensive.unmatched],
  };
}
