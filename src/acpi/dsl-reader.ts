/**
 * Reads the declarations of one ASL text (ACPI specification 6.5, section 19).
 *
 * Only nesting and the operators that declare matter, so the text may be a part of a table. Bodies of methods are skipped, except
 * that of `_WDG`. Binary MOFs are found in every buffer.
 */
import { AslCursor } from './asl-cursor.js';
import { ALL_ONES, integerOf, nameOf } from './asl-operands.js';
import { aslNumber, aslStringBytes, type AslToken } from './asl-tokens.js';
import { binaryMofOf, findBinaryMofs } from './binary-mofs.js';
import {
  type AcpiBinaryMof,
  type AcpiBuffer,
  type AcpiDeclaration,
  type AcpiFindings,
  type AcpiTable,
} from './facts.js';
import {
  type AcpiNode,
  type Alias,
  foundNode,
  type Namespace,
  type NameString,
  pathOf,
} from './namespace.js';

/** A file with a text; the name is undefined for the only one. */
export interface DslFile {
  readonly name: string | undefined;
  readonly text: string;
}

/** The results of the texts read so far. */
export interface DslResult {
  readonly namespace: Namespace;
  readonly tables: AcpiTable[];
  readonly declarations: AcpiDeclaration[];
  readonly aliases: DeclaredAlias[];
  readonly binaryMofs: AcpiBinaryMof[];
  readonly findings: AcpiFindings;
}

interface DeclaredAlias extends Alias {
  readonly declaration: Mutable<AcpiDeclaration>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Nested parentheses and braces; real texts have less than a hundred. Nested values are read by recursion. */
const MAX_OPEN = 500;

/** The value of a name or of a return; undefined for one that is neither a buffer nor a name. */
type DslValue = AcpiBuffer | NameString | undefined;

/** A parenthesis or brace that is open. */
interface Frame {
  readonly close: ')' | '}';
  readonly scope: AcpiNode;
  /** The name or method around a place. */
  readonly owner: AcpiNode | undefined;
  /** The body of a method declares nothing; that of `_WDG` collects the returned values. */
  readonly body: 'method' | DslValue[] | undefined;
  readonly isTable: boolean;
}

export class DslReader {
  readonly #result: DslResult;
  readonly #file: { readonly file?: string };
  readonly #cursor: AslCursor;
  readonly #outermost: Frame;
  readonly #frames: Frame[] = [];
  #openBraces = 0;

  /** The number of tables of earlier texts. */
  readonly #firstTable: number;

  /** Whether the last table of the result is still open. */
  #isInTable = false;

  constructor({ name, text }: DslFile, result: DslResult) {
    this.#result = result;
    this.#file = name === undefined ? {} : { file: name };
    this.#cursor = new AslCursor(text);
    this.#firstTable = result.tables.length;
    this.#outermost = {
      close: '}',
      scope: result.namespace.root,
      owner: undefined,
      body: undefined,
      isTable: false,
    };
  }

  /** Reads the whole text into the result. */
  read(): void {
    for (let token = this.#cursor.token; token !== undefined; token = this.#cursor.token) {
      this.#cursor.advance();
      if (token.kind === 'torn') this.#report(token.line, `a ${token.text} has no end`);
      else if (token.kind === 'word') this.#operator(token);
      else if (token.kind !== 'sign') continue;
      else if (token.text === '(') this.#open(')');
      else if (token.text === '{') this.#open('}');
      else if (token.text === ')') this.#closeParenthesis(token.line);
      else if (token.text === '}') this.#closeBrace(token.line);
    }
    const { length } = this.#frames;
    if (length > 0) this.#report(this.#cursor.line, `the text ends within ${length} open blocks`);
  }

