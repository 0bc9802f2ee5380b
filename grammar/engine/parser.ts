/**
 * The parser that the build puts in place of Chevrotain's: it looks one token ahead, in tables that Chevrotain computed when
 * mofgen was built. Must not know MOF.
 *
 * Methods have Chevrotain's names and do what its own do without error recovery. What they are called with is read once
 * while building; there a rule that needs more than one token, or another method, is refused.
 */
import {
  type IParserErrorMessageProvider,
  type IToken,
  type OrMethodOpts,
  type TokenType,
} from 'chevrotain';
import { END_OF_FILE, tokenMatcher } from './tokens.js';

/**
 * The tokens that may come first, by rule and by `METHOD` with its number, such as `OR2`: for OR a list for each alternative,
 * for the others one list.
 */
export type Lookahead = Readonly<Record<string, Decisions>>;

type Decisions = Readonly<Record<string, readonly (readonly string[])[]>>;

/** For each type of token by its index, the alternatives that it may begin, in order. */
type Choices = readonly (readonly number[])[];

interface Rule {
  readonly name: string;
  readonly decisions: Decisions;
  /** The decisions that were needed so far, by kind and number. */
  readonly choices: (Choices | undefined)[];
}

type RuleFunction = (this: unknown, ...args: never) => unknown;
type Gate = (this: unknown) => boolean;
type Action<T> = (this: unknown) => T;
type Optional<T> = Action<T> | { readonly GATE?: Gate; readonly DEF: Action<T> };

interface Repeated {
  readonly DEF: Action<unknown>;
  readonly ERR_MSG?: string;
}

interface Separated extends Repeated {
  readonly SEP: TokenType;
}

const METHODS = ['OR', 'OPTION', 'MANY', 'AT_LEAST_ONE', 'AT_LEAST_ONE_SEP'] as const;
const OR = 0;
const OPTION = 1;
const MANY = 2;
const AT_LEAST_ONE = 3;
const AT_LEAST_ONE_SEP = 4;
/** Methods are numbered: none, then 1 to 9. */
const NUMBERS = 10;

const NO_ARGUMENTS = [] as never;
const NO_ALTERNATIVE: readonly number[] = [];
const NO_RULE: Rule = { name: '', decisions: {}, choices: [] };

/** A rule gave up. */
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

function described(text: string | undefined): { readonly customUserDescription?: string } {
  return text === undefined ? {} : { customUserDescription: text };
}

