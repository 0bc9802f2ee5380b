/**
 * Replaces uses of macros within a budget, and gives the whole text up when they become too much. It must not know
 * directives.
 */
import { type Span } from '../../grammar/ast.js';
import { type Diagnostic, diagnostic, type Location } from '../diagnostics/diagnostic.js';
import { type MacroUse, outermost } from './composition.js';
import { placeIn } from './directive.js';
import { eachRange } from './logical-line.js';
import { type Budget, type Macro, type Macros } from './macros.js';
import { type Token } from './pp-tokens.js';
import { COST_OF_USE, type Replacement, replacement, type UseFault } from './replacement.js';
import { type SourceFile } from './source-file.js';
import { isSignBefore, type TextSink, tokenWriter } from './token-writer.js';
import { textTokens } from './text-tokens.js';
import { isBlank } from './words.js';

export interface Expansion {
  /**
   * Writes into `sink` what the name at `name` of a text stands for, with the arguments after it. Returns where the text goes
   * on; `undefined` when there is nothing to replace.
   */
  readonly replace: (
    file: SourceFile,
    name: Span,
    endOfString: (index: number) => number,
    sink: TextSink,
  ) => number | undefined;
  /** The tokens of a line with macros replaced, one by one. `report` gets what is wrong with their uses. */
  readonly line: (tokens: readonly Token[], options: LineOptions) => Replacement;
  /** Takes `cost` of the budget for what else repeats text, called `name`; false when that is too much. */
  readonly spend: (cost: number, name: string, place: Location) => boolean;
  /** Whether the text is given up: what follows from half of it would be noise. */
  readonly isAborted: () => boolean;
}

export interface LineOptions {
  readonly report: (fault: UseFault) => void;
  /** What a name stands for that is no macro. */
  readonly fallback?: (name: string) => Macro | undefined;
}

/** Of a name that may be as long as the text. */
const MOST_SHOWN = 100;

export function expansionOf(
  macros: Macros,
  budget: Budget,
  report: (found: Diagnostic) => void,
): Expansion {
  let isAborted = false;

  const abort = (message: string, place: Location): void => {
    if (isAborted) return;
    isAborted = true;
    const help = 'look for macros that use others many times over';
    report(diagnostic('MOF1303', place, message, { help }));
  };
  /** Whether the fault ends the text. */
  const isEnd = ({ kind, token }: UseFault): boolean => {
    if (kind !== 'size' && kind !== 'depth') return false;
    const place = placeOf(token);
    const name = nameOf(token);
    abort(
      kind === 'size'
        ? `replacing macros takes too much text; it ends at '${name}'`
        : `the macro '${name}' leads through too many others`,
      place,
    );
    return true;
  };
  const reportUse = (fault: UseFault): void => {
    const { kind, message, token } = fault;
    if (isEnd(fault)) return;
    const place = placeOf(token);
    const macro = macros.get(token.text);
    const related =
      macro === undefined || kind === 'paste'
        ? []
        : [{ location: placeIn(macro.line, macro.nameSpan), message: 'defined here' }];
    if (kind === 'count') {
      const help = 'give it as many arguments as it has parameters';
      report(diagnostic('MOF1420', place, message, { help, related }));
    } else if (kind === 'paste') {
      const help = 'they stay two; remove the ## between them';
      report(diagnostic('MOF1422', place, message, { help }));
    } else {
      const help = 'close the parenthesis; no directive may be among the arguments';
      report(diagnostic('MOF1421', place, message, { help, related }));
    }
  };

  /** Writes a macro as it is, when nothing in it is replaced, as in most: qualifiers, types and numbers. */
  const copied = (macro: Macro | undefined, name: Token, sink: TextSink): boolean => {
    if (macro === undefined || macro.parameters !== undefined) return false;
    const names = macro.names();
    if (names === undefined || names.some((each) => macros.has(each))) return false;
    const { line, body } = macro;
    budget.left -= COST_OF_USE + body.end - body.start;
    if (budget.left < 0) {
      isEnd({ kind: 'size', message: '', token: name });
      return true;
    }
    const { source, start, end, text } = name;
    const use: MacroUse = { name: text, source, span: { start, end }, within: undefined };
    if (!isSignBefore(source.text.charAt(start - 1), line.text.charAt(body.start))) sink.space(' ');
    eachRange(line, body.start, body.end, (from, to) => {
      if (from === to) sink.space(' ');
      else sink.copy(line.source, from, to, use);
    });
    sink.space(' ');
    return true;
  };

  const surroundings = { budget, isAborted: () => isAborted };
  return {
    replace(file, { start, end }, endOfString, sink) {
      const text = file.text.slice(start, end);
      const name: Token = {
        kind: 'name',
        text,
        source: file,
        start,
        end,
        isSpaced: false,
        use: undefined,
        isPainted: false,
        isJoined: false,
      };
      const macro = macros.get(text);
      if (macro?.parameters !== undefined && !mayBeUsed(file.text, end)) return undefined;
      if (copied(macro, name, sink)) return end;
      const source = textTokens(file, end, name, endOfString);
      const stream = replacement(source, {
        ...surroundings,
        macroNamed: (each) => macros.get(each),
        report: reportUse,
      });
      const first = stream.next();
      if (first === name && stream.isOutside()) return undefined;
      const writer = tokenWriter(sink, file.text.charAt(start - 1));
      for (let token = first; token !== undefined; token = stream.next()) {
        writer.write(token);
        if (stream.isOutside()) break;
      }
      writer.end();
      const next = source.offset();
      sink.space(' ');
      return next;
    },
    line(tokens, { report: reportLine, fallback = () => undefined }) {
      let index = 0;
      const source = {
        next: () => tokens[index++],
        back: () => {
          index--;
        },
      };
      return replacement(source, {
        ...surroundings,
        macroNamed: (name) => macros.get(name) ?? fallback(name),
        report(fault) {
          if (!isEnd(fault)) reportLine(fault);
        },
      });
    },
    spend(cost, name, place) {
      budget.left -= cost;
      if (budget.left >= 0) return true;
      abort(`replacing macros takes too much text; it ends at '${name}'`, place);
      return false;
    },
    isAborted: () => isAborted,
  };
}

/** Whether arguments may begin at `end`, or after a comment there. */
function mayBeUsed(text: string, end: number): boolean {
  let index = end;
  while (isBlank(text.charCodeAt(index)) || text[index] === '\n' || text[index] === '\r') index++;
  return text[index] === '(' || text[index] === '/' || text[index] === '\\';
}

/** Where the token is written, or the use of the macro that it belongs to. */
function placeOf({ source, start, end, use }: Token): Location {
  return outermost(use) ?? { source, span: { start, end } };
}

function nameOf({ text, use }: Token): string {
  return (outermost(use)?.name ?? text).slice(0, MOST_SHOWN);
}
