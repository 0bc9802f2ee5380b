/**
 * The parser: runs rules with one token of lookahead, in tables that Chevrotain computed for the grammar.
 *
 * Each method behaves like the method of that name in Chevrotain's EmbeddedActionsParser without error recovery. A rule that
 * cannot continue throws, including the first one.
 */
import { END_OF_FILE, type IToken, tokenMatcher, type TokenType } from './tokens.js';

/**
 * The tokens that may come first, by rule and by method with its number, such as `OR2`. OR has a list for each alternative,
 * the other methods have one list.
 */
type Lookahead = Readonly<Record<string, Decisions>>;

type Decisions = Readonly<Record<string, readonly (readonly string[])[]>>;

/** The tables of the grammar as JSON; scripts/engine.mjs inserts them. */
declare const LOOKAHEAD: string;

const lookahead = JSON.parse(LOOKAHEAD) as Lookahead;

/** The alternatives that a token may begin, in order, by its `tokenTypeIdx`. */
type Choices = readonly (readonly number[])[];

interface RunningRule {
  readonly name: string;
  readonly decisions: Decisions;
  /** The tables that were needed so far, by method with its number. */
  readonly choices: Record<string, Choices>;
}

type Rule<Arguments extends readonly unknown[], Result> = (...args: Arguments) => Result;

interface Guarded<T> {
  readonly GATE?: () => boolean;
  readonly DEF: () => T;
}
type Optional<T> = (() => T) | Guarded<T>;

interface Alternative<T> {
  readonly GATE?: () => boolean;
  readonly ALT: () => T;
  /** For Chevrotain's validation; the first alternative wins. */
  readonly IGNORE_AMBIGUITIES?: true;
}
interface DescribedAlternatives<T> {
  readonly DEF: readonly Alternative<T>[];
  /** What was expected, for the message. */
  readonly ERR_MSG: string;
}
type Alternatives<T> = readonly Alternative<T>[] | DescribedAlternatives<T>;

interface AtLeastOne {
  readonly DEF: () => unknown;
  readonly ERR_MSG: string;
}
interface Separated extends AtLeastOne {
  readonly SEP: TokenType;
}

/** The methods that a rule may use up to ten times, each time with another number after its name. */
interface NumberedMethods {
  CONSUME(type: TokenType): IToken;
  SUBRULE<Result>(rule: Rule<[], Result>): Result;
  SUBRULE<Arguments extends readonly unknown[], Result>(
    rule: Rule<Arguments, Result>,
    options: { readonly ARGS: Arguments },
  ): Result;
  OR<T>(alternatives: Alternatives<T>): T;
  OR(alternatives: Alternatives<unknown>): unknown;
  OPTION<T>(option: Optional<T>): T | undefined;
  MANY(repeated: Optional<unknown>): void;
  AT_LEAST_ONE(repeated: AtLeastOne): void;
  AT_LEAST_ONE_SEP(repeated: Separated): void;
}

const NUMBERS = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

type Numbered = {
  [
    Method in keyof NumberedMethods as `${Method}${(typeof NUMBERS)[number]}`
  ]: NumberedMethods[Method];
};

/** The messages of errors; the error that Chevrotain reports for text after the first rule is not raised here. */
export interface IParserErrorMessageProvider {
  buildMismatchTokenMessage(options: {
    readonly expected: TokenType;
    readonly actual: IToken;
    readonly previous: IToken;
    readonly ruleName: string;
  }): string;
  buildNotAllInputParsedMessage(options: {
    readonly firstRedundant: IToken;
    readonly ruleName: string;
  }): string;
  buildNoViableAltMessage(options: Unexpected): string;
  buildEarlyExitMessage(options: Unexpected): string;
}

interface Unexpected {
  readonly actual: readonly IToken[];
  readonly previous: IToken;
  /** The ERR_MSG of the method. */
  readonly customUserDescription?: string;
  readonly ruleName: string;
}

interface ParserOptions {
  readonly maxLookahead: 1;
  readonly recoveryEnabled: false;
  readonly errorMessageProvider: IParserErrorMessageProvider;
  /** Chevrotain validates, not this parser. */
  readonly skipValidations: boolean;
}

/** A rule failed. */
class RecognitionException extends Error {
  constructor(
    message: string,
    readonly token: IToken,
    readonly previousToken: IToken,
  ) {
    super(message);
  }
}

/** Another token was expected. */
export class MismatchedTokenException extends RecognitionException {}

export function isRecognitionException(error: unknown): boolean {
  return error instanceof RecognitionException;
}

const NO_ALTERNATIVE: readonly number[] = [];
const NO_RULE: RunningRule = { name: '', decisions: {}, choices: {} };

/** Its own fields and methods are private to JavaScript too, so that a rule may have any name. */
class Parser {
  readonly #types = new Map<string, TokenType>();
  readonly #messages: IParserErrorMessageProvider;
  #tokens: readonly IToken[] = [];
  /** Of the last token that was read. */
  #index = -1;
  #rule = NO_RULE;

  constructor(vocabulary: readonly TokenType[], options: ParserOptions) {
    for (const type of vocabulary) this.#types.set(type.name, type);
    this.#messages = options.errorMessageProvider;
  }

