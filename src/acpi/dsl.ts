/**
 * Reads from iasl's text (.dsl) what is read from AML: scopes, devices, names with their buffers, methods.
 *
 * ASL is that of the ACPI specification 6.5, section 19. Only nesting and the operators that declare matter, so the text may be a
 * part of a table. Bodies of methods are passed over, but for those of `_WDG` and for binary MOFs. It must not know AML, and not
 * what a `_WDG` holds.
 */
import { aslNumber, aslStringBytes, type AslToken, aslTokens } from './asl-tokens.js';
import { binaryMofOf, findBinaryMofs } from './binary-mofs.js';
import {
  type AcpiBinaryMof,
  type AcpiBuffer,
  type AcpiDeclaration,
  type AcpiFacts,
  type AcpiFindings,
  type AcpiTable,
} from './facts.js';
import { type AcpiNode, createNamespace, foundNode, type NameString, pathOf } from './namespace.js';

/** Whether a text begins as ASL does, which MOF texts never do: with one of its operators. */
export function isDsl(text: string): boolean {
  const next = aslTokens(text);
  const first = next();
  const isOperator = first?.kind === 'word' && BEGINNINGS.has(first.text.toLowerCase());
  return isOperator && next()?.text === '(';
}

const BEGINNINGS = new Set(['definitionblock', 'scope', 'device', 'name', 'method', 'external']);

/** Parentheses and braces within each other; real texts have less than a hundred. */
const MAX_OPEN = 10_000;

/** A parenthesis or brace that is open. */
interface Frame {
  readonly close: ')' | '}';
  readonly scope: AcpiNode;
  /** The name or method around a place. */
  readonly owner: AcpiNode | undefined;
  /** In the body of a method nothing is declared, but for that of a `_WDG`, whose values are gathered. */
  readonly body: 'method' | (AcpiBuffer | NameString | undefined)[] | undefined;
  readonly isTable: boolean;
}

