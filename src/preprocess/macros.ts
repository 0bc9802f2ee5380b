/**
 * Definitions of macros: names, parameters and bodies.
 *
 * ISO C, 6.10.3. A name before `...` (`args...`) is a variadic parameter, as in gcc.
 */
import { type SourceFile } from '../text/source-file.js';
import { type Span } from '../text/span.js';
import { type LogicalLine, logicalLine } from './logical-line.js';
import { readMacroOption } from './options.js';
import { type Token, isBlank, isPunctuator, lineTokens, readToken } from './tokens.js';

/** A token of the body of a macro. */
export interface BodyToken extends Token {
  /** The index of the parameter that it names; -1 for any other token. */
  readonly parameter: number;
  /** `#` makes a string of its argument. */
  readonly isStringized: boolean;
}

export interface Parameters {
  readonly names: readonly string[];
  /** The last one takes all further arguments. */
  readonly isVariadic: boolean;
}

export interface Macro {
  readonly name: string;
  readonly line: LogicalLine;
  /** The name within the line. */
  readonly nameSpan: Span;
  /** The body, within the line. */
  readonly body: Span;
  /** `undefined` for a macro without a list of parameters. */
  readonly parameters: Parameters | undefined;
  /** The tokens of the body, split on first use: headers define thousands of macros. */
  readonly tokens: () => readonly BodyToken[];
  /** The different names in the body; `undefined` where `##` may make another one. */
  readonly names: () => readonly string[] | undefined;
}

/** A fault of a definition. */
export interface MacroFault {
  readonly message: string;
  /** Where, within the line. */
  readonly span: Span;
}

/** The macros by name; case matters. */
export type Macros = Map<string, Macro>;

/** The remaining expansion budget, shared by everything that one input reads. */
export interface Budget {
  left: number;
}

/** The maximum number of characters that macros may expand to in all; real files stay below a hundredth. */
export const MAX_EXPANDED = 16 * 1024 * 1024;

/** The macro that the directive `line` defines with the name at `nameSpan`, or the fault. */
export function macroOf(line: LogicalLine, nameSpan: Span): Macro | MacroFault {
  const { text } = line;
  const list = text[nameSpan.end] === '(' ? readParameters(line, nameSpan.end) : undefined;
  if (list !== undefined && 'message' in list) return list;
  let start = list?.end ?? nameSpan.end;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  const parameters = list?.parameters;
  let tokens: readonly BodyToken[] | undefined;
  let names: { readonly all: readonly string[] | undefined } | undefined;
  return {
    name: text.slice(nameSpan.start, nameSpan.end),
    line,
    nameSpan,
    body: { start, end },
    parameters,
    tokens: () => (tokens ??= bodyTokens(lineTokens(line, start, end), parameters)),
    names: () => (names ??= { all: namesIn(line, { start, end }) }).all,
  };
}

function namesIn({ text }: LogicalLine, { start, end }: Span): readonly string[] | undefined {
  if (text.slice(start, end).includes('##')) return undefined;
  const names = new Set<string>();
  for (let index = start; index < end;) {
    if (isBlank(text.charCodeAt(index))) {
      index++;
      continue;
    }
    const { kind, end: stop } = readToken(text, index, end);
    if (kind === 'name') names.add(text.slice(index, stop));
    index = stop;
  }
  return [...names];
}

/** Reads `(a, b, ...)`, which begins at `open`. */
function readParameters(
  line: LogicalLine,
  open: number,
): { readonly parameters: Parameters; readonly end: number } | MacroFault {
  const close = line.text.indexOf(')', open);
  const end = close < 0 ? line.text.length : close + 1;
  const fault = (message: string): MacroFault => ({ message, span: { start: open, end } });
  if (close < 0) return fault('the list of parameters has no end');
  const tokens = lineTokens(line, open + 1, close);
  const names = new Set<string>();
  if (tokens.length === 0) return { parameters: { names: [], isVariadic: false }, end };
  for (let index = 0; ; index++) {
    const token = tokens[index];
    const isRest = isPunctuator(token, '...');
    if (token === undefined || (token.kind !== 'name' && !isRest)) {
      return fault('a list of parameters holds names and commas');
    }
    const name = isRest ? '__VA_ARGS__' : token.text;
    if (names.has(name)) return fault(`the parameter '${name}' is there twice`);
    if (!isRest && name === '__VA_ARGS__') return fault(`'__VA_ARGS__' represents '...'`);
    names.add(name);
    const isVariadic = isRest || isPunctuator(tokens[index + 1], '...');
    if (isVariadic && !isRest) index++;
    index++;
    const next = tokens[index];
    if (next === undefined) return { parameters: { names: [...names], isVariadic }, end };
    if (isVariadic) return fault(`'...' is the last parameter`);
    if (!isPunctuator(next, ',')) return fault('a list of parameters holds names and commas');
  }
}

