/** Runs the preprocessor on a few files in memory, for the tests. */
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import {
  type Budget,
  type Macro,
  macroFromOption,
  MAX_EXPANDED,
} from '../../src/preprocess/macros.js';
import { preprocess } from '../../src/preprocess/preprocess.js';
import { positionAt, type SourceFile } from '../../src/text/source-file.js';

export interface Preprocessed {
  readonly main: SourceFile;
  readonly result: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
  /** The text, each run of white space one blank. */
  readonly text: string;
  /** `name:line:column CODE message` of each diagnostic. */
  readonly findings: readonly string[];
}

export function preprocessed(
  text: string,
  files: Readonly<Record<string, string>> = {},
  defines: readonly string[] = [],
): Preprocessed {
  const main: SourceFile = { name: 'main.mof', text, encoding: 'utf-8' };
  const macros = new Map<string, Macro>();
  for (const each of defines) {
    const macro = macroFromOption(each);
    if (macro === undefined) throw new Error(each);
    macros.set(macro.name, macro);
  }
  const budget: Budget = { left: MAX_EXPANDED };
  const diagnostics: Diagnostic[] = [];
  const known = new Map<string, SourceFile>([[main.name, main]]);
  const result = preprocess(main, {
    macros,
    budget,
    chain: [],
    open(path) {
      const content = files[path];
      const file = known.get(path) ?? { name: path, text: content ?? '', encoding: 'utf-8' };
      if (content === undefined && !known.has(path)) return undefined;
      known.set(path, file);
      return file;
    },
    report: (found) => diagnostics.push(found),
  });
  return {
    main,
    result,
    diagnostics,
    text: result.text.replace(/\s+/g, ' ').trim(),
    findings: diagnostics.map(
      ({ code, message, location }) => `${placed(location)} ${code} ${message}`,
    ),
  };
}

/** `main.mof:1:2` */
export function placed(location: Diagnostic['location']): string {
  if (location === undefined) return 'nowhere';
  const { line, column } = positionAt(location.source, location.span.start);
  return `${location.source.name}:${line}:${column}`;
}