/** The declarations and binary MOFs of a text. */
export function readDsl(text: string, findings: AcpiFindings): AcpiFacts {
  const namespace = createNamespace();
  const tables: AcpiTable[] = [];
  const declarations: AcpiDeclaration[] = [];
  const binaryMofs: AcpiBinaryMof[] = [];
  const outermost: Frame = {
    close: '}',
    scope: namespace.root,
    owner: undefined,
    body: undefined,
    isTable: false,
  };
  const frames: Frame[] = [];
  const innermost = () => frames.at(-1) ?? outermost;
  let isInTable = false;

  // One token of lookahead.
  const next = aslTokens(text);
  let token = next();
  let lastLine = 1;
  const advance = () => {
    lastLine = token?.line ?? lastLine;
    token = next();
  };
  const isSign = (sign: string) => token?.kind === 'sign' && token.text === sign;
  const accept = (sign: string): boolean => {
    const isThere = isSign(sign);
    if (isThere) advance();
    return isThere;
  };

  const currentTable = (): number => {
    if (!isInTable) {
      tables.push({ signature: '', oemId: '', oemTableId: '' });
      isInTable = true;
    }
    return tables.length - 1;
  };
  const unfollowed = (line: number, message: string) => {
    const path = findings.hasEnough('unfollowed') ? '' : pathOf(innermost().scope);
    const table = tables.length > 0 ? { table: tables.length - 1 } : {};
    findings.add({ kind: 'unfollowed', ...table, path, place: { line }, message });
  };
  const declare = (
    name: NameString,
    line: number,
    facts: Pick<AcpiDeclaration, 'kind' | 'argumentCount' | 'buffer' | 'returns'>,
  ): AcpiNode | undefined => {
    const node = namespace.declared(innermost().scope, name);
    if (node === undefined) {
      unfollowed(line, 'too many names, or names too deep; this one is left out');
      return undefined;
    }
    const declaration = { node, table: currentTable(), place: { line }, ...facts };
    node.declarations.push(declaration);
    declarations.push(declaration);
    return node;
  };

  /** A name as an operand. */
  const nameHere = (): NameString | undefined => {
    const name = token?.kind === 'word' ? nameOf(token.text) : undefined;
    if (name === undefined)
      unfollowed(token?.line ?? lastLine, 'there is no name where one must be');
    else advance();
    return name;
  };
  /** Goes past the parenthesis that closes an operator's operands, of which the opening one is passed. */
  const closeOperands = () => {
    for (let depth = 1; token !== undefined; advance()) {
      if (isSign('(')) depth++;
      else if (isSign(')')) depth--;
      if (depth === 0) {
        advance();
        return;
      }
    }
  };
  let openBraces = 0;
  const open = (close: Frame['close'], changes: Partial<Frame> = {}) => {
    if (frames.length >= MAX_OPEN) {
      unfollowed(lastLine, `more than ${MAX_OPEN} blocks are open; the rest is not followed`);
      token = undefined;
      return;
    }
    if (close === '}') openBraces++;
    frames.push({ ...innermost(), isTable: false, close, ...changes });
  };
  const close = (sign: ')' | '}', line: number) => {
    if (sign === '}') {
      // A brace closes the parentheses that were forgotten within it.
      if (openBraces === 0) {
        unfollowed(line, 'this brace closes nothing');
        return;
      }
      openBraces--;
      const [closed] = frames.splice(frames.findLastIndex((frame) => frame.close === '}'));
      if (closed?.isTable === true) isInTable = false;
    } else if (innermost().close === ')') {
      frames.pop();
    } else {
      unfollowed(line, 'this parenthesis closes nothing');
    }
  };

  const operator = (word: AslToken): void => {
    const keyword = word.text.toLowerCase();
    if (!isSign('(')) return;
    const { body } = innermost();
    if (keyword === 'buffer') {
      bufferHere(word.line);
      return;
    }
    if (Array.isArray(body) && keyword === 'return') {
      advance();
      body.push(valueHere());
      open(')');
      return;
    }
    // Anything else in a method is code.
    if (body === 'method') return;
    switch (keyword) {
      case 'definitionblock':
        definitionBlock();
        break;
      case 'scope':
      case 'device':
      case 'processor':
      case 'powerresource':
      case 'thermalzone':
        container(word, keyword === 'scope');
        break;
      case 'method':
        method(word);
        break;
      case 'name':
        name(word);
        break;
      case 'alias': {
        advance();
        const source = nameHere();
        const declared = source !== undefined && accept(',') ? nameHere() : undefined;
        closeOperands();
        if (source === undefined || declared === undefined) break;
        const argumentCount = foundNode(innermost().scope, source)?.argumentCount;
        declare(declared, word.line, {
          kind: 'alias',
          ...(argumentCount !== undefined && { argumentCount }),
        });
        break;
      }
      case 'external': {
        advance();
        const declared = nameHere();
        closeOperands();
        if (declared !== undefined) declare(declared, word.line, { kind: 'external' });
        break;
      }
      default:
        break;
    }
  };

  const definitionBlock = () => {
    advance();
    const operands: string[] = [];
    for (; token !== undefined && !isSign(')'); advance()) {
      if (token.kind !== 'sign') operands.push(token.text.trimEnd());
    }
    advance();
    const [, signature = '', , oemId = '', oemTableId = ''] = operands;
    tables.push({ signature, oemId, oemTableId });
    isInTable = true;
    if (accept('{')) open('}', { scope: namespace.root, owner: undefined, isTable: true });
  };

  const container = ({ line }: AslToken, isScope: boolean) => {
    advance();
    const declared = nameHere();
    closeOperands();
    if (declared === undefined) return;
    const existing = isScope ? foundNode(innermost().scope, declared) : undefined;
    const node = existing ?? declare(declared, line, { kind: 'container' });
    if (node !== undefined && accept('{')) open('}', { scope: node, owner: undefined });
  };

  const method = ({ line }: AslToken) => {
    advance();
    const declared = nameHere();
    let argumentCount = 0;
    if (accept(',') && token?.kind === 'number') argumentCount = aslNumber(token.text) & 0x07;
    closeOperands();
    if (declared === undefined) return;
    const isWdg = declared.segments.at(-1) === '_WDG' && innermost().body === undefined;
    const returns: (AcpiBuffer | NameString | undefined)[] = [];
    const node = declare(declared, line, {
      kind: 'method',
      argumentCount,
      ...(isWdg && { returns }),
    });
    if (node === undefined) return;
    node.argumentCount ??= argumentCount;
    const { owner = node } = innermost();
    if (accept('{')) open('}', { scope: node, owner, body: isWdg ? returns : 'method' });
  };

  const name = ({ line }: AslToken) => {
    advance();
    const declared = nameHere();
    if (declared === undefined) {
      open(')');
      return;
    }
    // The node has to be there for what is within the value; what it declares is known after that.
    const node = namespace.declared(innermost().scope, declared);
    const { owner = node } = innermost();
    open(')', { owner });
    accept(',');
    const value = valueHere();
    const buffer = value !== undefined && 'bytes' in value ? value : undefined;
    declare(declared, line, { kind: 'name', ...(buffer !== undefined && { buffer }) });
  };

  /** A value that is a buffer or a name; undefined for any other, which is then not passed. */
  const valueHere = (): AcpiBuffer | NameString | undefined => {
    if (token?.kind !== 'word') return undefined;
    const word = token;
    advance();
    if (word.text.toLowerCase() === 'buffer' && isSign('(')) return bufferHere(word.line);
    if (!isSign('(')) return nameOf(word.text);
    operator(word);
    return undefined;
  };

  /** A buffer, whose keyword is passed. */
  const bufferHere = (line: number): AcpiBuffer | undefined => {
    advance();
    const size = token?.kind === 'number' ? aslNumber(token.text) : constantOf(token);
    const hasSize = !isSign(')');
    if (size !== undefined) advance();
    const isConstant = isSign(')');
    closeOperands();
    const bytes: number[] = [];
    if (accept('{')) {
      while (token !== undefined && !isSign('}')) {
        const contents = token.kind === 'string' ? [...aslStringBytes(token.text), 0] : undefined;
        const number = token.kind === 'number' ? aslNumber(token.text) : constantOf(token);
        if (contents !== undefined) {
          for (const byte of contents) bytes.push(byte);
        } else if (number !== undefined && (number <= 0xff || number === ALL_ONES)) {
          bytes.push(number & 0xff);
        } else if (!isSign(',')) {
          unfollowed(
            token.line,
            `the contents of a buffer are not followed from ${token.text.slice(0, 40)} on`,
          );
          open('}');
          return undefined;
        }
        advance();
      }
      if (token === undefined) unfollowed(line, 'a buffer has no end');
      advance();
    }
    const buffer: AcpiBuffer = {
      bytes: Uint8Array.from(bytes),
      size: !hasSize ? bytes.length : isConstant ? size : undefined,
      place: { line },
    };
    const { owner } = innermost();
    const path = owner === undefined ? '\\' : pathOf(owner);
    for (const found of findBinaryMofs(buffer.bytes)) {
      const where = { table: currentTable(), path, place: { line } };
      const mof = binaryMofOf(found, buffer.bytes, where, findings);
      if (mof !== undefined) binaryMofs.push(mof);
    }
    return buffer;
  };

  while (token !== undefined) {
    const current: AslToken = token;
    advance();
    if (current.kind === 'torn') unfollowed(current.line, `a ${current.text} has no end`);
    else if (current.kind === 'word') operator(current);
    else if (current.kind !== 'sign') continue;
    else if (current.text === '(') open(')');
    else if (current.text === '{') open('}');
    else if (current.text === ')' || current.text === '}') close(current.text, current.line);
  }
  if (frames.length > 0) unfollowed(lastLine, `the text ends within ${frames.length} open blocks`);
  return { tables, declarations, binaryMofs, findings: findings.all() };
}

/** The value of Ones: all bits set. */
const ALL_ONES = 2 ** 64;

function constantOf(token: AslToken | undefined): number | undefined {
  if (token?.kind !== 'word') return undefined;
  switch (token.text.toLowerCase()) {
    case 'zero':
      return 0;
    case 'one':
      return 1;
    case 'ones':
      return ALL_ONES;
    default:
      return undefined;
  }
}

/** A written name; undefined when it is none. Short segments are filled with underscores. */
function nameOf(text: string): NameString | undefined {
  const found = /^(\\|\^*)((?:[A-Z_][A-Z0-9_]{0,3})(?:\.[A-Z_][A-Z0-9_]{0,3})*)?$/i.exec(text);
  if (found === null) return undefined;
  const [, prefix = '', names] = found;
  const segments = names === undefined ? [] : names.toUpperCase().split('.');
  return {
    isAbsolute: prefix === '\\',
    up: prefix === '\\' ? 0 : prefix.length,
    segments: segments.map((segment) => segment.padEnd(4, '_')),
  };
}
