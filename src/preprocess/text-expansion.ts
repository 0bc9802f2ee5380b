/** Replaces the uses of macros in a MOF text within a budget: reads arguments across lines, and writes the result. */
import { type Diagnostic, type Location, diagnostic } from '../diagnostics/diagnostic.js';
import { type Composer, type MacroUse, outermost } from '../text/composition.js';
import { endOfLine, isClosed, scanChar } from '../text/scanning.js';
import { type SourceFile } from '../text/source-file.js';
import { type Span } from '../text/span.js';
import { placeIn } from './directive.js';
import { continuation, eachRange } from './logical-line.js';
import { type Budget, type Macro, type Macros } from './macros.js';
import { COST_OF_USE, type Replacement, type UseFault, replacement } from './token-replacement.js';
import { type Token, isBlank, isPadding, readToken, spacing, wouldJoin } from './tokens.js';

export interface Expansion {
  /**
   * Writes into `sink` the expansion of the name at `name`, with the arguments after it. Returns the offset after the use;
   * `undefined` when the name is not a use of a macro.
   */
  readonly replace: (
    file: SourceFile,
    name: Span,
    endOfString: (index: number) => number,
    sink: TextSink,
  ) => number | undefined;
  /** The tokens of a line with macros replaced, one by one. `report` receives the faults of their uses. */
  readonly line: (tokens: readonly Token[], options: LineOptions) => Replacement;
  /** Charges `cost` for other repeated text, such as an included file `name`; false when the budget is spent. */
  readonly spend: (cost: number, name: string, place: Location) => boolean;
  /** Whether expansion was aborted: diagnostics of half a text would be noise. */
  readonly isAborted: () => boolean;
}

export interface LineOptions {
  readonly report: (fault: UseFault) => void;
  /** The expansion of a name that is not a macro. */
  readonly fallback?: (name: string) => Macro | undefined;
}

/** The longest part of a name in a message; the name may be as long as the text. */
const MAX_SHOWN = 100;

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

  /** Fast path: copies the body of a macro in which nothing is replaced, as in most. */
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
  return (outermost(use)?.name ?? text).slice(0, MAX_SHOWN);
}

/** Where tokens come from. */
export interface TokenSource {
  /** The next token; `undefined` at the end. */
  readonly next: () => Token | undefined;
  /** Pushes the last token back, to be read again. */
  readonly back: () => void;
}

export interface TextTokens extends TokenSource {
  /** After the last token. */
  readonly offset: () => number;
}

/**
 * The tokens of `file` from `start` up to the next directive, after `first`. `endOfString` returns the offset after the string that
 * begins at an offset.
 */
export function textTokens(
  file: SourceFile,
  start: number,
  first: Token,
  endOfString: (index: number) => number,
): TextTokens {
  const { text } = file;
  let index = start;
  let previous = start;
  let last: Token | undefined;
  let waiting: Token | undefined = first;

  const read = (): Token | undefined => {
    let isLineStart = false;
    let isSpaced = false;
    let at = index;
    for (; at < text.length;) {
      const code = text.charCodeAt(at);
      if (code === 10 || code === 13) {
        isLineStart = true;
        at++;
      } else if (isBlank(code)) at++;
      else if (code === 47 && text[at + 1] === '/') at = endOfLine(text, at);
      else if (code === 47 && text[at + 1] === '*') {
        const close = text.indexOf('*/', at + 2);
        at = close < 0 ? text.length : close + 2;
      } else if (code === 92) {
        const next = continuation(text, at);
        if (next === undefined) break;
        at = next;
      } else break;
      isSpaced = true;
    }
    if (at >= text.length || (isLineStart && text[at] === '#')) return undefined;
    const { kind, end } = readText(text, at, endOfString);
    previous = index;
    index = end;
    return {
      kind,
      text: text.slice(at, end),
      source: file,
      start: at,
      end,
      isSpaced,
      use: undefined,
      isPainted: false,
      isJoined: false,
    };
  };

  return {
    next() {
      last = waiting ?? read();
      waiting = undefined;
      return last;
    },
    back() {
      waiting = last;
    },
    offset: () => (waiting === undefined ? index : waiting === first ? start : previous),
  };
}

/** Strings of MOF may go on over lines. */
function readText(
  text: string,
  at: number,
  endOfString: (index: number) => number,
): ReturnType<typeof readToken> {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return readToken(text, at, text.length);
  const end = quote === '"' ? endOfString(at) : at + (scanChar(text, at)?.[0].length ?? 1);
  return { kind: isClosed(text.slice(at, end)) ? 'string' : 'other', end };
}

export interface TokenWriter {
  readonly write: (token: Token) => void;
  /** Writes pending tokens; call it once at the end. */
  readonly end: () => void;
}

/** Receives the written tokens. */
export type TextSink = Pick<Composer, 'copy' | 'make' | 'space'>;

/**
 * Writes into `sink`, whose last character is `before`. Inserts blanks so that tokens do not run together, but not between a
 * sign and its digits, as in `-LIMIT`.
 */
export function tokenWriter(sink: TextSink, before: string): TokenWriter {
  const { pad, before: isSpacedBefore } = spacing();
  let lastText: string | undefined;
  /** Consecutive tokens of one text, separated by blanks only. */
  let run: Token | undefined;
  let runEnd = 0;

  const flush = (): void => {
    if (run !== undefined) sink.copy(run.source, run.start, runEnd, run.use);
    run = undefined;
  };

  return {
    write(token) {
      if (isPadding(token)) {
        pad(token);
        return;
      }
      const isSpaced = isSpacedBefore(token);
      const { text, source, start, end, use } = token;
      const isVerbatim = end - start === text.length && source.text.startsWith(text, start);
      if (
        run?.source === source &&
        run.use === use &&
        isVerbatim &&
        continues(source.text, runEnd, start)
      ) {
        runEnd = end;
      } else {
        flush();
        const isApart =
          lastText === undefined
            ? !isSignBefore(before, text.charAt(0))
            : isSpaced || wouldJoin(lastText, text);
        if (isApart) sink.space(' ');
        if (isVerbatim) {
          run = token;
          runEnd = end;
        } else sink.make(text, { source, span: { start, end } }, use);
      }
      lastText = text;
    },
    end: flush,
  };
}

/** Whether a sign precedes a digit: MOF requires them to be adjacent. */
export function isSignBefore(before: string, first: string): boolean {
  return /^[-+]$/.test(before) && /^\d$/.test(first);
}

/** Whether what is between two tokens of a text is blanks, which are copied with them. */
function continues(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    if (code !== 32 && code !== 9) return false;
  }
  return from <= to;
}
