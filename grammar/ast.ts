/**
 * The typed syntax tree of a MOF text: what was written and where, without any meaning.
 *
 * Nodes are named after the productions of DSP0004's MOF grammar (annex A of the 2.x text), with the additions that
 * real driver MOFs need (grammar/README.md lists them). Every node has a `span`. Names keep the spelling of the text;
 * the model compares them without case.
 */
import { type SyntaxCode } from './codes.js';

import { type Span } from '../src/text/span.js';

interface Node {
  readonly span: Span;
}

/** A name as it was spelled. */
export interface Identifier extends Node {
  readonly kind: 'Identifier';
  readonly name: string;
}

/** mofSpecification: a whole MOF text. */
export interface MofSpecification extends Node {
  readonly kind: 'MofSpecification';
  readonly productions: readonly MofProduction[];
}

/** mofProduction */
export type MofProduction =
  CompilerDirective | ClassDeclaration | InstanceDeclaration | QualifierDeclaration | GlobalFlavor;

/** compilerDirective: `#pragma name`, `#pragma name(argument, …)`. */
export interface CompilerDirective extends Node {
  readonly kind: 'CompilerDirective';
  readonly name: Identifier;
  /** `undefined` when there were no parentheses (`#pragma autorecover`). */
  readonly arguments: readonly (StringLiteral | IntegerLiteral | Identifier)[] | undefined;
}

/** classDeclaration (associationDeclaration and indicationDeclaration differ only by their qualifiers). */
export interface ClassDeclaration extends Node {
  readonly kind: 'ClassDeclaration';
  readonly qualifiers: readonly Qualifier[];
  readonly name: Identifier;
  readonly alias: AliasIdentifier | undefined;
  readonly superclass: Identifier | undefined;
  /** `undefined` for a forward declaration `class X;`. */
  readonly features: readonly ClassFeature[] | undefined;
}

/** classFeature */
export type ClassFeature = PropertyDeclaration | ReferenceDeclaration | MethodDeclaration;

/** qualifier: one entry of a qualifierList. */
export interface Qualifier extends Node {
  readonly kind: 'Qualifier';
  readonly name: Identifier;
  /** The qualifierParameter; `undefined` when none was written (`[read]`), which means TRUE for a boolean. */
  readonly value: Value | undefined;
  readonly flavors: readonly Identifier[];
}

/** A dataType keyword, or the name of a class in type position. */
export type TypeReference = DataTypeReference | ClassTypeReference | ReferenceTypeReference;

/** The fourteen dataTypes of DSP0004, `void` for methods, and Microsoft's `object`. */
export type DataTypeName =
  | 'uint8'
  | 'sint8'
  | 'uint16'
  | 'sint16'
  | 'uint32'
  | 'sint32'
  | 'uint64'
  | 'sint64'
  | 'real32'
  | 'real64'
  | 'char16'
  | 'string'
  | 'boolean'
  | 'datetime'
  | 'void'
  | 'object';

export interface DataTypeReference extends Node {
  readonly kind: 'DataType';
  readonly name: DataTypeName;
  /** The class of `object:Class`. */
  readonly objectClass: Identifier | undefined;
}

/** An embedded class: `Package Data;` (Spec deviation: Microsoft's extension). */
export interface ClassTypeReference extends Node {
  readonly kind: 'ClassType';
  readonly name: Identifier;
}

/** objectRef: `Class ref` or `object ref`. */
export interface ReferenceTypeReference extends Node {
  readonly kind: 'ReferenceType';
  readonly name: Identifier;
}

/** array: `[]` or `[16]`, after the name. */
export interface ArraySuffix extends Node {
  readonly kind: 'ArraySuffix';
  /** `undefined` for `[]`. */
  readonly length: bigint | undefined;
}

/** propertyDeclaration */
export interface PropertyDeclaration extends Node {
  readonly kind: 'PropertyDeclaration';
  readonly qualifiers: readonly Qualifier[];
  readonly type: DataTypeReference | ClassTypeReference;
  readonly name: Identifier;
  readonly array: ArraySuffix | undefined;
  readonly defaultValue: Value | undefined;
}

/** referenceDeclaration */
export interface ReferenceDeclaration extends Node {
  readonly kind: 'ReferenceDeclaration';
  readonly qualifiers: readonly Qualifier[];
  readonly type: ReferenceTypeReference;
  readonly name: Identifier;
  readonly array: ArraySuffix | undefined;
  readonly defaultValue: Value | undefined;
}

