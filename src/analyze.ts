/**
 * The first half of the pipeline: from the bytes of an input to its model, with every diagnostic of every stage.
 *
 *   textOf (decode, or decompile) -> preprocess -> parse -> resolve
 *
 * Each stage is a pure function that returns its value and its diagnostics. Nothing here knows a target or the file system.
 */
import { allowancesOf } from './allow-comments.js';
import { classChoice, namedClasses, WHOLE_FILE } from './class-choice.js';
import { classComments, namingOf } from './class-comments.js';
import { compile, type IncludeReader, type ParsedText } from './compilation.js';
import { type Diagnostic, hasErrors, isError, type Result } from './diagnostics/diagnostic.js';
import { inReadingOrder } from './diagnostics/order.js';
import { type Model } from './model/model.js';
import { resolve, type Resolved } from './model/resolve.js';
import { textOf } from './input-text.js';
import { withReferences } from './references.js';
import { type SourceFile } from './source/source-file.js';
import { type WdkArchitecture } from './source/wdk-architectures.js';

export interface AnalyzeOptions {
  /** Macros, as -D has them: `NAME` or `NAME=TEXT`. */
  readonly defines?: readonly string[];
  /** Names of classes that are expensive to collect, as `// mofgen: expensive` says it; `*` at the end stands for any rest. */
  readonly expensive?: readonly string[];
  /** The classes that a provider implements, with the same `*`; all of them by default. What they embed comes with them. */
  readonly classes?: readonly string[];
  /**
   * Files that declare classes which the input uses. Nothing is emitted for these; reported are errors of their texts, and
   * those in classes on which the input depends.
   */
  readonly references?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Predefines what the compiler of the WDK does for this architecture, as --wdk has it. */
  readonly wdk?: WdkArchitecture | undefined;
  /** Localised files (.mfl) whose texts belong into the classes. */
  readonly mfl?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** The model, and every diagnostic of every stage that no comment of the MOF text leaves out. */
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
  /** The diagnostics of a further stage that no comment of the MOF text leaves out. */
  readonly withoutAllowed: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** The model as far as it is known when there are errors: faulty classes may be missing. For showing only. */
  readonly partial: Model;
  /** What of `classes` and `expensive` no class is called. */
  readonly unmatchedNames: readonly string[];
}

const NOTHING: Resolved = {
  value: { classes: [], blocks: [], errors: [] },
  diagnostics: [],
  broken: [],
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
  const decoded = textOf(bytes, name);
  const localized = (options.mfl ?? []).map((file) => textOf(file.bytes, file.name));
  const compiled = compile(decoded.value, readInclude, {
    defines: options.defines ?? [],
    wdk: options.wdk,
    mfl: localized.map(({ value }) => value),
  });
  const ofBytes = [decoded, ...localized].flatMap((each) => each.diagnostics);
  const { withoutAllowed, faults, idle } = allowancesOf(compiled.value);
  const references = (options.references ?? []).map((file) => {
    const { value, diagnostics: ofFile } = textOf(file.bytes, file.name);
    const { defines = [], wdk } = options;
    const reference = compile(value, readInclude, { defines, wdk });
    return { unit: reference.value, diagnostics: [...ofFile, ...reference.diagnostics] };
  });
  const unit = withReferences(
    compiled.value,
    references.map((each) => each.unit),
  );
  // What a reference with such an error declares is not known.
  const ofReferences = references.flatMap((each) => each.diagnostics.filter(isError));
  const ofText = [...ofBytes, ...compiled.diagnostics, ...ofReferences];
  const { filesRead, files, texts } = unit;
  // Bytes that are not what they claim to be say nothing. A tree with holes does: `losses` of the unit are its holes.
  const words = classComments(compiled.value);
  const expensive = namedClasses(unit, options.expensive ?? []);
  const resolved = hasErrors(ofBytes)
    ? NOTHING
    : resolve(unit, {
        isExpensive: (name) =>
          words.value.expensive.has(name.toLowerCase()) || expensive.names.has(name.toLowerCase()),
        choicesOf: (name) => ({
          locksMethods: words.value['lock-methods'].has(name.toLowerCase()),
          startsEmpty: words.value['no-instance'].has(name.toLowerCase()),
          naming: namingOf(name.toLowerCase(), words.value),
        }),
      });
  const choice = options.classes === undefined ? WHOLE_FILE : classChoice(unit, options.classes);
  const found = [...ofText, ...words.diagnostics, ...resolved.diagnostics];
  const softened = choice.softened(found);
  // A class that is needed and has no block keeps every error one: it may be missing because of any of them.
  const isSafe = hasErrors(softened) || !resolved.broken.some(choice.isNeeded);
  const told = withoutAllowed(isSafe ? softened : found);
  // What an error hides may need a comment that seems idle now.
  const all = [...told, ...faults, ...(hasErrors(told) ? [] : idle())];
  const diagnostics = inReadingOrder(all, filesRead);
  const { value } = hasErrors(isSafe ? choice.softened(ofText) : ofText) ? NOTHING : resolved;
  const errors = diagnostics.filter(isError);
  return {
    value: { ...choice.choose(value), errors },
    partial: { ...choice.choose(resolved.value), errors },
    diagnostics,
    filesRead,
    files,
    texts,
    withoutAllowed,
    unmatchedNames: [...choice.unmatched, ...expensive.unmatched],
  };
}
