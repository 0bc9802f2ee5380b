/** The state of reading one table: position, reason of a failure, results so far. */
import { HEADER_SIZE } from '../acpidump.js';
import { type AcpiBuffer, type AcpiDeclaration, type AcpiFindings } from '../facts.js';
import {
  type AcpiNode,
  type Alias,
  type NameString,
  type Namespace,
  pathOf,
} from '../namespace.js';
import { packageLength, readName } from './lexical.js';

/** The bytes of a name or method with what it has. */
export interface NamedRange {
  readonly node: AcpiNode;
  readonly start: number;
  readonly end: number;
}

export interface Sink {
  readonly declarations: AcpiDeclaration[];
  /** In the order of their starts; they nest. */
  readonly ranges: NamedRange[];
  readonly findings: AcpiFindings;
}

/** The values that a method named `_WDG` returns. */
export type ReturnedValues = (AcpiBuffer | NameString | undefined)[];

type DeclaredFacts = Pick<AcpiDeclaration, 'kind' | 'argumentCount' | 'buffer' | 'returns'>;

export class TableReading {
  at = HEADER_SIZE;
  /** Why reading failed; empty without a failure. */
  reason = '';
  /** Where the values of a method's returns go, while it is read. */
  returns: ReturnedValues | undefined;

  /** The first zero byte from `#searchedFrom` on, the end of the bytes when there is none: it is not searched for twice. */
  #nextZero = -1;
  #searchedFrom = 0;

  constructor(
    readonly bytes: Uint8Array,
    readonly table: number,
    readonly namespace: Namespace,
    /** Undefined in the first pass, which only collects the argument counts of methods. */
    readonly sink: Sink | undefined,
    /** Gets the aliases, in the first pass. */
    readonly aliases?: Alias[],
  ) {}

  /** Keeps the first reason. */
  fail(why: string): false {
    this.reason ||= why;
    return false;
  }

  unfollowed(scope: AcpiNode, offset: number, message: string): void {
    if (this.sink === undefined) return;
    const { findings } = this.sink;
    const path = findings.hasEnough('unfollowed') ? '' : pathOf(scope);
    findings.add({ kind: 'unfollowed', table: this.table, path, place: { offset }, message });
  }

  /** Declares a name; undefined when there are too many. */
  declare(
    scope: AcpiNode,
    name: NameString,
    offset: number,
    facts: DeclaredFacts,
  ): AcpiNode | undefined {
    const node = this.namespace.declared(scope, name);
    if (node === undefined) {
      this.unfollowed(scope, offset, 'too many names, or names too deep; this one is ignored');
      return undefined;
    }
    if (this.sink === undefined) node.argumentCount ??= facts.argumentCount;
    else if (facts.kind !== 'other') {
      const declaration = { node, table: this.table, place: { offset }, ...facts };
      node.declarations.push(declaration);
      this.sink.declarations.push(declaration);
    }
    return node;
  }

  skip(count: number, end: number): boolean {
    if (this.at + count > end) return this.fail('unexpected end');
    this.at += count;
    return true;
  }

  /** The end of the package at the current position, limited to its container. */
  packageEnd(scope: AcpiNode, end: number): number | undefined {
    const start = this.at;
    const { lead, following, length } = packageLength(this.bytes, start);
    if (start + 1 + following > end) {
      this.fail('a length is truncated');
      return undefined;
    }
    this.at = start + 1 + following;
    if (length < 1 + following || (following > 0 && (lead & 0x30) !== 0)) {
      this.fail(`the length ${length} is invalid`);
      return undefined;
    }
    if (start + length > end) {
      const message = `a length reaches ${start + length - end} bytes beyond its container`;
      this.unfollowed(scope, start, message);
      return end;
    }
    return start + length;
  }

  name(end: number): NameString | undefined {
    const { name, fault, next } = readName(this.bytes, this.at, end);
    this.at = next;
    if (fault !== undefined) this.fail(fault);
    return name;
  }

  /** Skips a string, which ends with a zero byte. */
  text(end: number): boolean {
    const { at } = this;
    if (at < this.#searchedFrom || at > this.#nextZero) {
      this.#searchedFrom = at;
      const found = this.bytes.indexOf(0, at);
      this.#nextZero = found < 0 ? this.bytes.length : found;
    }
    if (this.#nextZero >= end) return this.fail('a string has no end');
    this.at = this.#nextZero + 1;
    return true;
  }
}
