/**
 * Object-like macros: what they stand for, and their replacement. It must not know directives or files.
 *
 * ISO C, 6.10.3: names are replaced outside of literals, what a macro stands for is searched for macros again, and a
 * macro is not replaced within itself.
 */
import { type Span } from '../../grammar/ast.js';
import { type MacroUse } from './composition.js';
import { eachRange, type LogicalLine, logicalLine, spanInSource } from './logical-line.js';
import { readMacroOption } from './macro-option.js';
import { type SourceFile } from './source-file.js';
import { namesIn } from './words.js';

export interface Macro {
  readonly name: string;
  readonly line: LogicalLine;
  /** The name within the line. */
  readonly nameSpan: Span;
  /** What it stands for, within the line. */
  readonly body: Span;
  /** The names in the body, within the line. */
  readonly names: readonly Span[];
  /** A macro with parameters counts as defined, and is never replaced. */
  readonly hasParameters: boolean;
}

/** The macros by name; case matters. */
export type Macros = Map<string, Macro>;

/** How much macros may still become, shared by everything that one input reads. */
export interface Budget {
  left: number;
}

/** Macros may become this many characters in all; real files stay below a hundredth. */
export const MOST_EXPANDED = 16 * 1024 * 1024;
/** Every use costs some time, also that of an empty macro. */
const COST_OF_USE = 32;
const DEEPEST_MACRO = 200;

/** Takes what macros become. */
export interface MacroSink {
  readonly copy: (source: SourceFile, start: number, end: number, use: MacroUse) => void;
  readonly space: (text: string) => void;
}

/** The macro that the directive `line` defines; `bodyStart` is the offset after its name. */
export function macroOf(line: LogicalLine, nameSpan: Span): Macro {
  const { text } = line;
  let start = nameSpan.end;
  let end = text.length;
  while (start < end && isBlank(text, start)) start++;
  while (end > start && isBlank(text, end - 1)) end--;
  return {
    name: text.slice(nameSpan.start, nameSpan.end),
    line,
    nameSpan,
    body: { start, end },
    names: namesIn(text, start, end),
    hasParameters: text[nameSpan.end] === '(',
  };
}

/** A macro that the command line defines: `NAME`, which is 1, or `NAME=TEXT`; `undefined` for anything else. */
export function macroFromOption(option: string): Macro | undefined {
  const read = readMacroOption(option);
  if (read === undefined) return undefined;
  const { name, text } = read;
  const source: SourceFile = {
    name: '<command line>',
    text: `#define ${name} ${text}`,
    encoding: 'utf-8',
  };
  const start = '#define '.length;
  return macroOf(logicalLine(source, 0), { start, end: start + name.length });
}

/** Whether two macros stand for the same: white space may differ in length. */
export function isSameMacro(one: Macro, other: Macro): boolean {
  return one.hasParameters === other.hasParameters && bodyText(one) === bodyText(other);
}

function bodyText({ line, body }: Macro): string {
  return line.text.slice(body.start, body.end).replace(/\s+/g, ' ');
}

/**
 * Writes what `macro` becomes into `sink`, a blank on either side so that it joins no neighbour. False when that is more
 * than the budget or the depth allows; what was written until then is incomplete.
 */
export function expand(
  macro: Macro,
  use: MacroUse,
  macros: Macros,
  budget: Budget,
  sink: MacroSink,
): boolean {
  const active = new Set<string>();

  const replace = (each: Macro, at: MacroUse): boolean => {
    const { line, body } = each;
    budget.left -= COST_OF_USE + body.end - body.start;
    if (budget.left < 0 || active.size >= DEEPEST_MACRO) return false;
    active.add(each.name);
    sink.space(' ');
    let copied = body.start;
    const copyTo = (end: number) => {
      eachRange(line, copied, end, (from, to) => {
        if (from === to) sink.space(' ');
        else sink.copy(line.source, from, to, at);
      });
    };
    for (const { start, end } of each.names) {
      const inner = macros.get(line.text.slice(start, end));
      if (inner === undefined || inner.hasParameters || active.has(inner.name)) continue;
      copyTo(start);
      copied = end;
      const span = spanInSource(line, start, end);
      const nested = { source: line.source, span, name: inner.name, within: at };
      if (!replace(inner, nested)) return false;
    }
    copyTo(body.end);
    sink.space(' ');
    active.delete(each.name);
    return true;
  };
  return replace(macro, use);
}

function isBlank(text: string, index: number): boolean {
  const character = text.charAt(index);
  return character !== '' && ' \t\f\v'.includes(character);
}
