/**
 * Reads the declarations of AML: scopes, devices, names with their buffers, methods with their argument counts.
 *
 * The encoding is that of the ACPI specification 6.5, section 20.2. Bodies of methods are skipped, but for those of `_WDG`. What
 * cannot be followed is a finding, and reading goes on at the next declaration. Every byte is read at most once in each of two
 * passes: a call has no mark of its own, so the first pass gathers how many arguments each method takes. It must not know dumps,
 * and not what a `_WDG` holds.
 */
import { type AmlTable, HEADER_SIZE } from './acpidump.js';
import { binaryMofOf, findBinaryMofs } from './binary-mofs.js';
import {
  type AcpiBinaryMof,
  type AcpiBuffer,
  type AcpiDeclaration,
  type AcpiFacts,
  type AcpiFindings,
} from './facts.js';
import {
  type AcpiNode,
  createNamespace,
  foundNode,
  type NameString,
  type Namespace,
  pathOf,
} from './namespace.js';

/** Blocks and expressions within each other; real tables have less than forty. */
const MAX_NESTING = 200;

/** The declarations and binary MOFs of all tables, which share one tree of names. */
export function readAml(tables: readonly AmlTable[], findings: AcpiFindings): AcpiFacts {
  const namespace = createNamespace();
  const code = tables.map((each) => ({ ...each, isRead: AML_SIGNATURES.test(each.signature) }));
  code.forEach(({ bytes, isRead }, table) => {
    if (isRead) readTable({ bytes, table, namespace, sink: undefined });
  });
  const declarations: AcpiDeclaration[] = [];
  const binaryMofs: AcpiBinaryMof[] = [];
  code.forEach(({ bytes, isRead }, table) => {
    const ranges: NamedRange[] = [];
    if (isRead) {
      readTable({ bytes, table, namespace, sink: { declarations, ranges, findings } });
    }
    const limit = innermostOf(ranges);
    const owner = innermostOf(ranges);
    for (const found of findBinaryMofs(bytes, (at) => limit(at)?.end ?? bytes.length)) {
      const around = owner(found.start);
      const path = around === undefined ? '\\' : pathOf(around.node);
      const where = { table, path, place: { offset: found.start } };
      const mof = binaryMofOf(found, bytes, where, findings);
      if (mof !== undefined) binaryMofs.push(mof);
    }
  });
  const headers = tables.map(({ file, signature, oemId, oemTableId }) => ({
    ...(file === undefined ? {} : { file }),
    signature,
    oemId,
    oemTableId,
  }));
  return { tables: headers, declarations, binaryMofs, findings: findings.all() };
}

/** Tables that hold AML (ACPI 6.5, section 5.2.11). */
const AML_SIGNATURES = /^(DSDT|SSDT|PSDT|OSDT)$/;

/** The bytes of a name or method with what it has. */
interface NamedRange {
  readonly node: AcpiNode;
  readonly start: number;
  readonly end: number;
}

/** What encloses a place; places must be asked for in ascending order. Ranges are in the order of their starts and nest. */
function innermostOf(ranges: readonly NamedRange[]): (at: number) => NamedRange | undefined {
  const open: NamedRange[] = [];
  let next = 0;
  return (at) => {
    for (
      let range = ranges[next];
      range !== undefined && range.start <= at;
      range = ranges[++next]
    ) {
      while ((open.at(-1)?.end ?? Infinity) <= range.start) open.pop();
      open.push(range);
    }
    while ((open.at(-1)?.end ?? Infinity) <= at) open.pop();
    return open.at(-1);
  };
}

interface Sink {
  readonly declarations: AcpiDeclaration[];
  readonly ranges: NamedRange[];
  readonly findings: AcpiFindings;
}

interface TableReading {
  readonly bytes: Uint8Array;
  readonly table: number;
  readonly namespace: Namespace;
  /** Undefined in the first pass, which only learns how many arguments methods take. */
  readonly sink: Sink | undefined;
}

