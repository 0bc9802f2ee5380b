/**
 * The MOF grammar: one rule for each production, whose only action is to build a node with its span.
 *
 * Rules carry the names of DSP0004 2.x (MOF grammar annex); grammar/README.md has the grammar as EBNF and the
 * deviations. Must not know files or what names and values mean on Windows.
 */
import {
  EmbeddedActionsParser,
  EOF,
  type IToken,
  isRecognitionException,
  type TokenType,
  MismatchedTokenException,
} from 'chevrotain';
import {
  type AliasIdentifier,
  type ArraySuffix,
  type ArrayInitializer,
  type ClassDeclaration,
  type ClassFeature,
  type CompilerDirective,
  type DataTypeReference,
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
  type Span,
  type StringLiteral,
  type SyntaxProblem,
  type TypeReference,
  type Value,
  type ValueInitializer,
} from './ast.js';
import { createFaultLog, type FaultLog } from './fault-log.js';
import { type NumberValue, shortened } from './literals.js';
import { errorMessages, expectation, found } from './messages.js';
import {
  isName,
  isProductionStart,
  skipProduction,
  skipQualifierList,
  skipStatement,
  type TokenCursor,
} from './recovery.js';
import * as t from './tokens.js';
import { dataTypeOf, FLAVORS, isDirective, isFlavor, isScope, SCOPES } from './vocabulary.js';

/** What the parser needs besides the tokens. */
export interface ParserInput {
  readonly text: string;
  readonly tokens: IToken[];
  readonly lexicalProblems: readonly SyntaxProblem[];
}

/** What a class feature begins with, read before it is known to be a property or a method. */
interface FeatureHead {
  readonly start: IToken;
  readonly qualifiers: readonly QualifierNode[];
  readonly type: TypeReference;
  readonly name: IToken;
}

const MOF3_WORDS: ReadonlySet<string> = new Set([
  'association',
  'enumeration',
  'structure',
  'value',
]);

export class MofParser extends EmbeddedActionsParser {
  private readonly cursor: TokenCursor = {
    peek: (distance) => this.LA(distance),
    skip: () => {
      this.SKIP_TOKEN();
    },
  };
  private text = '';
  private log: FaultLog = createFaultLog([], this.cursor);

  constructor(options: { readonly skipValidations: boolean }) {
    super(t.parserVocabulary, {
      maxLookahead: 1,
      recoveryEnabled: false,
      errorMessageProvider: errorMessages,
      skipValidations: options.skipValidations,
    });
    this.performSelfAnalysis();
  }

