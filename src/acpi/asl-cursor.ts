/** A cursor over the tokens of ASL text, with one token of lookahead. */
import { type AslToken, aslTokens } from './asl-tokens.js';

export class AslCursor {
  /** The next token; undefined at the end of the text. */
  token: AslToken | undefined;

  /** The line of the token before the next one. */
  line = 1;

  readonly #next: () => AslToken | undefined;

  constructor(text: string) {
    this.#next = aslTokens(text);
    this.token = this.#next();
  }

  advance(): void {
    this.line = this.token?.line ?? this.line;
    this.token = this.#next();
  }

  isSign(sign: string): boolean {
    return this.token?.kind === 'sign' && this.token.text === sign;
  }

  /** Skips the sign if it is next, and returns whether it was. */
  accept(sign: string): boolean {
    const isNext = this.isSign(sign);
    if (isNext) this.advance();
    return isNext;
  }

  /** Skips the rest of an operator's operands, up to and including the closing parenthesis. */
  skipOperands(): void {
    for (let depth = 1; this.token !== undefined; this.advance()) {
      if (this.isSign('(')) depth++;
      else if (this.isSign(')')) depth--;
      if (depth === 0) {
        this.advance();
        return;
      }
    }
  }

  /** Skips the rest of the text. */
  stop(): void {
    this.token = undefined;
  }
}
