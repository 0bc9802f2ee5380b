/**
 * The C preprocessor as far as MOF files use it: object-like macros, conditionals, textual includes.
 *
 * It makes one text of a file and what it includes, with the way back to what was written (composition.ts). It must not
 * know the MOF grammar. Of C headers it takes macros and conditionals and leaves their declarations out.
 */
import {
  endOfLine,
  isClosed,
  scanChar,
  scanLineString,
  scanString,
} from '../../grammar/scanning.js';
import { type Span } from '../../grammar/ast.js';
import { type DiagnosticCode } from '../diagnostics/codes.js';
import { type Diagnostic, diagnostic, type Location } from '../diagnostics/diagnostic.js';
import { composer, type MacroUse } from './composition.js';
import { evaluate } from './condition.js';
import { conditionals } from './conditionals.js';
import { logicalLine, type LogicalLine, spanInSource } from './logical-line.js';
import {
  type Budget,
  expand,
  isSameMacro,
  type Macro,
  macroOf,
  type Macros,
  type MacroSink,
} from './macros.js';
import { type SourceFile } from './source-file.js';
import { beginsName, endOfWord, isDigit, namesIn } from './words.js';

/** What the preprocessor needs from outside. */
export interface PreprocessorContext {
  /** The macros of the command line. */
  readonly macros: ReadonlyMap<string, Macro>;
  /** Shared by all texts of one compilation. */
  readonly budget: Budget;
  /** Reads a file that `from` includes; `isSystem` for `<x>`. */
  readonly open: (path: string, from: string, isSystem: boolean) => SourceFile | undefined;
  /** The names of the files around the text, which it must not include. */
  readonly chain: readonly string[];
  readonly report: (found: Diagnostic) => void;
}

/** Deeper include chains are a mistake, or an attack on the stack. */
export const DEEPEST_INCLUDE = 100;
/** What including a file again costs at least. */
const COST_OF_INCLUDE = 1024;

const NAME = String.raw`[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*`;
const DIRECTIVE = /^#\s*(\w*)/;
const DEFINED = new RegExp(String.raw`defined\s*(?:\(\s*(${NAME})\s*\)|(${NAME}))`, 'y');
const FILE_NAME = /^(?:<([^>]*)>|\(?\s*("[^"]*"(?:\s*"[^"]*")*)\s*\)?)/;
const C_HEADER = /\.(?:h|hh|hpp|hxx|rh)$/i;
/** A line that begins with `#` and is no `#pragma`: without one, and without macros, a text is what it was. */
const ANY_DIRECTIVE =
  /^[ \t\f\v\uFEFF]*#(?![ \t]*pragma\b)|^[ \t]*#[ \t]*pragma[ \t]+once\b|\*\/[ \t]*#/im;

/** Replaces the macros of `main`. A text that has nothing to do is returned as it is. */
export function preprocess(main: SourceFile, context: PreprocessorContext): SourceFile {
  if (context.macros.size === 0 && !ANY_DIRECTIVE.test(main.text)) return main;
  return run(main, context);
}