  /** Reads a whole text; the tree holds what could be read, the problems are in the order of their discovery. */
  read({ text, tokens, lexicalProblems }: ParserInput): ParseResult {
    this.input = tokens;
    this.text = text;
    this.log = createFaultLog(lexicalProblems, this.cursor);
    return { value: this.mofSpecification(), problems: this.log.problems };
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
    } while (this.ACTION(() => this.skipsStrayProduction()));
    return { kind: 'MofSpecification', productions, span: { start: 0, end: this.text.length } };
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
          this.ACTION(() => this.expectClassOrInstance());
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
    const name = this.CONSUME(t.Identifier);
    this.ACTION(() => this.checkDirective(name));
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
      this.ACTION(() => this.expectCloser(t.RParen, `the arguments of '${name.image}'`));
      this.CONSUME(t.RParen);
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
            return this.ACTION(() => this.integerNode(token, 'a directive argument'));
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
      const whole = this.ACTION(() => this.missesEndOfClass(name, features !== undefined));
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
                const feature = this.recovering(skipStatement, () =>
                  this.SUBRULE(this.classFeature, { ARGS: [name] }),
                );
                if (feature !== undefined) features.push(feature);
              },
            },
          ]),
      });
    } while (this.ACTION(() => this.skipsStrayStatement('a property, a method')));
    const open = this.ACTION(() => this.missesBrace(`the class '${name.image}'`));
    if (open !== true) this.CONSUME(t.RCurly);
    return features;
  });

  // classFeature = [qualifierList] type name ( methodDeclaration | referenceDeclaration | propertyDeclaration )
  private readonly classFeature = this.RULE('classFeature', (className: IToken): ClassFeature => {
    const start = this.LA(1);
    const qualifiers = this.OPTION(() => this.SUBRULE(this.qualifierList)) ?? [];
    this.ACTION(() => this.expectSameClass(className));
    const type = this.SUBRULE(this.type);
    const name = this.CONSUME(t.Identifier);
    const head: FeatureHead = { start, qualifiers, type, name };
    const ends = this.ACTION(() => this.endsWithoutSemicolon(head));
    if (ends !== undefined) return ends;
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
    const span = this.since(name);
    if (isReference !== undefined) return { kind: 'ReferenceType', name: nameNode(name), span };
    const dataType = dataTypeOf(name.image);
    if (dataType !== undefined) return { kind: 'DataType', name: dataType, objectClass, span };
    return { kind: 'ClassType', name: nameNode(name), span };
  });

  // propertyDeclaration = [qualifierList] type name [array] [ "=" initializer ] ";"
  private readonly propertyDeclaration = this.RULE(
    'propertyDeclaration',
    (head: FeatureHead): PropertyDeclaration | ReferenceDeclaration => {
      const array = this.OPTION(() => this.SUBRULE(this.array));
      const defaultValue = this.OPTION2(() => this.SUBRULE(this.defaultValue));
      const ends = this.ACTION(() => this.missesSemicolon(`the property '${head.name.image}'`));
      if (ends !== true) this.CONSUME(t.Semicolon);
      return this.ACTION(() => propertyNode(head, array, defaultValue, this.since(head.start)));
    },
  );

  // referenceDeclaration = [qualifierList] name "ref" name [array] [ "=" initializer ] ";"
  private readonly referenceDeclaration = this.RULE(
    'referenceDeclaration',
    (head: FeatureHead): PropertyDeclaration | ReferenceDeclaration => {
      const array = this.OPTION(() => this.SUBRULE(this.array));
      const defaultValue = this.OPTION2(() => this.SUBRULE(this.defaultValue));
      const ends = this.ACTION(() => this.missesSemicolon(`the reference '${head.name.image}'`));
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
      this.ACTION(() => this.expectCloser(t.RParen, lastOf(parameters, 'parameter')));
      this.CONSUME(t.RParen);
      const ends = this.ACTION(() => this.missesSemicolon(`the method '${head.name.image}'`));
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
    const array = this.OPTION2(() => this.SUBRULE(this.array));
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
    this.CONSUME(t.RBracket);
    const value =
      length && this.ACTION(() => this.integerNode(length, 'the length of an array').value);
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
            GATE: () => this.LA(2).tokenType !== t.RBracket,
            DEF: () => {
              this.CONSUME(t.Comma);
              qualifiers.push(this.SUBRULE2(this.qualifier));
            },
          });
          this.OPTION2(() => this.CONSUME2(t.Comma));
        });
        this.ACTION(() => this.expectCloser(t.RBracket, lastOf(qualifiers, 'qualifier')));
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
    this.OPTION2(() => {
      this.CONSUME(t.Colon);
      flavors.push(this.SUBRULE(this.flavor));
      this.MANY({
        GATE: () => this.continuesFlavors(),
        DEF: () => {
          this.OPTION3(() => this.CONSUME(t.Comma));
          flavors.push(this.SUBRULE2(this.flavor));
        },
      });
    });
    return { kind: 'Qualifier', name: nameNode(name), value, flavors, span: this.since(name) };
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
          this.ACTION(() => this.expectCloser(t.RParen, 'the value'));
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
    this.ACTION(() => this.checkFlavor(name));
    return nameNode(name);
  });

  // defaultValue = "=" initializer
  private readonly defaultValue = this.RULE('defaultValue', (): Value => {
    this.CONSUME(t.Equals);
    return this.SUBRULE(this.initializer);
  });

  // initializer = constantValue | arrayInitializer | alias | instanceValue | name
  private readonly initializer = this.RULE('initializer', (): Value =>
    this.OR<Value>({
      DEF: [
        { ALT: () => this.SUBRULE(this.constantValue) },
        { ALT: () => this.SUBRULE(this.arrayInitializer) },
        { ALT: () => aliasNode(this.CONSUME(t.AliasName)) },
        { ALT: () => this.SUBRULE(this.instanceValue) },
        { ALT: () => nameNode(this.CONSUME(t.Identifier)), IGNORE_AMBIGUITIES: true },
      ],
      ERR_MSG: 'a value',
    }),
  );

  // constantValue = string { string } | number | char | "true" | "false" | "null"
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

  private readonly stringValue = this.RULE('stringValue', (): StringLiteral => {
    const first = this.CONSUME(t.StringPiece);
    let value = first.payload as string;
    this.MANY(() => {
      value += this.CONSUME2(t.StringPiece).payload as string;
    });
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
    this.ACTION(() => this.expectCloser(t.RCurly, elements.length > 0 ? 'the value' : undefined));
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
                const property = this.recovering(skipStatement, () =>
                  this.SUBRULE(this.valueInitializer),
                );
                if (property !== undefined) properties.push(property);
              },
            },
          ]),
      });
    } while (this.ACTION(() => this.skipsStrayStatement('a property')));
    const open = this.ACTION(() => this.missesBrace(`the instance of '${name.image}'`));
    if (open !== true) this.CONSUME(t.RCurly);
    return properties;
  });

  // valueInitializer = [qualifierList] name [ "=" initializer ] ";"
  private readonly valueInitializer = this.RULE('valueInitializer', (): ValueInitializer => {
    const start = this.LA(1);
    const qualifiers = this.OPTION(() => this.SUBRULE(this.qualifierList)) ?? [];
    const name = this.CONSUME(t.Identifier);
    const value = this.OPTION2(() => this.SUBRULE(this.defaultValue));
    const ends = this.ACTION(() => this.missesSemicolon(`the property '${name.image}'`));
    if (ends !== true) this.CONSUME(t.Semicolon);
    return {
      kind: 'ValueInitializer',
      qualifiers,
      name: nameNode(name),
      value,
      span: this.since(start),
    };
  });

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
      const type = this.ACTION(() => this.dataTypeNode(word));
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
        this.missesSemicolon(`the qualifier declaration '${name.image}'`),
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
          this.checkScope(name);
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
      const ends = this.ACTION(() => this.missesSemicolon(`the flavors of '${name.image}'`));
      if (ends !== true) this.CONSUME(t.Semicolon);
      return this.ACTION(() => ({
        kind: 'GlobalFlavor',
        name: nameNode(name),
        flavors,
        span: this.since(start),
      }));
    },
  );

  // ---- What the rules look at and report; never called while chevrotain records the grammar (hence ACTION). ----

  /** Reads a construct; when it is broken, reports that and skips it. A skip that returns false found no end. */
  private recovering<T>(
    skip: (cursor: TokenCursor, start: IToken) => boolean | void,
    construct: () => T,
  ): T | undefined {
    const start = this.LA(1);
    try {
      return construct();
    } catch (error) {
      if (!(error instanceof Error && isRecognitionException(error))) throw error;
      this.reportAtNext(error.message);
      if (skip(this.cursor, start) === false) throw error;
      return undefined;
    }
  }

  /** The span from `start` to the last token that was read. */
  private since(start: IToken): Span {
    return { start: start.startOffset, end: endOf(this.LA(0)) };
  }

  private afterLast(): Span {
    const end = endOf(this.LA(0));
    return { start: end, end };
  }

  private nextIsOnSameLine(): boolean {
    const next = this.LA(1);
    if (next.tokenType === EOF) return false;
    return !/[\r\n]/.test(this.text.slice(endOf(this.LA(0)), next.startOffset));
  }

  /** Points at the next token, or after the last one when the next is on another line. */
  private reportAtNext(message: string, help?: string): void {
    const span = this.nextIsOnSameLine() ? spanOf(this.LA(1)) : this.afterLast();
    this.log.unexpectedNext(message, span, help);
  }

  private fail(message: string): never {
    throw new MismatchedTokenException(message, this.LA(1), this.LA(0));
  }

  private reportToken(token: IToken, message: string, help: string): void {
    this.log.add({ code: 'MOF1201', message, help, span: spanOf(token) });
  }

  private missesSemicolon(construct: string): boolean {
    if (this.LA(1).tokenType === t.Semicolon) return false;
    const message = `expected ';' after ${construct}`;
    this.log.unexpectedNext(message, this.afterLast(), "put ';' there");
    if (this.LA(1).tokenType !== t.RCurly && this.nextIsOnSameLine()) this.fail(message);
    return true;
  }

  /** A feature that ends after its name: nothing that may follow a name does. */
  private endsWithoutSemicolon(head: FeatureHead): ClassFeature | undefined {
    switch (this.LA(1).tokenType) {
      case t.Semicolon:
      case t.LParen:
      case t.LBracket:
      case t.Equals:
        return undefined;
    }
    const kind = head.type.kind === 'ReferenceType' ? 'reference' : 'property';
    this.missesSemicolon(`the ${kind} '${head.name.image}'`);
    return propertyNode(head, undefined, undefined, this.since(head.start));
  }

  private missesEndOfClass(name: IToken, hasBody: boolean): boolean {
    if (this.LA(1).tokenType === t.Semicolon) return false;
    const title = shortened(name.image);
    if (!hasBody)
      this.fail(`expected '{' or ';' after the class name '${title}'${this.foundNext()}`);
    const message = `expected ';' after the class '${title}'`;
    this.log.unexpectedNext(message, this.afterLast(), "a class ends with '};'");
    return true;
  }

  private missesBrace(construct: string): boolean {
    if (this.LA(1).tokenType === t.RCurly) return false;
    const message = `expected '}' at the end of ${construct}${this.foundNext()}`;
    this.log.unexpectedNext(message, this.afterLast());
    return true;
  }

  private foundNext(): string {
    return `, found ${found(this.LA(1))}`;
  }

  private expectCloser(closer: TokenType, last: string | undefined): void {
    if (this.LA(1).tokenType === closer) return;
    const wanted = closer.LABEL ?? closer.name;
    this.fail(
      last === undefined
        ? expectation(wanted, this.LA(0), this.LA(1))
        : `expected ',' or ${wanted} after ${last}${this.foundNext()}`,
    );
  }

  private expectClassOrInstance(): void {
    const next = this.LA(1);
    if (next.tokenType === t.Class || next.tokenType === t.Instance) return;
    this.fail(
      mof3Message(next) ??
        `expected 'class' or 'instance of' after the qualifier list${this.foundNext()}`,
    );
  }

  private expectSameClass(className: IToken): void {
    if (!isProductionStart(this.cursor)) return;
    this.fail(`expected '}' at the end of the class '${className.image}'${this.foundNext()}`);
  }

  private skipsStrayProduction(): boolean {
    const next = this.LA(1);
    if (next.tokenType === EOF) return false;
    const message =
      mof3Message(next) ??
      `expected a class, an instance, a qualifier or a directive${this.foundNext()}`;
    this.log.unexpectedNext(message, spanOf(next));
    skipProduction(this.cursor, next);
    return true;
  }

  private skipsStrayStatement(expected: string): boolean {
    const next = this.LA(1);
    if (next.tokenType === t.RCurly || next.tokenType === EOF) return false;
    if (isProductionStart(this.cursor)) return false;
    this.reportAtNext(`expected ${expected} or '}'${this.foundNext()}`);
    skipStatement(this.cursor, next);
    return true;
  }

  private continuesFlavors(): boolean {
    if (this.LA(1).tokenType !== t.Comma) return true;
    const word = this.LA(2);
    if (!isName(word) || !isFlavor(word.image)) return false;
    const after = this.LA(3).tokenType;
    return after !== t.LParen && after !== t.LCurly && after !== t.Colon;
  }

  private checkFlavor(name: IToken): void {
    if (isFlavor(name.image)) return;
    const message = `unknown flavor '${shortened(name.image)}'`;
    this.reportToken(
      name,
      message,
      `flavors are ${FLAVORS.join(', ')}; a qualifier needs a comma before it`,
    );
  }

  private checkScope(name: IToken): void {
    if (isScope(name.image)) return;
    const message = `unknown scope '${shortened(name.image)}'`;
    this.reportToken(name, message, `scopes are ${SCOPES.join(', ')}`);
  }

  /** Microsoft's and DSP0004's compilers pass over directives that they do not know. */
  private checkDirective(name: IToken): void {
    if (isDirective(name.image)) return;
    this.log.add({
      code: 'MOF1203',
      message: `unknown compiler directive '${shortened(name.image)}' is left out`,
      help: undefined,
      span: spanOf(name),
    });
    if (this.LA(1).tokenType !== t.LParen) return;
    let depth = 0;
    do {
      const { tokenType } = this.LA(1);
      if (tokenType === EOF || tokenType === t.Semicolon) return;
      if (tokenType === t.LParen) depth++;
      else if (tokenType === t.RParen) depth--;
      this.SKIP_TOKEN();
    } while (depth > 0 && !isProductionStart(this.cursor));
  }

  private integerNode(token: IToken, construct: string): IntegerLiteral {
    const number = token.payload as NumberValue;
    if (number.kind === 'integer' && number.value >= 0n) {
      return { kind: 'Integer', value: number.value, span: spanOf(token) };
    }
    this.reportToken(
      token,
      `expected ${construct} as a positive integer, found ${found(token)}`,
      'write it as in 16',
    );
    return { kind: 'Integer', value: 0n, span: spanOf(token) };
  }

  private dataTypeNode(word: IToken): DataTypeReference {
    const name = dataTypeOf(word.image);
    if (name !== undefined && name !== 'void' && name !== 'object') {
      return { kind: 'DataType', name, objectClass: undefined, span: spanOf(word) };
    }
    this.reportToken(
      word,
      `expected a data type or a flavor, found ${found(word)}`,
      'a qualifier is a boolean, string, integer, real, char16 or datetime',
    );
    return { kind: 'DataType', name: 'string', objectClass: undefined, span: spanOf(word) };
  }
}