  get #innermost(): Frame {
    return this.#frames.at(-1) ?? this.#outermost;
  }

  /** The index of the open table; starts one without a definition block when there is none. */
  #currentTable(): number {
    const { tables } = this.#result;
    if (!this.#isInTable) {
      tables.push({ ...this.#file, signature: '', oemId: '', oemTableId: '' });
      this.#isInTable = true;
    }
    return tables.length - 1;
  }

  #report(line: number, message: string): void {
    const { tables, findings } = this.#result;
    const path = findings.hasEnough('unfollowed') ? '' : pathOf(this.#innermost.scope);
    const table = tables.length > this.#firstTable ? { table: tables.length - 1 } : {};
    findings.add({ kind: 'unfollowed', ...this.#file, ...table, path, place: { line }, message });
  }

  #declare(
    name: NameString,
    line: number,
    facts: Pick<AcpiDeclaration, 'kind' | 'argumentCount' | 'buffer' | 'returns'>,
  ): AcpiDeclaration | undefined {
    const node = this.#result.namespace.declared(this.#innermost.scope, name);
    if (node === undefined) {
      this.#report(line, 'too many names, or names too deep; this one is ignored');
      return undefined;
    }
    const table = this.#currentTable();
    const declaration: AcpiDeclaration = { node, table, place: { line }, ...facts };
    node.declarations.push(declaration);
    this.#result.declarations.push(declaration);
    return declaration;
  }

  #open(close: Frame['close'], changes: Partial<Frame> = {}): void {
    if (this.#frames.length >= MAX_OPEN) {
      this.#report(this.#cursor.line, `more than ${MAX_OPEN} blocks are open; the rest is skipped`);
      this.#cursor.stop();
      return;
    }
    if (close === '}') this.#openBraces++;
    this.#frames.push({ ...this.#innermost, isTable: false, close, ...changes });
  }

  /** Also closes the parentheses within the block that are still open. */
  #closeBrace(line: number): void {
    if (this.#openBraces === 0) {
      this.#report(line, 'this brace closes nothing');
      return;
    }
    this.#openBraces--;
    const [closed] = this.#frames.splice(this.#frames.findLastIndex(({ close }) => close === '}'));
    if (closed?.isTable === true) this.#isInTable = false;
  }

  #closeParenthesis(line: number): void {
    if (this.#innermost.close === ')') this.#frames.pop();
    else this.#report(line, 'this parenthesis closes nothing');
  }

  /** A keyword or name, which is skipped already. Without operands it declares nothing. */
  #operator(word: AslToken): void {
    if (!this.#cursor.isSign('(')) return;
    const keyword = word.text.toLowerCase();
    const { body } = this.#innermost;
    if (keyword === 'buffer') {
      this.#buffer(word.line);
      return;
    }
    if (Array.isArray(body) && keyword === 'return') {
      this.#cursor.advance();
      this.#open(')');
      body.push(this.#value());
      return;
    }
    // Anything else in a method is code.
    if (body !== 'method') this.#declaration(keyword, word.line);
  }

  #declaration(keyword: string, line: number): void {
    switch (keyword) {
      case 'definitionblock':
        this.#definitionBlock();
        break;
      case 'scope':
      case 'device':
      case 'processor':
      case 'powerresource':
      case 'thermalzone':
        this.#container(line, keyword === 'scope');
        break;
      case 'method':
        this.#method(line);
        break;
      case 'name':
        this.#name(line);
        break;
      case 'alias':
        this.#alias(line);
        break;
      case 'external':
        this.#external(line);
        break;
      default:
        break;
    }
  }

  #definitionBlock(): void {
    const cursor = this.#cursor;
    cursor.advance();
    const operands: string[] = [];
    for (; cursor.token !== undefined && !cursor.isSign(')'); cursor.advance()) {
      if (cursor.token.kind !== 'sign') operands.push(cursor.token.text.trimEnd());
    }
    cursor.advance();
    const [, signature = '', , oemId = '', oemTableId = ''] = operands;
    this.#result.tables.push({ ...this.#file, signature, oemId, oemTableId });
    this.#isInTable = true;
    if (!cursor.accept('{')) return;
    this.#open('}', { scope: this.#result.namespace.root, owner: undefined, isTable: true });
  }

  #container(line: number, isScope: boolean): void {
    this.#cursor.advance();
    const declared = this.#nameOperand();
    this.#cursor.skipOperands();
    if (declared === undefined) return;
    const existing = isScope ? foundNode(this.#innermost.scope, declared) : undefined;
    const node = existing ?? this.#declare(declared, line, { kind: 'container' })?.node;
    if (node !== undefined && this.#cursor.accept('{')) {
      this.#open('}', { scope: node, owner: undefined });
    }
  }

  #method(line: number): void {
    const cursor = this.#cursor;
    cursor.advance();
    const declared = this.#nameOperand();
    const isCounted = cursor.accept(',') && cursor.token?.kind === 'number';
    const argumentCount = isCounted ? aslNumber(cursor.token?.text ?? '') & 0x07 : 0;
    cursor.skipOperands();
    if (declared === undefined) return;
    const isWdg = declared.segments.at(-1) === '_WDG' && this.#innermost.body === undefined;
    const returns: DslValue[] = [];
    const facts = { kind: 'method', argumentCount, ...(isWdg && { returns }) } as const;
    const node = this.#declare(declared, line, facts)?.node;
    if (node === undefined) return;
    node.argumentCount ??= argumentCount;
    const { owner = node } = this.#innermost;
    if (cursor.accept('{')) {
      this.#open('}', { scope: node, owner, body: isWdg ? returns : 'method' });
    }
  }

  #name(line: number): void {
    this.#cursor.advance();
    const declared = this.#nameOperand();
    if (declared === undefined) {
      this.#open(')');
      return;
    }
    // Created before its value is read, because it owns what is within the value; declared after that.
    const node = this.#result.namespace.declared(this.#innermost.scope, declared);
    const { owner = node } = this.#innermost;
    this.#open(')', { owner });
    this.#cursor.accept(',');
    const value = this.#value();
    const buffer = value !== undefined && 'bytes' in value ? value : undefined;
    this.#declare(declared, line, { kind: 'name', ...(buffer !== undefined && { buffer }) });
  }

  #alias(line: number): void {
    this.#cursor.advance();
    const source = this.#nameOperand();
    const declared =
      source !== undefined && this.#cursor.accept(',') ? this.#nameOperand() : undefined;
    this.#cursor.skipOperands();
    if (source === undefined || declared === undefined) return;
    const declaration = this.#declare(declared, line, { kind: 'alias' });
    if (declaration === undefined) return;
    const { scope } = this.#innermost;
    this.#result.aliases.push({ declaration, node: declaration.node, scope, source });
  }

  #external(line: number): void {
    this.#cursor.advance();
    const declared = this.#nameOperand();
    this.#cursor.skipOperands();
    if (declared !== undefined) this.#declare(declared, line, { kind: 'external' });
  }

  #nameOperand(): NameString | undefined {
    const { token, line } = this.#cursor;
    const name = token?.kind === 'word' ? nameOf(token.text) : undefined;
    if (name === undefined) this.#report(token?.line ?? line, 'a name is missing');
    else this.#cursor.advance();
    return name;
  }

  /** A buffer or a name; undefined for any other value, which is not skipped. */
  #value(): DslValue {
    const word = this.#cursor.token;
    if (word?.kind !== 'word') return undefined;
    this.#cursor.advance();
    const hasOperands = this.#cursor.isSign('(');
    if (hasOperands && word.text.toLowerCase() === 'buffer') return this.#buffer(word.line);
    if (!hasOperands) return nameOf(word.text);
    this.#operator(word);
    return undefined;
  }

  /** A buffer, after its keyword; undefined when its contents cannot be read. */
  #buffer(line: number): AcpiBuffer | undefined {
    const cursor = this.#cursor;
    cursor.advance();
    const declaredSize = integerOf(cursor.token);
    const hasSize = !cursor.isSign(')');
    if (declaredSize !== undefined) cursor.advance();
    const isConstant = cursor.isSign(')');
    cursor.skipOperands();
    const contents = cursor.accept('{') ? this.#bufferContents(line) : [];
    if (contents === undefined) return undefined;
    const bytes = Uint8Array.from(contents);
    const size = !hasSize ? bytes.length : isConstant ? declaredSize : undefined;
    this.#findBinaryMofs(bytes, line);
    return { bytes, size, place: { line } };
  }

  /** The bytes up to the closing brace. */
  #bufferContents(line: number): number[] | undefined {
    const cursor = this.#cursor;
    const bytes: number[] = [];
    for (; cursor.token !== undefined && !cursor.isSign('}'); cursor.advance()) {
      const { token } = cursor;
      const number = integerOf(token);
      if (token.kind === 'string') {
        for (const byte of aslStringBytes(token.text)) bytes.push(byte);
        bytes.push(0);
      } else if (number !== undefined && (number <= 0xff || number === ALL_ONES)) {
        bytes.push(number & 0xff);
      } else if (!cursor.isSign(',')) {
        const start = token.text.slice(0, 40);
        this.#report(token.line, `the contents of a buffer are skipped from ${start} on`);
        this.#open('}');
        return undefined;
      }
    }
    if (cursor.token === undefined) this.#report(line, 'a buffer has no end');
    cursor.advance();
    return bytes;
  }

  #findBinaryMofs(bytes: Uint8Array, line: number): void {
    const { binaryMofs, findings } = this.#result;
    const { owner } = this.#innermost;
    const path = owner === undefined ? '\\' : pathOf(owner);
    for (const found of findBinaryMofs(bytes)) {
      const where = { table: this.#currentTable(), path, place: { line } };
      const mof = binaryMofOf(found, bytes, where, findings);
      if (mof !== undefined) binaryMofs.push(mof);
    }
  }
}