function run(main: SourceFile, { chain, ...context }: PreprocessorContext): SourceFile {
  const macros: Macros = new Map(context.macros);
  const output = composer();
  const sink: MacroSink = { copy: output.copy, space: output.space };
  const onlyOnce = new Set<string>();
  const visited = new Set<string>();
  let isChanged = false;
  let isAborted = false;

  const report = (
    code: DiagnosticCode,
    location: Location,
    message: string,
    help?: string,
    related: Diagnostic['related'] = [],
  ) => {
    context.report(diagnostic(code, location, message, { help, related }));
  };

  /** Goes on without any text: what follows from half of it would be noise. */
  const abort = (location: Location, name: string) => {
    isAborted = true;
    const message =
      context.budget.left < 0
        ? `replacing macros takes too much text; it ends at '${name}'`
        : `the macro '${name}' leads through too many others`;
    report('MOF1303', location, message, 'look for macros that use others many times over');
  };

  const replaceName = (file: SourceFile, span: Span, target: MacroSink): boolean => {
    const name = file.text.slice(span.start, span.end);
    const macro = macros.get(name);
    if (macro === undefined || macro.hasParameters) return false;
    const use: MacroUse = { name, source: file, span, within: undefined };
    if (!expand(macro, use, macros, context.budget, target)) abort({ source: file, span }, name);
    return true;
  };

  const visit = (file: SourceFile, including: readonly string[]): void => {
    const { text } = file;
    const isHeader = file.includedAt !== undefined && C_HEADER.test(file.name);
    const stack = [...including, file.name];
    const conditions = conditionals();
    let copied = 0;
    let index = 0;
    let isLineStart = true;
    let endsStringsWithLine = false;
    visited.add(file.name);

    const copyTo = (end: number) => {
      if (!isHeader) output.copy(file, copied, end);
    };
    const at = (span: Span): Location => ({ source: file, span });

    const directive = (): void => {
      const wasActive = conditions.isActive();
      const line = logicalLine(file, index);
      const name = (DIRECTIVE.exec(line.text)?.[1] ?? '').toLowerCase();
      const rest = DIRECTIVE.exec(line.text)?.[0].length ?? 1;
      const nameSpan = spanInSource(line, 0, rest);
      const isOurs = obey(name, rest, line, nameSpan, wasActive);
      if (line.openComment !== undefined && isOurs) {
        const span = { start: line.openComment, end: line.openComment + 2 };
        report('MOF1102', at(span), 'this comment has no end', "end it with '*/'");
      }
      if (isOurs) {
        isChanged = true;
        if (wasActive) copyTo(index);
        if (name === 'include' && wasActive && !isAborted) include(line, rest);
        copied = line.end;
      }
      index = line.end;
    };

    /** Does what a directive says, an include excepted; false for one that stays in the text. */
    const obey = (
      name: string,
      rest: number,
      line: LogicalLine,
      span: Span,
      isActive: boolean,
    ): boolean => {
      const outOfPlace = (message: string | undefined) => {
        if (message === undefined) return;
        report('MOF1305', at(span), message, 'remove it, or look for the #if that is missing');
      };
      switch (name) {
        case 'if':
          conditions.open(span, () => holds(line, rest));
          return true;
        case 'ifdef':
        case 'ifndef':
          conditions.open(span, () => {
            const found = nameAfter(line, rest);
            if (found !== undefined) return macros.has(wordIn(line, found)) === (name === 'ifdef');
            badCondition(line, rest, `'#${name}' takes the name of a macro`);
            return false;
          });
          return true;
        case 'elif':
          outOfPlace(conditions.elseIf(() => holds(line, rest)));
          return true;
        case 'else':
          outOfPlace(conditions.otherwise());
          return true;
        case 'endif':
          outOfPlace(conditions.close());
          return true;
      }
      if (!isActive) return true;
      switch (name) {
        case 'define':
          define(line, rest);
          return true;
        case 'undef':
          undefine(line, rest);
          return true;
        case 'error':
        case 'warning':
          report(
            name === 'error' ? 'MOF1308' : 'MOF1309',
            at(spanInSource(line, 0, line.text.length)),
            `#${name}: ${line.text.slice(rest).trim()}`,
          );
          return true;
        case 'pragma':
          if (!/^\s+once\s*$/i.test(line.text.slice(rest))) return false;
          onlyOnce.add(file.name);
          return true;
        case 'include':
        case 'line':
        case 'ident':
          return true;
        case '':
          return line.text.trim() === '#';
        default:
          // `# 12 "x.mof"` is how a preprocessed text says where it comes from.
          return isHeader || /^\d/.test(name);
      }
    };

    const define = (line: LogicalLine, rest: number): void => {
      const name = nameAfter(line, rest);
      if (name === undefined || wordIn(line, name) === 'defined') {
        if (isHeader) return;
        const span = spanInSource(line, 0, line.text.trimEnd().length);
        report(
          'MOF1301',
          at(span),
          `'#define' takes the name of a macro`,
          'write #define NAME text',
        );
        return;
      }
      const macro = macroOf(line, name);
      if (macro.hasParameters && !isHeader) {
        report(
          'MOF1301',
          at(spanInSource(line, name.start, name.end)),
          `the macro '${macro.name}' has parameters, which are not supported`,
          'write what it stands for, or put a blank before the parenthesis',
        );
        return;
      }
      const before = macros.get(macro.name);
      if (before !== undefined && !isSameMacro(before, macro) && !isHeader) {
        report(
          'MOF1302',
          at(spanInSource(line, name.start, name.end)),
          `the macro '${macro.name}' is defined again with another text`,
          `#undef ${macro.name} first, if that is meant`,
          [{ location: placeOf(before), message: 'defined here before' }],
        );
      }
      macros.set(macro.name, macro);
    };

    const undefine = (line: LogicalLine, rest: number): void => {
      const name = nameAfter(line, rest);
      if (name !== undefined) macros.delete(wordIn(line, name));
      else if (!isHeader) {
        const span = spanInSource(line, 0, line.text.trimEnd().length);
        report('MOF1301', at(span), `'#undef' takes the name of a macro`, 'write #undef NAME');
      }
    };

    const holds = (line: LogicalLine, rest: number): boolean => {
      const expression = expandedCondition(line, rest);
      if (isAborted) return false;
      const result = evaluate(expression);
      if (result.kind === 'value') return result.isTrue;
      badCondition(line, rest, result.message);
      return false;
    };

    const badCondition = (line: LogicalLine, rest: number, message: string): void => {
      const { start, end } = trimmed(line.text, rest);
      const span = end > start ? spanInSource(line, start, end) : spanInSource(line, 0, rest);
      report(
        isHeader ? 'MOF1307' : 'MOF1306',
        at(span),
        isHeader ? `${message}; the condition counts as false` : message,
        'a condition is an integer expression of numbers, macros and defined(NAME)',
      );
    };

    /** The expression with `defined` and macros replaced. */
    const expandedCondition = (line: LogicalLine, rest: number): string => {
      const parts: string[] = [];
      let done = rest;
      for (const { start, end } of namesIn(line.text, rest, line.text.length)) {
        if (start < done || isAborted) continue;
        parts.push(line.text.slice(done, start));
        done = end;
        const name = line.text.slice(start, end);
        const macro = macros.get(name);
        DEFINED.lastIndex = start;
        const match = name === 'defined' ? DEFINED.exec(line.text) : null;
        if (match !== null) {
          parts.push(macros.has(match[1] ?? match[2] ?? '') ? ' 1 ' : ' 0 ');
          done = start + match[0].length;
        } else if (macro !== undefined && !macro.hasParameters) {
          const collect: MacroSink = {
            copy: (source, from, to) => parts.push(source.text.slice(from, to)),
            space: (blank) => parts.push(blank),
          };
          const span = spanInSource(line, start, end);
          const use: MacroUse = { name, source: file, span, within: undefined };
          if (!expand(macro, use, macros, context.budget, collect)) abort(at(span), name);
        } else parts.push(name);
      }
      parts.push(line.text.slice(done));
      return parts.join('');
    };

    const include = (line: LogicalLine, rest: number): void => {
      const written = trimmed(line.text, rest);
      const wanted =
        fileNameOf(line.text.slice(written.start, written.end)) ??
        fileNameOf(expandedCondition(line, rest).trim());
      if (isAborted) return;
      const span = spanInSource(line, written.start, written.end);
      if (wanted === undefined) {
        if (isHeader) return;
        report(
          'MOF1006',
          at(spanInSource(line, 0, Math.max(rest, written.end))),
          `'#include' takes one file name`,
          'write #include "other.mof"',
        );
        return;
      }
      const found = context.open(wanted.path, file.name, wanted.isSystem);
      output.space('\n');
      if (found === undefined) missing(wanted, span);
      else if (onlyOnce.has(found.name)) return;
      else if (chain.includes(found.name) || stack.includes(found.name)) {
        if (isGuarded(found.text, macros)) return;
        const way = [...chain, ...stack];
        report(
          'MOF1005',
          at(span),
          `'${found.name}' includes itself`,
          `the way round is ${[...way.slice(way.indexOf(found.name)), found.name].join(' -> ')}`,
        );
      } else if (chain.length + stack.length >= DEEPEST_INCLUDE) {
        report(
          'MOF1007',
          at(span),
          `includes are nested more than ${DEEPEST_INCLUDE} deep`,
          'include the file from the input itself',
        );
      } else {
        if (visited.has(found.name)) {
          context.budget.left -= COST_OF_INCLUDE + found.text.length;
          if (context.budget.left < 0) {
            abort(at(span), wanted.path);
            return;
          }
        }
        visit({ ...found, includedAt: at(span) }, stack);
        output.space('\n');
      }
    };

    const missing = ({ path, isSystem }: IncludedName, span: Span): void => {
      if (!C_HEADER.test(path)) {
        report(
          'MOF1004',
          at(span),
          `cannot read '${path}'`,
          'the path is relative to the including file; -I names further folders to search',
        );
      } else if (!(isHeader && isSystem)) {
        // A header of the compiler's, included by a header, is of no matter for the MOF.
        report(
          'MOF1008',
          at(span),
          `the C header '${path}' is not found, its macros are unknown`,
          '-I names further folders to search; -D defines a macro',
        );
      }
    };

    /** Passes over text that does not count, up to the next directive. */
    const skip = (): void => {
      while (index < text.length) {
        const character = text[index];
        if (isLineStart && character === '#') return;
        if (character === '\n' || character === '\r') isLineStart = true;
        else if (character === '/' && text[index + 1] === '/') {
          index = endOfLine(text, index);
          continue;
        } else if (character === '/' && text[index + 1] === '*') {
          const close = text.indexOf('*/', index + 2);
          index = close < 0 ? text.length : close + 2;
          continue;
        } else if (character === '"') {
          isLineStart = false;
          index += quotedLength(text, index);
          continue;
        } else if (character !== ' ' && character !== '\t' && character !== '\uFEFF') {
          isLineStart = false;
        }
        index++;
      }
    };

    while (index < text.length && !isAborted) {
      if (isHeader || !conditions.isActive()) {
        skip();
        if (index < text.length) directive();
        continue;
      }
      const code = text.charCodeAt(index);
      if (code === 10 || code === 13) {
        isLineStart = true;
        index++;
      } else if (isBlank(code)) index++;
      else if (code === 47 && text[index + 1] === '/') index = endOfLine(text, index);
      else if (code === 47 && text[index + 1] === '*') {
        const close = text.indexOf('*/', index + 2);
        index = close < 0 ? text.length : close + 2;
      } else if (code === 35 && isLineStart) directive();
      else {
        isLineStart = false;
        if (beginsName(code)) {
          const end = endOfWord(text, index);
          if (macros.size > 0 && macros.has(text.slice(index, end))) {
            copyTo(index);
            copied = index;
            if (replaceName(file, { start: index, end }, sink)) {
              isChanged = true;
              copied = end;
            }
          }
          index = end;
        } else if (isDigit(code) || code === 36) index = endOfWord(text, index);
        else if (code === 34) {
          const image: string = endsStringsWithLine ? '' : (scanString(text, index)?.[0] ?? '');
          if (image !== '' && isClosed(image)) index += image.length;
          else {
            endsStringsWithLine = true;
            index += quotedLength(text, index);
          }
        } else if (code === 39) index += scanChar(text, index)?.[0].length ?? 1;
        else index++;
      }
    }
    if (isAborted) return;
    if (conditions.isActive()) copyTo(text.length);
    for (const span of conditions.unclosed()) {
      report(
        'MOF1304',
        at(span),
        `'${text.slice(span.start, span.end)}' without '#endif'`,
        'write #endif where the part ends that depends on it',
      );
    }
  };

  visit(main, []);
  if (isAborted) return { ...main, text: '' };
  return isChanged ? output.compose(main) : main;
}