function readTable({ bytes, table, namespace, sink }: TableReading): void {
  let at = HEADER_SIZE;
  let nesting = 0;
  let reason = '';
  /** Where the values of a method's returns go, while it is read. */
  let returns: (AcpiBuffer | NameString | undefined)[] | undefined;

  const fail = (why: string): false => {
    reason ||= why;
    return false;
  };
  const unfollowed = (scope: AcpiNode, offset: number, message: string) => {
    if (sink === undefined) return;
    const path = sink.findings.hasEnough('unfollowed') ? '' : pathOf(scope);
    sink.findings.add({ kind: 'unfollowed', table, path, place: { offset }, message });
  };
  const declare = (
    scope: AcpiNode,
    name: NameString,
    offset: number,
    facts: Pick<AcpiDeclaration, 'kind' | 'argumentCount' | 'buffer' | 'returns'>,
  ): AcpiNode | undefined => {
    const node = namespace.declared(scope, name);
    if (node === undefined) {
      unfollowed(scope, offset, 'too many names, or names too deep; this one is left out');
      return undefined;
    }
    if (sink === undefined) node.argumentCount ??= facts.argumentCount;
    else if (facts.kind !== 'other') {
      const declaration = { node, table, place: { offset }, ...facts };
      node.declarations.push(declaration);
      sink.declarations.push(declaration);
    }
    return node;
  };

  // Lexical parts.

  const skip = (count: number, end: number): boolean => {
    if (at + count > end) return fail('it ends too early');
    at += count;
    return true;
  };
  const numberOf = (count: number): number => {
    let value = 0;
    for (let index = count - 1; index >= 0; index--) value = value * 256 + (bytes[at + index] ?? 0);
    return value;
  };
  /** The end of the package whose length is here. One that reaches beyond what encloses it is cut off there. */
  const packageEnd = (scope: AcpiNode, end: number): number | undefined => {
    const start = at;
    const { lead, following, length } = packageLength(bytes, start);
    if (start + 1 + following > end) {
      fail('a length is cut off');
      return undefined;
    }
    at = start + 1 + following;
    if (length < 1 + following || (following > 0 && (lead & 0x30) !== 0)) {
      fail(`the length ${length} is none`);
      return undefined;
    }
    if (start + length > end) {
      const message = `a length reaches ${start + length - end} bytes beyond what encloses it`;
      unfollowed(scope, start, message);
      return end;
    }
    return start + length;
  };
  const nameString = (end: number): NameString | undefined => {
    const isAbsolute = bytes[at] === ROOT;
    if (isAbsolute) at++;
    let up = 0;
    while (at < end && bytes[at] === PARENT) {
      at++;
      up++;
    }
    let count = 1;
    if (bytes[at] === 0) {
      at++;
      count = 0;
    } else if (bytes[at] === DUAL_NAME) {
      at++;
      count = 2;
    } else if (bytes[at] === MULTI_NAME) {
      count = bytes[at + 1] ?? 0;
      at += 2;
    }
    const segments: string[] = [];
    for (; count > 0; count--, at += 4) {
      if (!isSegment(bytes, at, end)) {
        fail('there is no name where one must be');
        return undefined;
      }
      segments.push(segmentAt(bytes, at));
    }
    if (at > end) {
      fail('a name is cut off');
      return undefined;
    }
    return { isAbsolute, up, segments };
  };

  // Terms.

  const termList = (scope: AcpiNode, end: number): void => {
    while (at < end) {
      const start = at;
      reason = '';
      if (term(scope, end)) continue;
      const from = Math.min(Math.max(at, start + 1), end);
      at = nextDeclaration(bytes, from, end);
      const message = `${at - start} bytes of AML are not followed: ${reason}`;
      unfollowed(scope, start, message);
    }
    at = end;
  };

  const term = (scope: AcpiNode, end: number): boolean => {
    if (at >= end) return fail('it ends too early');
    if (nesting >= MAX_NESTING) return fail('it is nested too deep');
    nesting++;
    const isFollowed = termHere(scope, end);
    nesting--;
    return isFollowed;
  };

  const termHere = (scope: AcpiNode, end: number): boolean => {
    const start = at;
    let code = bytes[at] ?? 0;
    if (isNameStart(code)) return call(scope, end);
    at++;
    if (code === EXTENDED) {
      if (at >= end) return fail('an operator is cut off');
      code = (EXTENDED << 8) | (bytes[at] ?? 0);
      at++;
    }
    const operands = OPERANDS.get(code);
    if (operands !== undefined) {
      for (const operand of operands) {
        if (!operandHere(operand, scope, end)) return false;
      }
      return true;
    }
    switch (code) {
      case 0x06:
        return alias(scope, start, end);
      case 0x08:
        return name(scope, start, end);
      case 0x0d:
        return text(end);
      case 0x11:
        return bufferHere(scope, end) !== undefined;
      case 0x12:
      case 0x13:
        return packageHere(scope, end, code === 0x13);
      case 0x14:
        return method(scope, start, end);
      case 0x15:
        return external(scope, start, end);
      case 0xa0:
      case 0xa1:
      case 0xa2:
        return block(scope, end, code !== 0xa1);
      case 0xa4:
        return returned(scope, end);
      default:
        break;
    }
    const extra = CONTAINERS.get(code);
    if (extra !== undefined) return container(scope, start, end, code === 0x10, extra);
    const fieldOperands = FIELDS.get(code);
    if (fieldOperands !== undefined) return fields(scope, end, fieldOperands);
    at = start;
    return fail(`0x${code.toString(16).toUpperCase().padStart(2, '0')} is no operator`);
  };

  const operandHere = (operand: string, scope: AcpiNode, end: number): boolean => {
    switch (operand) {
      case 't':
        return term(scope, end);
      case 's':
        return target(scope, end);
      case 'n': {
        const start = at;
        const declared = nameString(end);
        if (declared === undefined) return false;
        declare(scope, declared, start, { kind: 'other' });
        return true;
      }
      case 'r':
        return nameString(end) !== undefined;
      default:
        return skip(Number(operand), end);
    }
  };

  /** A name that is no call, nothing (0), or what a term gives. */
  const target = (scope: AcpiNode, end: number): boolean => {
    if (at >= end) return fail('it ends too early');
    const code = bytes[at] ?? 0;
    return code === 0 || isNameStart(code) ? nameString(end) !== undefined : term(scope, end);
  };

  /** A use of a name, with the arguments that the method takes. */
  const call = (scope: AcpiNode, end: number): boolean => {
    const used = nameString(end);
    if (used === undefined) return false;
    const found = foundNode(scope, used);
    for (let count = found?.argumentCount ?? 0; count > 0; count--) {
      if (!term(scope, end)) return false;
    }
    return true;
  };

  const alias = (scope: AcpiNode, start: number, end: number): boolean => {
    const source = nameString(end);
    const declared = source === undefined ? undefined : nameString(end);
    if (source === undefined || declared === undefined) return false;
    const argumentCount = foundNode(scope, source)?.argumentCount;
    declare(scope, declared, start, {
      kind: 'alias',
      ...(argumentCount !== undefined && { argumentCount }),
    });
    return true;
  };

  const name = (scope: AcpiNode, start: number, end: number): boolean => {
    const declared = nameString(end);
    if (declared === undefined) return false;
    const range = { start, end };
    const index = sink?.ranges.length ?? 0;
    const valueStart = at;
    let buffer: AcpiBuffer | undefined;
    let isFollowed: boolean;
    if (bytes[at] === 0x11 && at < end) {
      at++;
      buffer = bufferHere(scope, end);
      isFollowed = buffer !== undefined;
    } else {
      isFollowed = term(scope, end);
    }
    range.end = Math.max(at, valueStart);
    const node = declare(scope, declared, start, {
      kind: 'name',
      ...(buffer !== undefined && { buffer }),
    });
    // Within the method that gives a _WDG, the method is the place.
    if (node !== undefined && isFollowed && returns === undefined) {
      sink?.ranges.splice(index, 0, { node, ...range });
    }
    return isFollowed;
  };

  /** The first zero byte from `searchedFrom` on, the end of the bytes when there is none: it is not searched for twice. */
  let nextZero = -1;
  let searchedFrom = 0;

  const text = (end: number): boolean => {
    if (at < searchedFrom || at > nextZero) {
      searchedFrom = at;
      const found = bytes.indexOf(0, at);
      nextZero = found < 0 ? bytes.length : found;
    }
    const stop = nextZero;
    if (stop >= end) return fail('a string has no end');
    at = stop + 1;
    return true;
  };

  const bufferHere = (scope: AcpiNode, end: number): AcpiBuffer | undefined => {
    const stop = packageEnd(scope, end);
    if (stop === undefined) return undefined;
    const size = constantSize();
    const isFollowed = term(scope, stop);
    const start = at;
    at = stop;
    // The size of a buffer is an expression, which may be one that cannot be followed; what follows the buffer still can.
    if (!isFollowed) {
      unfollowed(scope, start, `the size of a buffer is not followed: ${reason}`);
      reason = '';
    }
    const contents = isFollowed ? bytes.subarray(start, stop) : bytes.subarray(stop, stop);
    return { bytes: contents, size, place: { offset: start } };
  };

  /** The integer constant that is here, without going past it. */
  const constantSize = (): number | undefined => {
    const code = bytes[at];
    if (code === 0x00 || code === 0x01) return code;
    const width = code === undefined ? undefined : INTEGER_WIDTHS.get(code);
    if (width === undefined) return undefined;
    at++;
    const value = numberOf(width);
    at--;
    return value;
  };

  const packageHere = (scope: AcpiNode, end: number, isVariable: boolean): boolean => {
    const stop = packageEnd(scope, end);
    if (stop === undefined) return false;
    const start = at;
    let isFollowed = isVariable ? term(scope, stop) : skip(1, stop);
    // An element that is a name is a reference, not a call.
    while (isFollowed && at < stop) isFollowed = target(scope, stop);
    if (!isFollowed) {
      unfollowed(scope, start, `a package is not followed to its end: ${reason}`);
      reason = '';
    }
    at = stop;
    return true;
  };

  const method = (scope: AcpiNode, start: number, end: number): boolean => {
    const stop = packageEnd(scope, end);
    if (stop === undefined) return false;
    const declared = nameString(stop);
    if (declared === undefined) return false;
    const flags = bytes[at] ?? 0;
    if (!skip(1, stop)) return false;
    const isWdg = sink !== undefined && declared.segments.at(-1) === '_WDG';
    let values: typeof returns;
    const node = namespace.declared(scope, declared);
    if (isWdg && node !== undefined && returns === undefined) {
      returns = [];
      termList(node, stop);
      values = returns;
      returns = undefined;
    }
    at = stop;
    declare(scope, declared, start, {
      kind: 'method',
      argumentCount: flags & 0x07,
      ...(values !== undefined && { returns: values }),
    });
    if (node !== undefined) sink?.ranges.push({ node, start, end: stop });
    return true;
  };

  const external = (scope: AcpiNode, start: number, end: number): boolean => {
    const declared = nameString(end);
    if (declared === undefined || !skip(2, end)) return false;
    const isMethod = bytes[at - 2] === METHOD_OBJECT;
    declare(scope, declared, start, {
      kind: 'external',
      ...(isMethod && { argumentCount: (bytes[at - 1] ?? 0) & 0x07 }),
    });
    return true;
  };

  /** If, Else and While: what they declare is taken to be declared. */
  const block = (scope: AcpiNode, end: number, hasPredicate: boolean): boolean => {
    const stop = packageEnd(scope, end);
    if (stop === undefined) return false;
    if (hasPredicate && !term(scope, stop)) {
      unfollowed(scope, at, `the condition of a block is not followed: ${reason}`);
      at = nextDeclaration(bytes, Math.min(at, stop), stop);
    }
    termList(scope, stop);
    return true;
  };

  const returned = (scope: AcpiNode, end: number): boolean => {
    const start = at;
    const code = bytes[at] ?? 0;
    if (returns !== undefined && at < end) {
      if (isNameStart(code)) {
        returns.push(nameString(end));
        at = start;
      } else if (code === 0x11) {
        at++;
        const buffer = bufferHere(scope, end);
        returns.push(buffer);
        return buffer !== undefined;
      } else {
        returns.push(undefined);
      }
    }
    return term(scope, end);
  };

  const container = (
    scope: AcpiNode,
    start: number,
    end: number,
    isScope: boolean,
    extra: number,
  ): boolean => {
    const stop = packageEnd(scope, end);
    if (stop === undefined) return false;
    const declared = nameString(stop);
    if (declared === undefined || !skip(extra, stop)) return false;
    const existing = isScope ? foundNode(scope, declared) : undefined;
    const inner = existing ?? declare(scope, declared, start, { kind: 'container' });
    if (inner === undefined) at = stop;
    else termList(inner, stop);
    return true;
  };

  const fields = (scope: AcpiNode, end: number, operands: string): boolean => {
    const stop = packageEnd(scope, end);
    if (stop === undefined) return false;
    let isFollowed = [...operands].every((operand) => operandHere(operand, scope, stop));
    while (isFollowed && at < stop) isFollowed = fieldHere(scope, stop);
    if (!isFollowed) {
      unfollowed(scope, at, `a field is not followed to its end: ${reason}`);
      reason = '';
    }
    at = stop;
    return true;
  };

  const fieldHere = (scope: AcpiNode, end: number): boolean => {
    const code = bytes[at] ?? 0;
    switch (code) {
      case 0x00:
        at++;
        return fieldLength(end);
      case 0x01:
        return skip(3, end);
      case 0x02:
        at++;
        return target(scope, end);
      case 0x03:
        return skip(4, end);
      default: {
        if (!isSegment(bytes, at, end)) return fail('there is no field where one must be');
        const field = { isAbsolute: false, up: 0, segments: [segmentAt(bytes, at)] };
        declare(scope, field, at, { kind: 'other' });
        at += 4;
        return fieldLength(end);
      }
    }
  };

  /** A number of bits, which is written as a length of a package is. */
  const fieldLength = (end: number): boolean => skip(1 + ((bytes[at] ?? 0) >> 6), end);

  termList(namespace.root, bytes.length);
}

