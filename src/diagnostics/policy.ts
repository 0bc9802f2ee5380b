/**
 * What a run makes of findings beyond the table of codes: some are not told, some warnings become errors.
 *
 * It must not know where a policy comes from: the command line has flags for it.
 */
import { DIAGNOSTICS, type DiagnosticCode } from './codes.js';
import { type Diagnostic } from './diagnostic.js';
import { likelyName } from '../../grammar/likely-names.js';

export interface Policy {
  /** Codes that are not told. */
  readonly allow: ReadonlySet<DiagnosticCode>;
  /** Codes whose warnings are errors. */
  readonly deny: ReadonlySet<DiagnosticCode>;
  readonly warnAsError: boolean;
}

/** Whether a code is one of the table. */
export function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(DIAGNOSTICS, code);
}

/** The code that was most likely meant by something that is none: its digits alone, or all but one slip. */
export function likelyCode(written: string): DiagnosticCode | undefined {
  const [digits] = /\d{4}/.exec(written.replaceAll(/(?<=\d)O|O(?=\d)/gi, '0')) ?? [];
  const code = `MOF${digits ?? ''}`;
  if (isCode(code)) return code;
  const near = Object.keys(DIAGNOSTICS).filter((each) => likelyName(written, [each], String));
  return near.length === 1 ? near.find(isCode) : undefined;
}

/** Whether a finding of that code may be left out: every warning, and the errors of which the table says so. */
export function isAllowable(code: DiagnosticCode): boolean {
  const row: { readonly severity: string; readonly allowable?: true } = DIAGNOSTICS[code];
  return row.severity === 'warning' || row.allowable === true;
}

/** The findings under a policy, in the same order. What is allowed by its code stays allowed with `warnAsError`. */
export function underPolicy(diagnostics: readonly Diagnostic[], policy: Policy): Diagnostic[] {
  return diagnostics
    .filter(({ code }) => !policy.allow.has(code))
    .map((each) =>
      policy.warnAsError || policy.deny.has(each.code) ? { ...each, severity: 'error' } : each,
    );
}