interface IncludedName {
  readonly path: string;
  readonly isSystem: boolean;
}

/** The file that `"x"`, `<x>` or `("x")` names. */
function fileNameOf(text: string): IncludedName | undefined {
  const match = FILE_NAME.exec(text);
  if (match === null) return undefined;
  const [, system, quoted = ''] = match;
  const path = system ?? quoted.replace(/"\s*"/g, '').slice(1, -1);
  return path === '' ? undefined : { path, isSystem: system !== undefined };
}

/** Whether all of the text depends on a macro that is defined already, as include guards have it. */
function isGuarded(text: string, macros: Macros): boolean {
  const [, name] = GUARD.exec(text.slice(0, LONGEST_BEGINNING)) ?? [];
  return name !== undefined && macros.has(name);
}

/** A guard stands below a comment or two, not below a book. */
const LONGEST_BEGINNING = 32 * 1024;
const GUARD = new RegExp(
  String.raw`^(?:\s|\uFEFF|//[^\r\n]*|/\*(?:[^*]|\*(?!/))*\*/)*#[ \t]*(?:ifndef|if[ \t]*!\s*defined\s*\(?)\s*(${NAME})`,
);

/** The name that begins behind `rest`, blanks aside. */
function nameAfter({ text }: LogicalLine, rest: number): Span | undefined {
  let start = rest;
  while (start < text.length && isBlank(text.charCodeAt(start))) start++;
  if (start === rest || start >= text.length || !beginsName(text.charCodeAt(start)))
    return undefined;
  return { start, end: endOfWord(text, start) };
}

function wordIn({ text }: LogicalLine, { start, end }: Span): string {
  return text.slice(start, end);
}

function placeOf({ line, nameSpan }: Macro): Location {
  return { source: line.source, span: spanInSource(line, nameSpan.start, nameSpan.end) };
}

function trimmed(text: string, rest: number): Span {
  const end = Math.max(rest, text.trimEnd().length);
  const start = rest + text.slice(rest, end).search(/\S|$/);
  return { start, end };
}

function quotedLength(text: string, index: number): number {
  return scanLineString(text, index)?.[0].length ?? 1;
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 8 && code <= 12 && code !== 10) || code === 0xfeff;
}
