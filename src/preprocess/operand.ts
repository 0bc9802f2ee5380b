/**
 * The operand of a directive: macros replaced, `defined` and `__has_include` evaluated.
 */
import { type Directive } from './directive.js';
import { isPadding, isPunctuator, lineTokens, type Token } from './tokens.js';
import { type Reading } from './state.js';
import { type Replacement } from './token-replacement.js';
import { winapiFamilyMacro } from './predefined.js';

/** The text after replacement; incomplete when the expansion budget is spent. */
export interface ExpandedOperand {
  readonly text: string;
  /** The first fault of a use of a macro. */
  readonly fault: string | undefined;
}

/** The operators that test whether something exists. */
const HAS_INCLUDE: ReadonlySet<string> = new Set(['__has_include', '__has_include_next']);

/** Whether `name` counts as defined. */
export function isDefinedName(name: string, { macros }: Reading): boolean {
  return macros.has(name) || HAS_INCLUDE.has(name);
}

/** The operand as the preprocessor reads the name of a file. */
export function expandedName({ line, rest }: Directive, reading: Reading): ExpandedOperand {
  const parts: string[] = [];
  let fault: string | undefined;
  const stream = reading.expansion.line(lineTokens(line, rest, line.text.length), {
    report: ({ message }) => (fault ??= message),
  });
  for (let token = stream.next(); token !== undefined; token = stream.next()) {
    if (token.isSpaced) parts.push(' ');
    parts.push(token.text);
  }
  return { text: parts.join('').trim(), fault };
}

/** The operand as a condition, its tokens apart. */
export function expandedCondition({ line, rest }: Directive, reading: Reading): ExpandedOperand {
  const parts: string[] = [];
  let fault: string | undefined;
  const fail = (message: string): void => {
    fault ??= message;
  };
  const stream = reading.expansion.line(lineTokens(line, rest, line.text.length), {
    report: ({ message }) => {
      fail(message);
    },
    ...(reading.isHeader ? { fallback: winapiFamilyMacro } : {}),
  });
  for (let token = stream.next(); token !== undefined; token = stream.next()) {
    if (isPadding(token)) continue;
    if (token.kind !== 'name' || (token.text !== 'defined' && !HAS_INCLUDE.has(token.text))) {
      parts.push(token.text);
    } else if (token.text === 'defined') {
      const name = nameOfDefined(stream);
      if (name === undefined) fail(`'defined' takes the name of a macro`);
      else parts.push(isDefinedName(name, reading) ? '1' : '0');
    } else {
      const isThere = includeIsThere(stream, reading);
      if (isThere === undefined) fail(`'${token.text}' takes the name of a file`);
      else parts.push(isThere ? '1' : '0');
    }
  }
  return { text: parts.join(' '), fault };
}

/** The name after `defined`, in parentheses or without. */
function nameOfDefined({ nextPlain }: Replacement): string | undefined {
  const first = nextPlain();
  const isOpen = isPunctuator(first, '(');
  const name = isOpen ? nextPlain() : first;
  if (name?.kind !== 'name' || (isOpen && !isPunctuator(nextPlain(), ')'))) return undefined;
  return name.text;
}

/** Whether the file of `("x")`, `(<x>)` or what macros make of these can be read; `undefined` when the operand names no file. */
function includeIsThere(stream: Replacement, { file, open }: Reading): boolean | undefined {
  if (!isPunctuator(stream.nextPlain(), '(')) return undefined;
  let token = stream.next();
  while (token !== undefined && isPadding(token)) token = stream.next();
  const isSystem = isPunctuator(token, '<');
  const path = isSystem ? pathTo(stream) : stringOf(token);
  if (path === undefined || !isPunctuator(stream.nextPlain(), ')')) return undefined;
  return open(path, file.name, isSystem) !== undefined;
}

function stringOf(token: Token | undefined): string | undefined {
  return token?.kind === 'string' && token.text.startsWith('"')
    ? token.text.slice(1, -1)
    : undefined;
}

/** The tokens up to `>` as they are written. */
function pathTo({ nextPlain }: Replacement): string | undefined {
  const parts: string[] = [];
  for (let token = nextPlain(); token !== undefined; token = nextPlain()) {
    const end = token.text.indexOf('>');
    if (parts.length > 0 && token.isSpaced) parts.push(' ');
    parts.push(end < 0 ? token.text : token.text.slice(0, end));
    if (end >= 0) return parts.join('') || undefined;
  }
  return undefined;
}