  static {
    const methods = this.prototype as unknown as Record<string, unknown>;
    for (const number of NUMBERS) {
      const [or, option, many, atLeastOne, atLeastOneSep] = [
        `OR${number}`,
        `OPTION${number}`,
        `MANY${number}`,
        `AT_LEAST_ONE${number}`,
        `AT_LEAST_ONE_SEP${number}`,
      ];
      const numbered: Readonly<Record<string, (this: Parser, ...args: never) => unknown>> = {
        CONSUME(type: TokenType) {
          return this.#consume(type);
        },
        SUBRULE(rule: Rule<readonly unknown[], unknown>, options?: { ARGS: readonly unknown[] }) {
          return options === undefined ? rule() : rule(...options.ARGS);
        },
        OR(alternatives: Alternatives<unknown>) {
          return this.#choose(or, alternatives);
        },
        OPTION(optional: Optional<unknown>) {
          return this.#perhaps(option, optional);
        },
        MANY(repeated: Optional<unknown>) {
          this.#repeat(many, repeated);
        },
        AT_LEAST_ONE(repeated: AtLeastOne) {
          this.#expectFirst(atLeastOne, repeated);
          this.#repeat(atLeastOne, repeated.DEF);
        },
        AT_LEAST_ONE_SEP(repeated: Separated) {
          this.#expectFirst(atLeastOneSep, repeated);
          repeated.DEF();
          while (tokenMatcher(this.LA(1), repeated.SEP)) {
            this.#index++;
            repeated.DEF();
          }
        },
      };
      for (const [name, method] of Object.entries(numbered)) methods[`${name}${number}`] = method;
    }
  }

  performSelfAnalysis(): void {
    // Chevrotain did this when it computed the tables.
  }

  set input(tokens: readonly IToken[]) {
    this.#tokens = tokens;
    this.#index = -1;
    this.#rule = NO_RULE;
  }

  LA(distance: number): IToken {
    return this.#tokens[this.#index + distance] ?? END_OF_FILE;
  }

  SKIP_TOKEN(): IToken {
    if (this.#index < this.#tokens.length - 1) this.#index++;
    return this.LA(1);
  }

  ACTION<T>(action: () => T): T {
    return action();
  }

  RULE<Arguments extends readonly unknown[], Result>(
    name: string,
    body: Rule<Arguments, Result>,
  ): Rule<Arguments, Result> {
    const rule: RunningRule = { name, decisions: lookahead[name] ?? {}, choices: {} };
    return (...args) => {
      const caller = this.#rule;
      this.#rule = rule;
      try {
        return body(...args);
      } finally {
        this.#rule = caller;
      }
    };
  }

  #consume(type: TokenType): IToken {
    const token = this.LA(1);
    if (tokenMatcher(token, type)) {
      this.#index++;
      return token;
    }
    const previous = this.LA(0);
    const message = this.#messages.buildMismatchTokenMessage({
      expected: type,
      actual: token,
      previous,
      ruleName: this.#rule.name,
    });
    throw new MismatchedTokenException(message, token, previous);
  }

  #choose(method: string, options: Alternatives<unknown>): unknown {
    const alternatives = 'DEF' in options ? options.DEF : options;
    for (const index of this.#alternatives(method)) {
      const alternative = alternatives[index];
      if (alternative === undefined || alternative.GATE?.() === false) continue;
      return alternative.ALT();
    }
    const unexpected = this.#unexpected('DEF' in options ? options.ERR_MSG : undefined);
    const message = this.#messages.buildNoViableAltMessage(unexpected);
    throw new RecognitionException(message, this.LA(1), this.LA(0));
  }

  #perhaps(method: string, option: Optional<unknown>): unknown {
    if (typeof option === 'function') return this.#follows(method) ? option() : undefined;
    const isOpen = option.GATE === undefined || option.GATE();
    return isOpen && this.#follows(method) ? option.DEF() : undefined;
  }

  #repeat(method: string, repeated: Optional<unknown>): void {
    const { GATE: gate, DEF: action } =
      typeof repeated === 'function' ? { GATE: undefined, DEF: repeated } : repeated;
    for (;;) {
      if (gate !== undefined && !gate()) return;
      if (!this.#follows(method)) return;
      const before = this.#index;
      action();
      // A repetition that reads nothing would never end.
      if (this.#index <= before) return;
    }
  }

  #expectFirst(method: string, { ERR_MSG: expected }: AtLeastOne): void {
    if (this.#follows(method)) return;
    const message = this.#messages.buildEarlyExitMessage(this.#unexpected(expected));
    throw new RecognitionException(message, this.LA(1), this.LA(0));
  }

  #unexpected(expected: string | undefined): Unexpected {
    return {
      actual: [this.LA(1)],
      previous: this.LA(0),
      ...(expected !== undefined && { customUserDescription: expected }),
      ruleName: this.#rule.name,
    };
  }

  #follows(method: string): boolean {
    return this.#alternatives(method).length > 0;
  }

  /** The alternatives of the running rule's `method` that the next token may begin. */
  #alternatives(method: string): readonly number[] {
    const { choices } = this.#rule;
    const table = (choices[method] ??= this.#tableOf(method));
    return table[this.LA(1).tokenTypeIdx] ?? NO_ALTERNATIVE;
  }

  #tableOf(method: string): Choices {
    const { name: ruleName, decisions } = this.#rule;
    const alternatives = decisions[method];
    if (alternatives === undefined) throw new Error(`${ruleName} has no table for ${method}`);
    const table: number[][] = [];
    alternatives.forEach((names, alternative) => {
      const begins = new Set<number>();
      for (const name of names) {
        const type = this.#types.get(name);
        if (type === undefined) throw new Error(`there is no token type ${name}`);
        begins.add(type.tokenTypeIdx);
        for (const member of type.members) begins.add(member);
      }
      for (const index of begins) (table[index] ??= []).push(alternative);
    });
    return table;
  }
}

export const EmbeddedActionsParser = Parser as unknown as new (
  ...args: ConstructorParameters<typeof Parser>
) => Parser & Numbered;
