/**
 * Type-checks emitted TypeScript as a careful user's project would: every strict option, against the runtime's sources.
 */
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../../..');

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
  paths: { 'mofgen/runtime': [join(root, 'src/runtime/index.ts')] },
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The folder of texts that are only in memory: inside the repository, so that they are ES modules. */
export function imaginaryPath(...parts: readonly string[]): string {
  return join(root, 'build/imaginary', ...parts);
}

/** The declarations of the language and the sources of the runtime, read and parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();
let program: ts.Program | undefined;

/** The errors of the given files, which need not exist on disk, as `file:line: message`. */
export function typeErrors(files: ReadonlyMap<string, string>): string[] {
  const texts = new Map(Array.from(files, ([path, text]) => [resolve(path), text]));
  const folders = new Set(Array.from(texts.keys(), (path) => resolve(path, '..')));
  const host = ts.createCompilerHost(OPTIONS);
  host.readFile = (path) => texts.get(resolve(path)) ?? ts.sys.readFile(path);
  host.fileExists = (path) => texts.has(resolve(path)) || ts.sys.fileExists(path);
  host.directoryExists = (path) => folders.has(resolve(path)) || ts.sys.directoryExists(path);
  const onDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (path, options) => {
    const text = texts.get(resolve(path));
    if (text !== undefined) return ts.createSourceFile(path, text, options, true);
    if (!parsed.has(path)) parsed.set(path, onDisk(path, options));
    return parsed.get(path);
  };
  const current = ts.createProgram([...texts.keys()], OPTIONS, host, program);
  program = current;
  const emittedFiles = [...texts.keys()].flatMap((path) => current.getSourceFile(path) ?? []);
  return [
    ...current.getOptionsDiagnostics(),
    ...current.getGlobalDiagnostics(),
    ...emittedFiles.flatMap((file) => [
      ...current.getSyntacticDiagnostics(file),
      ...current.getSemanticDiagnostics(file),
    ]),
  ].map(({ file, start = 0, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    const name = file?.fileName.replace(/^.*[\\/]/, '') ?? '';
    return `${name}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