/** The parser class for a grammar with these tables. */
export function parserWith(lookahead: Lookahead) {
  return class EmbeddedActionsParser {
    private readonly types = new Map<string, TokenType>();
    private readonly messages: IParserErrorMessageProvider;
    private tokens: readonly IToken[] = [];
    /** Of the last token that was read. */
    private index = -1;
    private rule = NO_RULE;

    constructor(
      vocabulary: readonly TokenType[],
      options: { readonly errorMessageProvider: IParserErrorMessageProvider },
    ) {
      for (const type of vocabulary) this.types.set(type.name, type);
      this.messages = options.errorMessageProvider;
    }

    performSelfAnalysis(): void {
      // It was done when mofgen was built.
    }

    set input(tokens: readonly IToken[]) {
      this.tokens = tokens;
      this.index = -1;
      this.rule = NO_RULE;
    }

    LA(distance: number): IToken {
      return this.tokens[this.index + distance] ?? END_OF_FILE;
    }

    SKIP_TOKEN(): IToken {
      if (this.index < this.tokens.length - 1) this.index++;
      return this.LA(1);
    }

    ACTION<T>(action: Action<T>): T {
      return action.call(this);
    }

    RULE(name: string, body: RuleFunction): RuleFunction {
      const rule: Rule = { name, decisions: lookahead[name] ?? {}, choices: [] };
      return (...args) => {
        const caller = this.rule;
        this.rule = rule;
        try {
          return body.apply(this, args);
        } finally {
          this.rule = caller;
        }
      };
    }

    SUBRULE(rule: RuleFunction, options?: { readonly ARGS: never }): unknown {
      return rule.apply(this, options?.ARGS ?? NO_ARGUMENTS);
    }
    SUBRULE2(rule: RuleFunction, options?: { readonly ARGS: never }): unknown {
      return this.SUBRULE(rule, options);
    }

    CONSUME(type: TokenType): IToken {
      const token = this.LA(1);
      if (tokenMatcher(token, type)) {
        this.index++;
        return token;
      }
      const message = this.messages.buildMismatchTokenMessage({
        expected: type,
        actual: token,
        previous: this.LA(0),
        ruleName: this.rule.name,
      });
      throw new MismatchedTokenException(message, token, this.LA(0));
    }
    CONSUME2(type: TokenType): IToken {
      return this.CONSUME(type);
    }
    CONSUME3(type: TokenType): IToken {
      return this.CONSUME(type);
    }

    OR<T>(alternatives: OrMethodOpts<T> | OrMethodOpts<T>['DEF']): T {
      return this.choose(0, alternatives);
    }
    OR2<T>(alternatives: OrMethodOpts<T> | OrMethodOpts<T>['DEF']): T {
      return this.choose(2, alternatives);
    }

    OPTION<T>(option: Optional<T>): T | undefined {
      return this.perhaps(0, option);
    }
    OPTION2<T>(option: Optional<T>): T | undefined {
      return this.perhaps(2, option);
    }
    OPTION3<T>(option: Optional<T>): T | undefined {
      return this.perhaps(3, option);
    }

    MANY(repeated: Optional<unknown>): void {
      this.repeat(0, repeated);
    }
    MANY2(repeated: Optional<unknown>): void {
      this.repeat(2, repeated);
    }

    AT_LEAST_ONE({ DEF: action, ERR_MSG: expected }: Repeated): void {
      if (!this.follows(AT_LEAST_ONE, 0)) throw this.tooEarly(expected);
      do action.call(this);
      while (this.follows(AT_LEAST_ONE, 0));
    }

    AT_LEAST_ONE_SEP({ DEF: action, ERR_MSG: expected, SEP: separator }: Separated): void {
      if (!this.follows(AT_LEAST_ONE_SEP, 0)) throw this.tooEarly(expected);
      action.call(this);
      while (tokenMatcher(this.LA(1), separator)) {
        this.index++;
        action.call(this);
      }
    }

    private choose<T>(number: number, options: OrMethodOpts<T> | OrMethodOpts<T>['DEF']): T {
      const alternatives = Array.isArray(options) ? options : options.DEF;
      for (const index of this.choices(OR, number)) {
        const alternative = alternatives[index];
        if (alternative === undefined || alternative.GATE?.call(this) === false) continue;
        const alternativeAction: Action<T> = alternative.ALT;
        return alternativeAction.call(this);
      }
      const message = this.messages.buildNoViableAltMessage({
        expectedPathsPerAlt: [],
        actual: [this.LA(1)],
        previous: this.LA(0),
        ...described(Array.isArray(options) ? undefined : options.ERR_MSG),
        ruleName: this.rule.name,
      });
      throw new RecognitionException(message, this.LA(1), this.LA(0));
    }

    private perhaps<T>(number: number, option: Optional<T>): T | undefined {
      if (typeof option === 'function') {
        return this.follows(OPTION, number) ? option.call(this) : undefined;
      }
      const isOpen = option.GATE === undefined || option.GATE.call(this);
      return isOpen && this.follows(OPTION, number) ? option.DEF.call(this) : undefined;
    }

    private repeat(number: number, repeated: Optional<unknown>): void {
      const gate = typeof repeated === 'function' ? undefined : repeated.GATE;
      const action = typeof repeated === 'function' ? repeated : repeated.DEF;
      for (;;) {
        if (gate !== undefined && !gate.call(this)) return;
        if (!this.follows(MANY, number)) return;
        const before = this.index;
        action.call(this);
        // What reads nothing would go on for ever.
        if (this.index <= before) return;
      }
    }

    private follows(method: number, number: number): boolean {
      return this.choices(method, number).length > 0;
    }

    private choices(method: number, number: number): readonly number[] {
      const { rule } = this;
      const key = method * NUMBERS + number;
      const all = (rule.choices[key] ??= this.tableOf(
        rule,
        `${METHODS[method] ?? ''}${number > 0 ? number : ''}`,
      ));
      return all[this.LA(1).tokenTypeIdx] ?? NO_ALTERNATIVE;
    }

    private tableOf(rule: Rule, method: string): Choices {
      const alternatives = rule.decisions[method];
      if (alternatives === undefined) throw new Error(`no table for ${rule.name}, ${method}`);
      const table: number[][] = [];
      alternatives.forEach((names, alternative) => {
        for (const name of names) {
          const type = this.types.get(name);
          if (type === undefined) throw new Error(`no token type ${name}`);
          for (const index of [type.tokenTypeIdx ?? 0, ...(type.categoryMatches ?? [])]) {
            const list = (table[index] ??= []);
            if (list.at(-1) !== alternative) list.push(alternative);
          }
        }
      });
      return table;
    }

    private tooEarly(expected: string | undefined): Error {
      const message = this.messages.buildEarlyExitMessage({
        expectedIterationPaths: [],
        actual: [this.LA(1)],
        previous: this.LA(0),
        ...described(expected),
        ruleName: this.rule.name,
      });
      return new RecognitionException(message, this.LA(1), this.LA(0));
    }
  };
}
