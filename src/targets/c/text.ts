/**
 * Encodes MOF text for where it lands in C: a comment or a string literal, which it can never end.
 *
 * C joins lines that end in a backslash, and `??/` is a backslash (C11 5.2.1.1, 5.1.1.2); both are broken here. The result
 * is ASCII, so that no compiler's code page and no mark of writing direction changes what a reader sees.
 */

/** Widest line of a wrapped comment, without its slashes. */
const COMMENT_WIDTH = 96;

/** One line of text that is safe in a comment of either kind, at its end too. */
export function commentText(text: string): string {
  return safeEnd(safeLine(text));
}

/** Text for people as lines of a comment, wrapped; none for no text. */
export function docLines(text: string | undefined): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of safeLine(text ?? '').split(' ')) {
    if (line !== '' && line.length + 1 + word.length > COMMENT_WIDTH) {
      lines.push(safeEnd(line));
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, safeEnd(line)];
}

function safeLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[^ -~]/gu, codePoint)
    .replace(/\*(?=\/)/g, '* ')
    .replace(/\/(?=\*)/g, '/ ')
    .replace(/\?(?=\?[=/'()!<>-])/g, '? ');
}

/** A backslash at the end of a line joins the next one to it, for some compilers even with blanks after it. */
function safeEnd(line: string): string {
  return line.endsWith('\\') ? `${line}.` : line;
}

function codePoint(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `<U+${digits}>`;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string literal: UTF-8, with an octal escape for each byte that is not printable ASCII. */
export function cString(text: string): string {
  const encoded = Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (byte < 0x20 || byte > 0x7e) {
      return SIMPLE_ESCAPES[character] ?? `\\${byte.toString(8).padStart(3, '0')}`;
    }
    return SIMPLE_ESCAPES[character] ?? character;
  }).join('');
  return `"${encoded.replace(/\?(?=\?)/g, '?\\')}"`;
}

/**
 * A wide string literal of UTF-16 code units. An escape takes all hexadecimal digits that follow it, so those are escaped too.
 */
export function wideString(text: string): string {
  let written = '';
  let isOpen = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const simple = SIMPLE_ESCAPES[character];
    const isPlain = /^[ -~]$/.test(character) && !(isOpen && /^[0-9a-f]$/i.test(character));
    if (simple === undefined && !isPlain) {
      written += `\\x${text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`;
      isOpen = true;
      continue;
    }
    written += simple ?? character;
    isOpen = false;
  }
  return `L"${written.replace(/\?(?=\?)/g, '?\\')}"`;
}
