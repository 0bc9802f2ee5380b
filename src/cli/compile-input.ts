/**
 * Reads the one input of a run with its localised texts and compiles it: the first half of commands that want its syntax and no
 * model. It must not know what a command makes of it.
 */
import { allowancesOf } from '../allow-comments.js';
import { compile, type CompilationUnit } from '../compilation.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { inReadingOrder } from '../diagnostics/order.js';
import { textOf } from '../input-text.js';
import { type SourceFile } from '../source/source-file.js';
import { includeReader, warnOfMissingFolders } from './include-reader.js';
import { inputSplitter } from './input-parts.js';
import { type Input, localizedFiles, onDisk, readInput } from './inputs.js';
import { type CommandFailure, type Io } from './io.js';
import { type CommonOptions } from './options.js';

export interface CompiledInput {
  /** The text of the input as it was written. */
  readonly source: SourceFile;
  readonly unit: CompilationUnit;
  /** What was found, without what comments of the text leave out, in reading order. */
  readonly diagnostics: readonly Diagnostic[];
  /** The same for what a further stage finds. */
  readonly withoutAllowed: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** The names of the files that were read. */
  readonly filesRead: readonly string[];
}

/** What there is when a file cannot be read, or holds no MOF. */
export interface UnreadInput {
  readonly isUnreadable: boolean;
  /** What ends the run, after the findings. */
  readonly failure: CommandFailure | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly filesRead: readonly string[];
}

export async function compileInput(
  input: Input,
  options: CommonOptions,
  io: Io,
): Promise<CompiledInput | UnreadInput> {
  const named = [input, ...localizedFiles([input], options, io)];
  warnOfMissingFolders(options, io);
  const decoded = [];
  const unread: Diagnostic[] = [];
  const ofTables: Diagnostic[] = [];
  const splitter = inputSplitter(options, { isSingle: true });
  for (const file of named) {
    const bytes = await readInput(file, io);
    if (!(bytes instanceof Uint8Array)) {
      unread.push(bytes);
      continue;
    }
    const { parts, diagnostics } = splitter.partsOf(file, bytes);
    ofTables.push(...diagnostics);
    decoded.push(...parts.map((part) => textOf(part.bytes, file.name)));
  }
  const failure = splitter.failure();
  const [first, ...mfl] = decoded;
  if (first === undefined || unread.length > 0 || failure !== undefined) {
    const files = named.filter(({ path }) => path !== undefined);
    return {
      diagnostics: [...unread, ...ofTables],
      filesRead: files.map(({ name }) => name),
      isUnreadable: unread.length > 0,
      failure,
    };
  }
  const { value: unit, diagnostics } = compile(
    first.value,
    includeReader(input, options.include ?? [], io),
    {
      defines: options.define ?? [],
      wdk: options.wdk,
      mfl: mfl.map(({ value }) => value),
    },
  );
  const { withoutAllowed } = allowancesOf(unit);
  const found = [...ofTables, ...decoded.flatMap((each) => each.diagnostics), ...diagnostics];
  return {
    source: first.value,
    unit,
    diagnostics: inReadingOrder(withoutAllowed(found), unit.filesRead),
    withoutAllowed,
    filesRead: onDisk(unit.filesRead, input),
  };
}