const ROOT = 0x5c;
const PARENT = 0x5e;
const DUAL_NAME = 0x2e;
const MULTI_NAME = 0x2f;
const EXTENDED = 0x5b;
/** The type of an external object that is a method (ACPI 6.5, section 19.6.96). */
const METHOD_OBJECT = 8;

/** The operators of integers, and how many bytes follow. */
const INTEGER_WIDTHS = new Map([
  [0x0a, 1],
  [0x0b, 2],
  [0x0c, 4],
  [0x0e, 8],
]);

/** Scope, Device, Processor, PowerResource and ThermalZone: how many bytes are between the name and the terms. */
const CONTAINERS = new Map([
  [0x10, 0],
  [0x5b82, 0],
  [0x5b83, 6],
  [0x5b84, 3],
  [0x5b85, 0],
]);

/** Field, IndexField and BankField: what is before the list of fields. */
const FIELDS = new Map([
  [0x5b81, 'r1'],
  [0x5b86, 'rr1'],
  [0x5b87, 'rrt1'],
]);

/**
 * The operands of operators. `t` is a term, `s` a target, `n` a name that is declared, `r` a name that is referred to; a digit is
 * that many bytes.
 */
const OPERANDS: ReadonlyMap<number, string> = new Map(
  (
    [
      // Zero, One, Ones, locals, arguments, Noop, Break, BreakPoint, Continue, Revision, Debug, Timer.
      ['', 0x00, 0x01, 0xff, 0x9f, 0xa3, 0xa5, 0xcc, 0x5b30, 0x5b31, 0x5b33],
      ['', 0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67],
      ['', 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e],
      // Integers.
      ['1', 0x0a],
      ['2', 0x0b],
      ['4', 0x0c],
      ['8', 0x0e],
      // RefOf, Increment, Decrement, SizeOf, ObjectType; Signal, Reset, Release, Unload.
      ['s', 0x71, 0x75, 0x76, 0x87, 0x8e, 0x5b24, 0x5b26, 0x5b27, 0x5b2a],
      // DerefOf, LNot, Stall, Sleep.
      ['t', 0x83, 0x92, 0x5b21, 0x5b22],
      // Store, Not, FindSetLeftBit, FindSetRightBit, ToBuffer to ToInteger, CopyObject, FromBCD, ToBCD.
      ['ts', 0x70, 0x80, 0x81, 0x82, 0x96, 0x97, 0x98, 0x99, 0x9d, 0x5b28, 0x5b29],
      // Notify; Wait.
      ['st', 0x86, 0x5b25],
      // LAnd, LOr, LEqual, LGreater, LLess.
      ['tt', 0x90, 0x91, 0x93, 0x94, 0x95],
      // Add, Concatenate, Subtract, Multiply, shifts, bit operators, ConcatenateResTemplate, Mod, Index, ToString.
      ['tts', 0x72, 0x73, 0x74, 0x77, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x84, 0x85, 0x88],
      ['tts', 0x9c],
      // Divide; Mid.
      ['ttss', 0x78],
      ['ttts', 0x9e],
      ['t1t1tt', 0x89],
      // CreateDWordField, CreateWordField, CreateByteField, CreateBitField, CreateQWordField; CreateField.
      ['ttn', 0x8a, 0x8b, 0x8c, 0x8d, 0x8f],
      ['tttn', 0x5b13],
      // Mutex, Event, CondRefOf, LoadTable, Load, Acquire, Fatal, OperationRegion, DataTableRegion.
      ['n1', 0x5b01],
      ['n', 0x5b02],
      ['ss', 0x5b12],
      ['tttttt', 0x5b1f],
      ['rs', 0x5b20],
      ['s2', 0x5b23],
      ['5t', 0x5b32],
      ['n1tt', 0x5b80],
      ['nttt', 0x5b88],
    ] as readonly (readonly [string, ...number[]])[]
  ).flatMap(([operands, ...codes]) => codes.map((code): [number, string] => [code, operands])),
);

