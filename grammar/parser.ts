/**
 * The MOF grammar: one rule for each production, whose only action is to build a node with its span.
 *
 * Rules carry the names of DSP0004 2.x (MOF grammar annex); grammar/README.md has the grammar as EBNF and the
 * deviations.
 */
import { EmbeddedActionsParser, type IToken, isRecognitionException } from 'chevrotain';
import {
  type AliasIdentifier,
  type ArrayInitializer,
  type ArraySuffix,
  type ClassDeclaration,
  type ClassFeature,
  type CompilerDirective,
  type GlobalFlavor,
  type Identifier as IdentifierNode,
  type InstanceDeclaration,
  type InstanceValue,
  type IntegerLiteral,
  type MethodDeclaration,
  type MofProduction,
  type MofSpecification,
  type Parameter,
  type ParseResult,
  type PropertyDeclaration,
  type Qualifier as QualifierNode,
  type QualifierDeclaration,
  type ReferenceDeclaration,
  type StringLiteral,
  type TypeReference,
  type Value,
  type ValueInitializer,
} from './ast.js';
import { type Span } from '../src/text/span.js';
import * as check from './checks.js';
import {
  createErrorReporter,
  fixOf,
  type ErrorReporter,
  type ParserInput,
  TooManyProblems,
} from './error-reporter.js';
import { errorMessages } from './messages.js';
import {
  aliasNode,
  endOf,
  type FeatureHead,
  nameNode,
  numberNode,
  propertyNode,
  spanOf,
  typeNode,
} from './nodes.js';
import {
  isName,
  isProductionStart,
  skipFeature,
  skipProduction,
  skipQualifierList,
  skipInitializer,
  skipToEnd,
  type TokenCursor,
} from './recovery.js';
import * as t from './tokens.js';
import { dataTypeOf, isFlavor } from './vocabulary.js';

const NOTHING: ParserInput = { text: '', tokens: [], lexicalProblems: [], mayLackMacros: false };

type DirectiveArgument = StringLiteral | IntegerLiteral | IdentifierNode;

export class MofParser extends EmbeddedActionsParser {
  private readonly cursor: TokenCursor = {
    peek: (distance) => this.LA(distance),
    skip: () => {
      this.SKIP_TOKEN();
    },
  };
  private length = 0;
  private reporter: ErrorReporter = createErrorReporter(NOTHING, this.cursor);

  constructor(options: { readonly skipValidations: boolean }) {
    super(t.parserVocabulary, {
      maxLookahead: 1,
      recoveryEnabled: false,
      errorMessageProvider: errorMessages,
      skipValidations: options.skipValidations,
    });
    this.performSelfAnalysis();
  }

  /** Parses a whole text. The problems are in the order of their discovery. `undefined` if there are more than `maxProblems`. */
  read(input: ParserInput): ParseResult | undefined {
    this.input = input.tokens;
    this.length = input.text.length;
    this.reporter = createErrorReporter(input, this.cursor);
    try {
      const value = this.mofSpecification();
      const { problems, lost } = this.reporter;
      return { value, problems, lost };
    } catch (error) {
      if (error instanceof TooManyProblems) return undefined;
      throw error;
    } finally {
      // The parser is reused; release the tokens, which take more memory than the tree.
      this.input = [];
      this.reporter = createErrorReporter(NOTHING, this.cursor);
    }
  }

  // mofSpecification = { mofProduction | ";" }
  private readonly mofSpecification = this.RULE('mofSpecification', (): MofSpecification => {
    const productions: MofProduction[] = [];
    do {
      this.MANY(() =>
        this.OR([
          { ALT: () => this.CONSUME(t.Semicolon) },
          {
            ALT: () => {
              const production = this.recovering(skipProduction, () =>
                this.SUBRULE(this.mofProduction),
              );
              if (production !== undefined) productions.push(production);
            },
          },
        ]),
      );
    } while (this.ACTION(() => check.skipsStrayProduction(this.reporter)));
    return { kind: 'MofSpecification', productions, span: { start: 0, end: this.length } };
  });

