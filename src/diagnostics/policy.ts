/** The policy of a run: which codes are left out, and which warnings become errors. The command line has flags for it. */
import { type DiagnosticCode, DIAGNOSTICS, rowOf } from './codes.js';
import { type Diagnostic } from './diagnostic.js';
import { likelyName } from '../text/likely-names.js';

export interface Policy {
  /** Codes that are left out. */
  readonly allow: ReadonlySet<DiagnosticCode>;
  /** Codes whose warnings are errors. */
  readonly deny: ReadonlySet<DiagnosticCode>;
  readonly warnAsError: boolean;
  /** Leaves out what is a warning in the table, whatever else the policy makes of it. */
  readonly errorsOnly?: boolean;
}

/** Whether a text is a code of the table. */
export function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(DIAGNOSTICS, code);
}

/** The code of a text, in any case; `undefined` when there is no such code. */
export function readCode(written: string): DiagnosticCode | undefined {
  const code = written.trim().toUpperCase();
  return isCode(code) ? code : undefined;
}

/** The code that a text without a code most likely means: it has the four digits, or one slip. */
export function likelyCode(written: string): DiagnosticCode | undefined {
  const [digits] = /\d{4}/.exec(written.replaceAll(/(?<=\d)O|O(?=\d)/gi, '0')) ?? [];
  const code = `MOF${digits ?? ''}`;
  if (isCode(code)) return code;
  const near = Object.keys(DIAGNOSTICS).filter((each) => likelyName(written, [each], String));
  return near.length === 1 ? near.find(isCode) : undefined;
}

/** Whether a code may be suppressed: every warning, and the errors that the table marks. */
export function isAllowable(code: DiagnosticCode): boolean {
  const { severity, allowable = false } = rowOf(code);
  return severity === 'warning' || allowable;
}

/** The diagnostics under a policy, in the same order. A code of `allow` stays allowed with `warnAsError`. */
export function applyPolicy(diagnostics: readonly Diagnostic[], policy: Policy): Diagnostic[] {
  return diagnostics
    .filter(({ severity }) => policy.errorsOnly !== true || severity === 'error')
    .filter(({ code }) => !policy.allow.has(code))
    .map((each) =>
      policy.warnAsError || policy.deny.has(each.code) ? { ...each, severity: 'error' } : each,
    );
}