/** methodDeclaration */
export interface MethodDeclaration extends Node {
  readonly kind: 'MethodDeclaration';
  readonly qualifiers: readonly Qualifier[];
  readonly returnType: TypeReference;
  readonly name: Identifier;
  readonly parameters: readonly Parameter[];
}

/** parameter: one entry of a parameterList. */
export interface Parameter extends Node {
  readonly kind: 'Parameter';
  readonly qualifiers: readonly Qualifier[];
  readonly type: TypeReference;
  readonly name: Identifier;
  readonly array: ArraySuffix | undefined;
  readonly defaultValue: Value | undefined;
}

/** instanceDeclaration */
export interface InstanceDeclaration extends Node {
  readonly kind: 'InstanceDeclaration';
  readonly qualifiers: readonly Qualifier[];
  readonly className: Identifier;
  readonly alias: AliasIdentifier | undefined;
  readonly properties: readonly ValueInitializer[];
}

/** valueInitializer: `name = value;`, or `name;` alone. */
export interface ValueInitializer extends Node {
  readonly kind: 'ValueInitializer';
  readonly qualifiers: readonly Qualifier[];
  readonly name: Identifier;
  readonly value: Value | undefined;
}

/** qualifierDeclaration: `qualifier Name : type = default, scope(…), flavor(…);`. */
export interface QualifierDeclaration extends Node {
  readonly kind: 'QualifierDeclaration';
  readonly name: Identifier;
  readonly type: DataTypeReference;
  readonly array: ArraySuffix | undefined;
  readonly defaultValue: Value | undefined;
  readonly scope: readonly Identifier[];
  readonly defaultFlavor: readonly Identifier[];
}

/** Microsoft's `qualifier Name : flavor flavor;`. */
export interface GlobalFlavor extends Node {
  readonly kind: 'GlobalFlavor';
  readonly name: Identifier;
  readonly flavors: readonly Identifier[];
}

/** constantValue, arrayInitializer and everything else that is allowed as a value. */
export type Value =
  | StringLiteral
  | CharLiteral
  | IntegerLiteral
  | RealLiteral
  | BooleanLiteral
  | NullLiteral
  | AliasIdentifier
  | ArrayInitializer
  | InstanceValue
  | Identifier;

/** Adjacent string literals, already joined, escapes already replaced. */
export interface StringLiteral extends Node {
  readonly kind: 'String';
  readonly value: string;
}

/** char16 literal; `value` is its UTF-16 code unit. */
export interface CharLiteral extends Node {
  readonly kind: 'Char';
  readonly value: number;
}

/** Decimal, hexadecimal, octal or binary integer. */
export interface IntegerLiteral extends Node {
  readonly kind: 'Integer';
  readonly value: bigint;
}

export interface RealLiteral extends Node {
  readonly kind: 'Real';
  readonly value: number;
}

export interface BooleanLiteral extends Node {
  readonly kind: 'Boolean';
  readonly value: boolean;
}

export interface NullLiteral extends Node {
  readonly kind: 'Null';
}

/** `$name`; `name` is without the dollar sign. */
export interface AliasIdentifier extends Node {
  readonly kind: 'Alias';
  readonly name: string;
}

/** arrayInitializer: `{ value, … }`; also the parenthesised list of a qualifier, `BitMap("0", "1")`. */
export interface ArrayInitializer extends Node {
  readonly kind: 'Array';
  readonly elements: readonly Value[];
}

/** An embedded `instance of Class { … }` as a value. */
export interface InstanceValue extends Node {
  readonly kind: 'Instance';
  readonly className: Identifier;
  readonly alias: AliasIdentifier | undefined;
  readonly properties: readonly ValueInitializer[];
}

/** An edit of the text that certainly resolves a problem. */
export interface SyntaxFix {
  /** What the edit does, starting with a verb in lower case, without a full stop. */
  readonly title: string;
  /** Each replaces `span` by `newText`; an empty span inserts. They do not overlap. */
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

/** A problem found while parsing. The caller knows which file the text came from. */
export interface SyntaxProblem {
  readonly code: SyntaxCode;
  readonly message: string;
  /** What to write instead, if known. */
  readonly help: string | undefined;
  readonly span: Span;
  /** Absent if no edit certainly resolves the problem. */
  readonly fix?: SyntaxFix | undefined;
}

/** The result of parsing: a tree, in which every node is complete and broken ones are left out, and every problem. */
export interface ParseResult {
  readonly value: MofSpecification;
  readonly problems: readonly SyntaxProblem[];
  /** Spans that are left out of the tree; they may be nested. */
  readonly lost: readonly Span[];
}