/** Resolves the operands of `#` and `##` in the body; without operands they stay as they are. */
function bodyTokens(
  tokens: readonly Token[],
  parameters: Parameters | undefined,
): readonly BodyToken[] {
  const indexes = new Map(parameters?.names.map((name, index) => [name, index]));
  const body: BodyToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const before = body.at(-1);
    if (isPunctuator(token, '##') && before !== undefined && at + 1 < tokens.length) {
      body[body.length - 1] = { ...before, isJoined: true };
      continue;
    }
    const operand = tokens[at + 1];
    const index = operand === undefined ? undefined : indexes.get(operand.text);
    if (isPunctuator(token, '#') && operand?.kind === 'name' && index !== undefined) {
      const isSpaced = token.isSpaced || operand.isSpaced;
      body.push({ ...operand, isSpaced, parameter: index, isStringized: true });
      at++;
      continue;
    }
    const own = token.kind === 'name' ? indexes.get(token.text) : undefined;
    body.push({ ...token, parameter: own ?? -1, isStringized: false });
  }
  return body;
}

/** Reports what a C compiler rejects in the body of a macro. */
export function bodyFault({ line, body, parameters }: Macro): MacroFault | undefined {
  const tokens = lineTokens(line, body.start, body.end);
  for (const end of [tokens[0], tokens.at(-1)]) {
    if (isPunctuator(end, '##')) return { message: `'##' joins two tokens`, span: body };
  }
  if (parameters === undefined) return undefined;
  for (const [at, token] of tokens.entries()) {
    const operand = tokens[at + 1];
    if (!isPunctuator(token, '#')) continue;
    if (operand?.kind !== 'name' || !parameters.names.includes(operand.text)) {
      return { message: `'#' takes a parameter of the macro`, span: body };
    }
  }
  return undefined;
}

/** A macro that the command line defines: `NAME`, which is 1, or `NAME=TEXT`; `undefined` for anything else. */
export function macroFromOption(option: string): Macro | undefined {
  const read = readMacroOption(option);
  return read && macroFrom('<command line>', read.name, read.text);
}

const PREDEFINED = '<compiler>';

/** A macro that a compiler predefines. */
export function predefinedMacro(name: string, body: string): Macro {
  const macro = macroFrom(PREDEFINED, name, body);
  if (macro === undefined) throw new Error(`'${name}' is no macro`);
  return macro;
}

/** Whether it is predefined; a text may redefine it. */
export function isPredefined({ line }: Macro): boolean {
  return line.source.name === PREDEFINED;
}

/** A macro that no file defines; diagnostics show `origin` as the name of its file. */
export function macroFrom(origin: string, head: string, body: string): Macro | undefined {
  const source: SourceFile = { name: origin, text: `#define ${head} ${body}`, encoding: 'utf-8' };
  const start = '#define '.length;
  const end = start + head.search(/\(|$/);
  const macro = macroOf(logicalLine(source, 0), { start, end });
  return 'message' in macro ? undefined : macro;
}

/** Whether two definitions are equal; white space may differ in length (ISO C, 6.10.3). */
export function isSameMacro(one: Macro, other: Macro): boolean {
  const { parameters: mine } = one;
  const { parameters: theirs } = other;
  return (
    mine?.names.join() === theirs?.names.join() &&
    mine?.isVariadic === theirs?.isVariadic &&
    bodyText(one) === bodyText(other)
  );
}

function bodyText({ line, body }: Macro): string {
  return line.text.slice(body.start, body.end).replace(/\s+/g, ' ');
}
