/** Writes what macros become into a text, with blanks where tokens would run together. It must not know macros. */
import { type Composer } from './composition.js';
import { isPadding, spacing, type Token, wouldJoin } from './pp-tokens.js';

export interface TokenWriter {
  readonly write: (token: Token) => void;
  /** Writes what is still held back; to be called once at the end. */
  readonly end: () => void;
}

/** Takes the written tokens. */
export type TextSink = Pick<Composer, 'copy' | 'make' | 'space'>;

/**
 * Writes into `sink`, in which `before` is the last character. A blank is in front, so that nothing runs together, but not
 * between a sign and its digits, as in `-LIMIT`.
 */
export function tokenWriter(sink: TextSink, before: string): TokenWriter {
  const { pad, before: isSpacedBefore } = spacing();
  let lastText: string | undefined;
  /** Tokens that are one part of a text, with nothing but blanks between them. */
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

/** Whether a sign is before a digit: MOF wants them together. */
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
