/** A fault of a target that is not built in: thrown like other failures, and reported as a finding with a code. */
import { type DiagnosticCode } from '../diagnostics/codes.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { EXIT } from './exit-codes.js';
import { CommandFailure } from './failures.js';

export class TargetFault extends CommandFailure {
  readonly diagnostic: Diagnostic;

  constructor(code: DiagnosticCode, message: string, help?: string) {
    const advice = help === undefined ? '' : `; ${help}`;
    super(EXIT.usage, `error ${code}: ${message}${advice}`);
    this.diagnostic = diagnostic(code, undefined, message, { help });
  }
}
