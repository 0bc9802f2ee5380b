/**
 * The table of every diagnostic code: one row a code, with its severity and what it is about in a few words.
 *
 * MOF1xxx are faults of the text (encoding, syntax, includes), MOF2xxx faults of what it says, MOF3xxx of generating.
 * A code is never given a second meaning. test/diagnostics checks that each row has a bad sample.
 */

export type Severity = 'error' | 'warning';

interface Row {
  readonly severity: Severity;
  readonly title: string;
}

export const DIAGNOSTICS = {
  // Text: encoding and includes.
  MOF1001: { severity: 'error', title: 'the file cannot be read' },
  MOF1002: { severity: 'error', title: 'the bytes are not in the encoding that the file claims' },
  MOF1003: { severity: 'warning', title: 'the file is neither Unicode nor ASCII' },
  MOF1004: { severity: 'error', title: 'an included file cannot be read' },
  MOF1005: { severity: 'error', title: 'a file includes itself' },
  MOF1006: { severity: 'error', title: 'an include directive without a file name' },
  MOF1007: { severity: 'error', title: 'includes nested too deep' },
  // Text: lexical.
  MOF1101: { severity: 'error', title: 'unexpected character' },
  MOF1102: { severity: 'error', title: 'comment or literal without an end' },
  MOF1103: { severity: 'error', title: 'malformed number' },
  MOF1104: { severity: 'warning', title: 'number form that only some MOF compilers take' },
  MOF1105: { severity: 'warning', title: 'unknown escape sequence' },
  MOF1106: { severity: 'warning', title: 'line break inside a string' },
  // Text: syntax.
  MOF1201: { severity: 'error', title: 'syntax error' },
  MOF1202: { severity: 'error', title: 'nesting too deep' },
  MOF1203: { severity: 'warning', title: 'unknown compiler directive' },
  MOF1204: { severity: 'warning', title: 'preprocessor line left out' },
} as const satisfies Record<`MOF${number}`, Row>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;