function isNameStart(code: number): boolean {
  return isLead(code) || [ROOT, PARENT, DUAL_NAME, MULTI_NAME].includes(code);
}

/** `A` to `Z` and `_`. */
function isLead(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

function isSegment(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 4 > end || !isLead(bytes[at] ?? 0)) return false;
  for (let index = at + 1; index < at + 4; index++) {
    const code = bytes[index] ?? 0;
    if (!isLead(code) && !(code >= 0x30 && code <= 0x39)) return false;
  }
  return true;
}

function segmentAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** A package length (ACPI 6.5, 20.2.4): its first byte, how many bytes follow that, and the length, which counts them all. */
function packageLength(
  bytes: Uint8Array,
  at: number,
): { readonly lead: number; readonly following: number; readonly length: number } {
  const lead = bytes[at] ?? 0;
  const following = lead >> 6;
  let length = following === 0 ? lead & 0x3f : lead & 0x0f;
  for (let index = 1; index <= following; index++) {
    length += (bytes[at + index] ?? 0) * 2 ** (8 * index - 4);
  }
  return { lead, following, length };
}

/** The next byte from which a declaration may begin: Name, or Scope, Method or Device with a length that fits. Else `end`. */
function nextDeclaration(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = bytes[at];
    if (code === 0x08 && isSegment(bytes, at + 1, end)) return at;
    const isDevice = code === EXTENDED && bytes[at + 1] === 0x82;
    if (!isDevice && code !== 0x10 && code !== 0x14) continue;
    const lengthAt = isDevice ? at + 2 : at + 1;
    const { following, length } = packageLength(bytes, lengthAt);
    let nameAt = lengthAt + 1 + following;
    while (bytes[nameAt] === ROOT || bytes[nameAt] === PARENT) nameAt++;
    if (bytes[nameAt] === DUAL_NAME) nameAt++;
    else if (bytes[nameAt] === MULTI_NAME) nameAt += 2;
    if (lengthAt + length <= end && isSegment(bytes, nameAt, lengthAt + length)) return at;
  }
  return end;
}
