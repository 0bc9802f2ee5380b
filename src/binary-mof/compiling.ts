/** What each part of the compiler of binary MOFs is given. It must not know what a part makes of it. */
import { type InstanceValue, type Span } from '../../grammar/ast.js';
import { type BoundedDiagnostics } from '../diagnostics/bounded.js';
import { type DiagnosticCode } from '../diagnostics/codes.js';
import { diagnostic } from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../source/source-file.js';
import { type BinaryObject } from './document.js';
import { type StatedFlavors } from './flavors.js';

export interface Compiling {
  /** The text of the production that is compiled. */
  readonly source: SourceFile;
  readonly diagnostics: BoundedDiagnostics;
  readonly flavors: StatedFlavors;
  /** Compiles an instance that is a value. */
  readonly embed: (node: InstanceValue) => BinaryObject;
}

export function report(
  { source, diagnostics }: Compiling,
  code: DiagnosticCode,
  { span }: { readonly span: Span },
  message: string,
  help: string,
): void {
  if (!diagnostics.hasEnough(code)) {
    diagnostics.add(diagnostic(code, { source, span }, message, { help }));
  }
}