  // mofProduction = compilerDirective | qualifierStatement | [qualifierList] (classDeclaration | instanceDeclaration)
  private readonly mofProduction = this.RULE('mofProduction', (): MofProduction => {
    const start = this.LA(1);
    return this.OR<MofProduction>([
      { ALT: () => this.SUBRULE(this.compilerDirective) },
      { ALT: () => this.SUBRULE(this.qualifierStatement) },
      {
        ALT: () => {
          const qualifiers = this.OPTION(() => this.SUBRULE(this.qualifierList)) ?? [];
          this.ACTION(() => check.expectClassOrInstance(this.reporter));
          return this.OR2<MofProduction>([
            { ALT: () => this.SUBRULE(this.classDeclaration, { ARGS: [start, qualifiers] }) },
            { ALT: () => this.SUBRULE(this.instanceDeclaration, { ARGS: [start, qualifiers] }) },
          ]);
        },
      },
    ]);
  });

  // compilerDirective = "#pragma" name [ "(" [ argument { "," argument } ] ")" ]
  private readonly compilerDirective = this.RULE('compilerDirective', (): CompilerDirective => {
    const start = this.CONSUME(t.Pragma);
    this.ACTION(() => check.expectDirectiveName(this.reporter));
    const name = this.CONSUME(t.Identifier);
    this.ACTION(() => check.checkDirective(this.reporter, name));
    const args = this.OPTION(() => {
      const read: DirectiveArgument[] = [];
      this.CONSUME(t.LParen);
      this.OPTION2(() => {
        read.push(this.SUBRULE(this.directiveArgument));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          read.push(this.SUBRULE2(this.directiveArgument));
        });
      });
      const open = this.ACTION(() => check.missesArgumentsEnd(this.reporter, read.length > 0));
      if (open !== true) this.CONSUME(t.RParen);
      return read;
    });
    return {
      kind: 'CompilerDirective',
      name: nameNode(name),
      arguments: args,
      span: this.since(start),
    };
  });

  private readonly directiveArgument = this.RULE('directiveArgument', (): DirectiveArgument =>
    this.OR<DirectiveArgument>({
      DEF: [
        { ALT: () => this.SUBRULE(this.stringValue) },
        {
          ALT: () => {
            const token = this.CONSUME(t.NumberText);
            return this.ACTION(() =>
              check.checkInteger(this.reporter, token, 'a directive argument'),
            );
          },
        },
        { ALT: () => nameNode(this.CONSUME(t.Identifier)) },
      ],
      ERR_MSG: 'a string, a name or an integer',
    }),
  );

  // classDeclaration = [qualifierList] "class" name [alias] [ ":" superclass ] ( classBody ";" | ";" )
  private readonly classDeclaration = this.RULE(
    'classDeclaration',
    (start: IToken, qualifiers: readonly QualifierNode[]): ClassDeclaration => {
      this.CONSUME(t.Class);
      const name = this.CONSUME(t.Identifier);
      const alias = this.OPTION(() => this.SUBRULE(this.alias));
      const superclass = this.OPTION2(() => {
        this.CONSUME(t.Colon);
        return nameNode(this.CONSUME2(t.Identifier));
      });
      const features = this.OPTION3(() => this.SUBRULE(this.classBody, { ARGS: [name] }));
      const whole = this.ACTION(() =>
        check.missesEndOfClass(this.reporter, name, features !== undefined),
      );
      if (whole !== true) this.CONSUME(t.Semicolon);
      return this.ACTION(() => ({
        kind: 'ClassDeclaration',
        qualifiers,
        name: nameNode(name),
        alias,
        superclass,
        features,
        span: this.since(start),
      }));
    },
  );

  // classBody = "{" { classFeature | ";" } "}"
  private readonly classBody = this.RULE('classBody', (name: IToken): ClassFeature[] => {
    const features: ClassFeature[] = [];
    this.CONSUME(t.LCurly);
    do {
      this.MANY({
        GATE: () => !isProductionStart(this.cursor),
        DEF: () =>
          this.OR([
            { ALT: () => this.CONSUME(t.Semicolon) },
            {
              ALT: () => {
                const feature = this.recovering(skipFeature, () =>
                  this.SUBRULE(this.classFeature, { ARGS: [name] }),
                );
                if (feature !== undefined) features.push(feature);
              },
            },
          ]),
      });
    } while (
      this.ACTION(
        () =>
          check.skipsStrayBrace(this.reporter) ||
          check.skipsStrayStatement(this.reporter, 'a property, a method', skipFeature),
      )
    );
    const open = this.ACTION(() => check.missesBrace(this.reporter, 'the class', name));
    if (open !== true) this.CONSUME(t.RCurly);
    return features;
  });

  // classFeature = [qualifierList] type name ( methodDeclaration | referenceDeclaration | propertyDeclaration )
  private readonly classFeature = this.RULE('classFeature', (className: IToken): ClassFeature => {
    const start = this.LA(1);
    const qualifiers = this.OPTION(() => this.SUBRULE(this.qualifierList)) ?? [];
    this.ACTION(() => check.expectSameBody(this.reporter, 'the class', className, start));
    this.ACTION(() => check.expectNoNestedType(this.reporter));
    const type = this.SUBRULE(this.type);
    const name = this.CONSUME(t.Identifier);
    const head: FeatureHead = { start, qualifiers, type, name };
    const ends = this.ACTION(() => check.missesAllAfterName(this.reporter, head));
    if (ends === true) return propertyNode(head, undefined, undefined, this.since(start));
    return this.OR<ClassFeature>([
      { ALT: () => this.SUBRULE(this.methodDeclaration, { ARGS: [head] }) },
      {
        GATE: () => type.kind === 'ReferenceType',
        ALT: () => this.SUBRULE(this.referenceDeclaration, { ARGS: [head] }),
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.SUBRULE(this.propertyDeclaration, { ARGS: [head] }) },
    ]);
  });

  // type = dataType | "object" [ ":" name ] | name | name "ref"
  private readonly type = this.RULE('type', (): TypeReference => {
    const name = this.CONSUME(t.Identifier);
    const isReference = this.OPTION({
      GATE: () => isName(this.LA(2)),
      DEF: () => this.CONSUME(t.Ref),
    });
    const objectClass = this.OPTION2({
      GATE: () => dataTypeOf(name.image) === 'object',
      DEF: () => {
        this.CONSUME(t.Colon);
        return nameNode(this.CONSUME2(t.Identifier));
      },
    });
    this.ACTION(() => check.expectNoArrayType(this.reporter));
    return typeNode(name, isReference !== undefined, objectClass, this.since(name));
  });

  // propertyDeclaration = [qualifierList] type name [array] [ "=" initializer ] ";"
  private readonly propertyDeclaration = this.RULE(
    'propertyDeclaration',
    (head: FeatureHead): PropertyDeclaration | ReferenceDeclaration => {
      const array = this.OPTION({
        GATE: () => check.beginsArray(this.reporter),
        DEF: () => this.SUBRULE(this.array),
      });
      const defaultValue = this.OPTION2(() => this.SUBRULE(this.defaultValue));
      const ends = this.ACTION(() =>
        check.missesSemicolon(this.reporter, `the property '${head.name.image}'`),
      );
      if (ends !== true) this.CONSUME(t.Semicolon);
      return this.ACTION(() => propertyNode(head, array, defaultValue, this.since(head.start)));
    },
  );

  // referenceDeclaration = [qualifierList] name "ref" name [array] [ "=" initializer ] ";"
  private readonly referenceDeclaration = this.RULE(
    'referenceDeclaration',
    (head: FeatureHead): PropertyDeclaration | ReferenceDeclaration => {
      const array = this.OPTION({
        GATE: () => check.beginsArray(this.reporter),
        DEF: () => this.SUBRULE(this.array),
      });
      const defaultValue = this.OPTION2(() => this.SUBRULE(this.defaultValue));
      const ends = this.ACTION(() =>
        check.missesSemicolon(this.reporter, `the reference '${head.name.image}'`),
      );
      if (ends !== true) this.CONSUME(t.Semicolon);
      return this.ACTION(() => propertyNode(head, array, defaultValue, this.since(head.start)));
    },
  );

  // methodDeclaration = [qualifierList] type name "(" [parameterList] ")" ";"
  private readonly methodDeclaration = this.RULE(
    'methodDeclaration',
    (head: FeatureHead): MethodDeclaration => {
      this.CONSUME(t.LParen);
      const parameters = this.OPTION(() => this.SUBRULE(this.parameterList)) ?? [];
      this.ACTION(() =>
        check.expectCloser(
          this.reporter,
          t.RParen,
          check.lastOf(parameters, 'parameter'),
          'a parameter',
        ),
      );
      this.CONSUME(t.RParen);
      const ends = this.ACTION(() =>
        check.missesSemicolon(this.reporter, `the method '${head.name.image}'`),
      );
      if (ends !== true) this.CONSUME(t.Semicolon);
      return this.ACTION(() => ({
        kind: 'MethodDeclaration',
        qualifiers: head.qualifiers,
        returnType: head.type,
        name: nameNode(head.name),
        parameters,
        span: this.since(head.start),
      }));
    },
  );

  // parameterList = parameter { "," parameter }
  private readonly parameterList = this.RULE('parameterList', (): Parameter[] => {
    const parameters: Parameter[] = [this.SUBRULE(this.parameter)];
    this.MANY(() => {
      this.CONSUME(t.Comma);
      parameters.push(this.SUBRULE2(this.parameter));
    });
    return parameters;
  });

  // parameter = [qualifierList] type name [array] [ "=" initializer ]
  private readonly parameter = this.RULE('parameter', (): Parameter => {
    const start = this.LA(1);
    const qualifiers = this.OPTION(() => this.SUBRULE(this.qualifierList)) ?? [];
    const type = this.SUBRULE(this.type);
    const name = nameNode(this.CONSUME(t.Identifier));
    const array = this.OPTION2({
      GATE: () => check.beginsArray(this.reporter),
      DEF: () => this.SUBRULE(this.array),
    });
    const defaultValue = this.OPTION3(() => this.SUBRULE(this.defaultValue));
    return {
      kind: 'Parameter',
      qualifiers,
      type,
      name,
      array,
      defaultValue,
      span: this.since(start),
    };
  });

  // array = "[" [ integer ] "]"
  private readonly array = this.RULE('array', (): ArraySuffix => {
    const open = this.CONSUME(t.LBracket);
    const length = this.OPTION(() => this.CONSUME(t.NumberText));
    this.ACTION(() => check.expectArrayEnd(this.reporter, length !== undefined));
    this.CONSUME(t.RBracket);
    const value =
      length &&
      this.ACTION(() => check.checkInteger(this.reporter, length, 'the length of an array').value);
    return { kind: 'ArraySuffix', length: value, span: this.since(open) };
  });

  // qualifierList = "[" [ qualifier { "," qualifier } [","] ] "]"
  private readonly qualifierList = this.RULE('qualifierList', (): QualifierNode[] => {
    const qualifiers: QualifierNode[] = [];
    this.CONSUME(t.LBracket);
    this.recovering(
      (cursor) => skipQualifierList(cursor),
      () => {
        this.OPTION(() => {
          qualifiers.push(this.SUBRULE(this.qualifier));
          this.MANY({
            GATE: () =>
              this.LA(1).tokenType === t.Colon
                ? check.isColonForComma(this.reporter)
                : this.LA(2).tokenType !== t.RBracket,
            DEF: () => {
              this.OR([
                { ALT: () => this.CONSUME(t.Comma) },
                { ALT: () => this.SUBRULE(this.colonForComma) },
              ]);
              qualifiers.push(this.SUBRULE2(this.qualifier));
            },
          });
          this.OPTION2(() => this.CONSUME2(t.Comma));
        });
        this.ACTION(() =>
          check.expectCloser(
            this.reporter,
            t.RBracket,
            check.lastOf(qualifiers, 'qualifier'),
            'a qualifier name',
          ),
        );
        this.CONSUME(t.RBracket);
      },
    );
    return qualifiers;
  });

  // qualifier = name [qualifierParameter] [ ":" flavor { [","] flavor } ]
  private readonly qualifier = this.RULE('qualifier', (): QualifierNode => {
    const flavors: IdentifierNode[] = [];
    const name = this.CONSUME(t.Identifier);
    const value = this.OPTION(() => this.SUBRULE(this.qualifierParameter));
    this.OPTION2({
      GATE: () => !check.isColonForComma(this.reporter),
      DEF: () => {
        this.CONSUME(t.Colon);
        flavors.push(this.SUBRULE(this.flavor));
        this.MANY({
          GATE: () => check.continuesFlavors(this.reporter),
          DEF: () => {
            this.OPTION3(() => this.CONSUME(t.Comma));
            flavors.push(this.SUBRULE2(this.flavor));
          },
        });
      },
    });
    return { kind: 'Qualifier', name: nameNode(name), value, flavors, span: this.since(name) };
  });

  // colonForComma = ":" (Recovery: typed for the comma before a qualifier with a value)
  private readonly colonForComma = this.RULE('colonForComma', (): void => {
    const colon = this.CONSUME(t.Colon);
    this.ACTION(() => check.reportColonForComma(this.reporter, colon));
  });

  // qualifierParameter = "(" initializer { "," initializer } [","] ")" | arrayInitializer
  private readonly qualifierParameter = this.RULE('qualifierParameter', (): Value =>
    this.OR<Value>([
      {
        ALT: () => {
          const open = this.CONSUME(t.LParen);
          const first = this.SUBRULE(this.initializer);
          const elements: Value[] = [first];
          this.MANY({
            GATE: () => this.LA(2).tokenType !== t.RParen,
            DEF: () => {
              this.CONSUME(t.Comma);
              elements.push(this.SUBRULE2(this.initializer));
            },
          });
          const comma = this.OPTION(() => this.CONSUME2(t.Comma));
          this.ACTION(() => check.expectCloser(this.reporter, t.RParen, 'the value', 'a value'));
          this.CONSUME(t.RParen);
          return elements.length === 1 && comma === undefined
            ? first
            : { kind: 'Array', elements, span: this.since(open) };
        },
      },
      { ALT: () => this.SUBRULE(this.arrayInitializer) },
    ]),
  );

  // flavor: the words of vocabulary.ts
  private readonly flavor = this.RULE('flavor', (): IdentifierNode => {
    const name = this.CONSUME(t.Identifier);
    this.ACTION(() => check.checkFlavor(this.reporter, name));
    return nameNode(name);
  });

  // defaultValue = "=" initializer
  private readonly defaultValue = this.RULE('defaultValue', (): Value => {
    this.CONSUME(t.Equals);
    return this.SUBRULE(this.initializer);
  });

  // initializer = constantValue | arrayInitializer | alias | instanceValue | name
  private readonly initializer = this.RULE('initializer', (): Value => {
    this.ACTION(() => check.expectNoValueOf(this.reporter));
    return this.OR<Value>({
      DEF: [
        { ALT: () => this.SUBRULE(this.constantValue) },
        { ALT: () => this.SUBRULE(this.arrayInitializer) },
        { ALT: () => aliasNode(this.CONSUME(t.AliasName)) },
        { ALT: () => this.SUBRULE(this.instanceValue) },
        { ALT: () => this.SUBRULE(this.nameValue), IGNORE_AMBIGUITIES: true },
      ],
      ERR_MSG: 'a value',
    });
  });

  // constantValue = stringValue | number | char | "true" | "false" | "null"
  private readonly constantValue = this.RULE('constantValue', (): Value =>
    this.OR<Value>([
      { ALT: () => this.SUBRULE(this.stringValue) },
      { ALT: () => numberNode(this.CONSUME(t.NumberText)) },
      {
        ALT: () => {
          const token = this.CONSUME(t.CharText);
          return { kind: 'Char', value: token.payload as number, span: spanOf(token) };
        },
      },
      { ALT: () => ({ kind: 'Boolean', value: true, span: spanOf(this.CONSUME(t.True)) }) },
      { ALT: () => ({ kind: 'Boolean', value: false, span: spanOf(this.CONSUME(t.False)) }) },
      { ALT: () => ({ kind: 'Null', span: spanOf(this.CONSUME(t.Null)) }) },
    ]),
  );

  // nameValue = name | unknownMacro { unknownMacro } stringValue
  private readonly nameValue = this.RULE('nameValue', (): Value => {
    const first = this.CONSUME(t.Identifier);
    const string = this.OPTION({
      GATE: () => check.areMacros(this.reporter, first),
      DEF: () => {
        this.ACTION(() => check.reportUnknownMacro(this.reporter, first, 'before'));
        this.MANY(() => {
          const name = this.CONSUME2(t.Identifier);
          this.ACTION(() => check.reportUnknownMacro(this.reporter, name, 'between'));
        });
        return this.SUBRULE(this.stringValue);
      },
    });
    return string === undefined ? nameNode(first) : { ...string, span: this.since(first) };
  });

  // stringValue = string { [unknownMacro] string }
  private readonly stringValue = this.RULE('stringValue', (): StringLiteral => {
    const first = this.CONSUME(t.StringPiece);
    let value = first.payload as string;
    do {
      this.MANY({
        GATE: () => check.continuesString(this.reporter),
        DEF: () => {
          this.OPTION(() => {
            const name = this.CONSUME(t.Identifier);
            this.ACTION(() => check.reportUnknownMacro(this.reporter, name, 'between'));
          });
          value += this.CONSUME2(t.StringPiece).payload as string;
        },
      });
    } while (this.ACTION(() => check.skipsQuotedWords(this.reporter)));
    return { kind: 'String', value, span: this.since(first) };
  });

  // arrayInitializer = "{" [ initializer { "," initializer } [","] ] "}"
  private readonly arrayInitializer = this.RULE('arrayInitializer', (): ArrayInitializer => {
    const elements: Value[] = [];
    const open = this.CONSUME(t.LCurly);
    this.OPTION(() => {
      elements.push(this.SUBRULE(this.initializer));
      this.MANY({
        GATE: () => this.LA(2).tokenType !== t.RCurly,
        DEF: () => {
          this.CONSUME(t.Comma);
          elements.push(this.SUBRULE2(this.initializer));
        },
      });
      this.OPTION2(() => this.CONSUME2(t.Comma));
    });
    this.ACTION(() =>
      check.expectCloser(
        this.reporter,
        t.RCurly,
        elements.length > 0 ? 'the value' : undefined,
        'a value',
      ),
    );
    this.CONSUME(t.RCurly);
    return { kind: 'Array', elements, span: this.since(open) };
  });

  // instanceDeclaration = [qualifierList] "instance" "of" name [alias] instanceBody [";"]
  private readonly instanceDeclaration = this.RULE(
    'instanceDeclaration',
    (start: IToken, qualifiers: readonly QualifierNode[]): InstanceDeclaration => {
      this.CONSUME(t.Instance);
      this.CONSUME(t.Of);
      const className = this.CONSUME(t.Identifier);
      const alias = this.OPTION(() => this.SUBRULE(this.alias));
      const properties = this.SUBRULE(this.instanceBody, { ARGS: [className] });
      this.OPTION2(() => this.CONSUME(t.Semicolon));
      return this.ACTION(() => ({
        kind: 'InstanceDeclaration',
        qualifiers,
        className: nameNode(className),
        alias,
        properties,
        span: this.since(start),
      }));
    },
  );

  // instanceValue = "instance" "of" name [alias] instanceBody
  private readonly instanceValue = this.RULE('instanceValue', (): InstanceValue => {
    const start = this.CONSUME(t.Instance);
    this.CONSUME(t.Of);
    const className = this.CONSUME(t.Identifier);
    const alias = this.OPTION(() => this.SUBRULE(this.alias));
    const properties = this.SUBRULE(this.instanceBody, { ARGS: [className] });
    return {
      kind: 'Instance',
      className: nameNode(className),
      alias,
      properties,
      span: this.since(start),
    };
  });

  // instanceBody = "{" { valueInitializer | ";" } "}"
  private readonly instanceBody = this.RULE('instanceBody', (name: IToken): ValueInitializer[] => {
    const properties: ValueInitializer[] = [];
    this.CONSUME(t.LCurly);
    do {
      this.MANY({
        GATE: () => !isProductionStart(this.cursor),
        DEF: () =>
          this.OR([
            { ALT: () => this.CONSUME(t.Semicolon) },
            {
              ALT: () => {
                const property = this.recovering(skipInitializer, () =>
                  this.SUBRULE(this.valueInitializer, { ARGS: [name] }),
                );
                if (property !== undefined) properties.push(property);
              },
            },
          ]),
      });
    } while (
      this.ACTION(() => check.skipsStrayStatement(this.reporter, 'a property', skipInitializer))
    );
    const open = this.ACTION(() => check.missesBrace(this.reporter, 'the instance of', name));
    if (open !== true) this.CONSUME(t.RCurly);
    return properties;
  });

  // valueInitializer = [qualifierList] name [ "=" initializer ] ";"
  private readonly valueInitializer = this.RULE(
    'valueInitializer',
    (of: IToken): ValueInitializer => {
      const start = this.LA(1);
      const qualifiers = this.OPTION(() => this.SUBRULE(this.qualifierList)) ?? [];
      this.ACTION(() => check.expectSameBody(this.reporter, 'the instance of', of, start));
      const name = this.CONSUME(t.Identifier);
      const value = this.OPTION2(() => this.SUBRULE(this.defaultValue));
      const ends = this.ACTION(() =>
        check.missesSemicolon(this.reporter, `the property '${name.image}'`),
      );
      if (ends !== true) this.CONSUME(t.Semicolon);
      return {
        kind: 'ValueInitializer',
        qualifiers,
        name: nameNode(name),
        value,
        span: this.since(start),
      };
    },
  );

  // alias = "as" aliasIdentifier
  private readonly alias = this.RULE('alias', (): AliasIdentifier => {
    this.CONSUME(t.As);
    return aliasNode(this.CONSUME(t.AliasName));
  });

  // qualifierStatement = "qualifier" name ":" ( globalFlavor | qualifierDeclaration )
  private readonly qualifierStatement = this.RULE(
    'qualifierStatement',
    (): QualifierDeclaration | GlobalFlavor => {
      const start = this.CONSUME(t.Qualifier);
      const name = this.CONSUME(t.Identifier);
      this.CONSUME(t.Colon);
      return this.OR<QualifierDeclaration | GlobalFlavor>({
        DEF: [
          {
            GATE: () => isFlavor(this.LA(1).image),
            ALT: () => this.SUBRULE(this.globalFlavor, { ARGS: [start, name] }),
            IGNORE_AMBIGUITIES: true,
          },
          { ALT: () => this.SUBRULE(this.qualifierDeclaration, { ARGS: [start, name] }) },
        ],
        ERR_MSG: 'a data type or a flavor',
      });
    },
  );

  // qualifierDeclaration = dataType [array] [ "=" initializer ] { "," ( scope | defaultFlavor ) } ";"
  private readonly qualifierDeclaration = this.RULE(
    'qualifierDeclaration',
    (start: IToken, name: IToken): QualifierDeclaration => {
      const scope: IdentifierNode[] = [];
      const defaultFlavor: IdentifierNode[] = [];
      const word = this.CONSUME(t.Identifier);
      const type = this.ACTION(() => check.checkDataType(this.reporter, word));
      const array = this.OPTION(() => this.SUBRULE(this.array));
      const defaultValue = this.OPTION2(() => this.SUBRULE(this.defaultValue));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        this.OR({
          DEF: [
            { ALT: () => this.SUBRULE(this.scope, { ARGS: [scope] }) },
            { ALT: () => this.SUBRULE(this.defaultFlavor, { ARGS: [defaultFlavor] }) },
          ],
          ERR_MSG: "'scope' or 'flavor'",
        });
      });
      const ends = this.ACTION(() =>
        check.missesSemicolon(this.reporter, `the qualifier declaration '${name.image}'`),
      );
      if (ends !== true) this.CONSUME(t.Semicolon);
      return this.ACTION(() => ({
        kind: 'QualifierDeclaration',
        name: nameNode(name),
        type,
        array,
        defaultValue,
        scope,
        defaultFlavor,
        span: this.since(start),
      }));
    },
  );

  // scope = "scope" "(" metaElement { "," metaElement } ")"
  private readonly scope = this.RULE('scope', (into: IdentifierNode[]): void => {
    this.CONSUME(t.Scope);
    this.CONSUME(t.LParen);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        const name = this.CONSUME(t.Identifier);
        this.ACTION(() => {
          check.checkScope(this.reporter, name);
          into.push(nameNode(name));
        });
      },
      ERR_MSG: 'a scope',
    });
    this.CONSUME(t.RParen);
  });

  // defaultFlavor = "flavor" "(" flavor { "," flavor } ")"
  private readonly defaultFlavor = this.RULE('defaultFlavor', (into: IdentifierNode[]): void => {
    this.CONSUME(t.Flavor);
    this.CONSUME(t.LParen);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        const name = this.SUBRULE(this.flavor);
        this.ACTION(() => into.push(name));
      },
      ERR_MSG: 'a flavor',
    });
    this.CONSUME(t.RParen);
  });

  // globalFlavor = flavor { flavor } ";" (Spec deviation: Microsoft's)
  private readonly globalFlavor = this.RULE(
    'globalFlavor',
    (start: IToken, name: IToken): GlobalFlavor => {
      const flavors: IdentifierNode[] = [];
      this.AT_LEAST_ONE({
        DEF: () => flavors.push(this.SUBRULE(this.flavor)),
        ERR_MSG: 'a flavor',
      });
      const ends = this.ACTION(() =>
        check.missesSemicolon(this.reporter, `the flavors of '${name.image}'`),
      );
      if (ends !== true) this.CONSUME(t.Semicolon);
      return this.ACTION(() => ({
        kind: 'GlobalFlavor',
        name: nameNode(name),
        flavors,
        span: this.since(start),
      }));
    },
  );

  /** Parses a construct; if it is broken, reports that and skips it. A skip that returns false found no end. */
  private recovering<T>(
    skip: (cursor: TokenCursor, start: IToken) => boolean | void,
    construct: () => T,
  ): T | undefined {
    const before = this.LA(0);
    const start = this.LA(1);
    try {
      return construct();
    } catch (error) {
      if (!(error instanceof Error && isRecognitionException(error))) throw error;
      // A broken production may contain much correct text, and further independent errors.
      const fix = fixOf(error);
      if (skip === skipProduction) this.reporter.atNext(error.message, undefined, fix);
      else this.reporter.atNextSince(before, error.message, fix);
      if (this.reporter.areTooMany()) skipToEnd(this.cursor);
      if (skip(this.cursor, start) === false) throw error;
      this.reporter.lose(start);
      return undefined;
    }
  }

  /** The span from `start` to the last token that was read. */
  private since(start: IToken): Span {
    return { start: start.startOffset, end: endOf(this.LA(0)) };
  }
}
