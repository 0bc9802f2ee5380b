/**
 * Encodes MOF text for PowerShell: a string, the title of a test, a comment, the name of a member.
 *
 * Everything is ASCII, because Windows PowerShell 5.1 reads a file without a byte order mark in the code page of the
 * machine. That also avoids U+2018 to U+201E, which PowerShell treats as quotes (about_Quoting_Rules).
 */

/**
 * An expression for a string: single quotes, in which only a quote is special, and `[char]` for everything but
 * printable ASCII.
 */
export function psString(text: string): string {
  const parts = text.match(/[ -~]+|[^ -~]/g) ?? [];
  const [first = '', ...others] = parts;
  if (others.length === 0 && /^[ -~]*$/.test(first)) return quoted(first);
  // The left operand of + decides that the result is a string.
  const operands = parts.map((part) => (/^[ -~]/.test(part) ? quoted(part) : codeUnit(part)));
  const start = /^[ -~]/.test(first) ? [] : ["''"];
  return `(${[...start, ...operands].join(' + ')})`;
}

/**
 * A string for the name of a Pester block. Pester evaluates names as double-quoted strings, with expressions in angle
 * brackets; only letters, digits and safe signs are kept.
 */
export function psTitle(text: string): string {
  return psString(text.replace(/[^\p{L}\p{M}\p{N} _.,:;()/+[\]-]/gu, '_'));
}

/**
 * One line of text after `# `. It begins with `subject`, so that no text can start a signature block (`# SIG # Begin
 * signature block`) or a requirement (`#requires`).
 */
export function psComment(subject: string, text: string): string {
  return `# ${oneLine(subject)}: ${oneLine(text)}`.trimEnd();
}

/** One line of printable ASCII. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[^ -~]/gu, (character) => `<U+${hex(character.codePointAt(0) ?? 0)}>`);
}

/** The name of a member after a dot, or of a parameter's key: a bare word where possible. */
export function psMember(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : psString(name);
}

const INT32_LIMIT = 2n ** 31n;

/** An expression for an integer of at most 64 bits. A literal beyond 32 bits may become a double; a cast of text is exact. */
export function psInteger(value: bigint): string {
  return value >= -INT32_LIMIT && value < INT32_LIMIT ? String(value) : `[decimal]'${value}'`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function codeUnit(unit: string): string {
  return `[char]0x${hex(unit.charCodeAt(0))}`;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
