/**
 * Reads the one input of a run with its localised texts and compiles it: the first half of commands that need its syntax and no
 * model.
 */
import { suppressionsOf } from '../compile/suppressions.js';
import { type CompilationUnit } from '../compile/compilation.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type Batch } from '../diagnostics/finish.js';
import { compileBytes, type NamedBytes } from '../compile/input-compilation.js';
import { type SourceFile } from '../text/source-file.js';
import { includeReader, warnOfMissingFolders } from './include-reader.js';
import { inputSplitter } from './input-parts.js';
import { type Input, localizedFiles, onDisk } from './inputs.js';
import { type CommandFailure } from './failures.js';
import { type Io } from './io.js';
import { type CommonOptions } from './option-types.js';
import { runFiles } from './run-files.js';

export interface CompiledInput {
  /** The text of the input as it was written. */
  readonly source: SourceFile;
  readonly unit: CompilationUnit;
  readonly batch: Batch;
  /** The names of the files that were read. */
  readonly filesRead: readonly string[];
}

/** The result when a file cannot be read, or holds no MOF. */
export interface UnreadInput {
  readonly isUnreadable: boolean;
  /** The failure that ends the run, after the findings. */
  readonly failure: CommandFailure | undefined;
  readonly batch: Batch;
  readonly filesRead: readonly string[];
}

export async function compileInput(
  input: Input,
  options: CommonOptions,
  io: Io,
): Promise<CompiledInput | UnreadInput> {
  const named = [input, ...localizedFiles([input], options, io)];
  warnOfMissingFolders(options.include ?? [], io);
  const unread: Diagnostic[] = [];
  const ofTables: Diagnostic[] = [];
  const files = runFiles(io, (finding) => unread.push(finding));
  const splitter = inputSplitter(options, { isSingle: true });
  const main: NamedBytes[] = [];
  const mfl: NamedBytes[] = [];
  for (const file of named) {
    const bytes = await files.read(file);
    if (bytes === undefined) continue;
    const { parts, diagnostics } = splitter.partsOf(file, bytes);
    ofTables.push(...diagnostics);
    const read = file === input ? main : mfl;
    read.push(...parts.map((part) => ({ name: file.name, bytes: part.bytes })));
  }
  const failure = splitter.failure(unread.length === 0);
  const [first] = main;
  if (first === undefined || unread.length > 0 || failure !== undefined) {
    return {
      batch: { diagnostics: [...unread, ...ofTables] },
      filesRead: [...files.names],
      isUnreadable: files.hasUnreadable(),
      failure,
    };
  }
  const { include = [], define: defines = [], wdk } = options;
  const { source, unit, diagnostics } = compileBytes(
    first,
    mfl,
    includeReader(input, include, io),
    {
      defines,
      wdk,
    },
  );
  return {
    source,
    unit,
    batch: {
      diagnostics: [...ofTables, ...diagnostics],
      files: unit.filesRead,
      suppressions: [suppressionsOf(unit)],
    },
    filesRead: onDisk(unit.filesRead, input),
  };
}
