/** The context that all parts of the binary MOF compiler share. */
import { type InstanceValue } from '../../grammar/ast.js';
import { type Span } from '../text/span.js';
import { type BoundedDiagnostics } from '../diagnostics/bounded.js';
import { type DiagnosticCode } from '../diagnostics/codes.js';
import { diagnostic } from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../text/source-file.js';
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
