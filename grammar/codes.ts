/** The diagnostic codes of reading a text, one row a code. src/diagnostics/codes.ts has these rows and those of later stages. */

export type Severity = 'error' | 'warning';

export interface SyntaxRow {
  readonly severity: Severity;
  readonly title: string;
  /** Found in texts that are read as they were meant: no reason to try another reading. */
  readonly isHarmless?: true;
  /** Tokens are missing after it, so syntax errors may follow from it. */
  readonly leadsToOthers?: true;
  /** Its text is missing from the tokens, so the tokens around it are likely to look wrong. */
  readonly leavesGap?: true;
  /**
   * What an error hides from later stages. `text`: a part that was not read, which may declare and define anything. `token`: a part of
   * a declaration that was read. `macros`: a missing quote turns what follows into strings, in which macros are not replaced.
   */
  readonly hides?: 'text' | 'token' | 'macros';
}

export const SYNTAX_CODES = {
  // Lexical.
  MOF1101: {
    severity: 'error',
    title: 'unexpected character',
    leadsToOthers: true,
    leavesGap: true,
    hides: 'token',
  },
  MOF1102: {
    severity: 'error',
    title: 'comment or literal without an end',
    leavesGap: true,
    hides: 'macros',
  },
  // A malformed number has a value all the same.
  MOF1103: { severity: 'error', title: 'malformed number', leadsToOthers: true },
  MOF1104: {
    severity: 'warning',
    title: 'number form that only some MOF compilers accept',
    isHarmless: true,
  },
  MOF1105: { severity: 'warning', title: 'unknown escape sequence', isHarmless: true },
  MOF1106: { severity: 'warning', title: 'line break inside a string', isHarmless: true },
  MOF1107: { severity: 'error', title: 'character literal that is not one character' },
  MOF1120: { severity: 'error', title: 'quote inside a string that is not escaped' },
  MOF1121: { severity: 'error', title: 'string without its opening quote', hides: 'macros' },
  // Syntax.
  MOF1201: { severity: 'error', title: 'syntax error', leadsToOthers: true, hides: 'token' },
  MOF1202: { severity: 'error', title: 'nesting too deep' },
  MOF1203: { severity: 'warning', title: 'unknown compiler directive', isHarmless: true },
  MOF1204: {
    severity: 'error',
    title: 'preprocessor directive that is not supported here',
    leavesGap: true,
  },
  MOF1205: { severity: 'warning', title: 'unknown macro next to strings' },
  // What other programs bring along.
  MOF1430: { severity: 'warning', title: 'no-break spaces' },
} as const satisfies Record<`MOF1${number}`, SyntaxRow>;

export type SyntaxCode = keyof typeof SYNTAX_CODES;

/** The row of a code, with every column. */
export function syntaxRow(code: SyntaxCode): SyntaxRow {
  return SYNTAX_CODES[code];
}