type DirectiveArgument = StringLiteral | IntegerLiteral | IdentifierNode;

function endOf(token: IToken): number {
  return token.tokenType === EOF ? 0 : token.startOffset + token.image.length;
}

function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

function nameNode(token: IToken): IdentifierNode {
  return { kind: 'Identifier', name: token.image, span: spanOf(token) };
}

function aliasNode(token: IToken): AliasIdentifier {
  return { kind: 'Alias', name: token.image.slice(1), span: spanOf(token) };
}

function numberNode(token: IToken): Value {
  // While chevrotain records the grammar, tokens have no payload.
  const number = token.payload as NumberValue | undefined;
  const span = spanOf(token);
  return number?.kind === 'real'
    ? { kind: 'Real', value: number.value, span }
    : { kind: 'Integer', value: number?.value ?? 0n, span };
}

function propertyNode(
  { qualifiers, type, name }: FeatureHead,
  array: ArraySuffix | undefined,
  defaultValue: Value | undefined,
  span: Span,
): PropertyDeclaration | ReferenceDeclaration {
  const rest = { qualifiers, name: nameNode(name), array, defaultValue, span };
  return type.kind === 'ReferenceType'
    ? { kind: 'ReferenceDeclaration', type, ...rest }
    : { kind: 'PropertyDeclaration', type, ...rest };
}

function lastOf(
  nodes: readonly (QualifierNode | Parameter)[],
  construct: string,
): string | undefined {
  const last = nodes.at(-1);
  return last && `the ${construct} '${shortened(last.name.name)}'`;
}

function mof3Message(token: IToken): string | undefined {
  return MOF3_WORDS.has(token.image.toLowerCase())
    ? `'${token.image}' begins a MOF 3 (DSP0221) construct, which is not supported`
    : undefined;
}
