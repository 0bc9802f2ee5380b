/**
 * The state of reading one table: where it is, why something is not followed, and what was found so far. It must not know any operator.
 */
import { HEADER_SIZE } from '../acpidump.js';
import { type AcpiBuffer, type AcpiDeclaration, type AcpiFindings } from '../facts.js';
import { type AcpiNode, type NameString, type Namespace, pathOf } from '../namespace.js';
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

/** What a method named `_WDG` returns. */
export type ReturnedValues = (AcpiBuffer | NameString | undefined)[];

type DeclaredFacts = Pick<AcpiDeclaration, 'kind' | 'argumentCount' | 'buffer' | 'returns'>;

export class TableReading {
  at = HEADER_SIZE;
  /** Why what is being read is not followed; empty when it is. */
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
    /** Undefined in the first pass, which only learns how many arguments methods take. */
    readonly sink: Sink | undefined,
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
      this.unfollowed(scope, offset, 'too many names, or names too deep; this one is left out');
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
    if (this.at + count > end) return this.fail('it ends too early');
    this.at += count;
    return true;
  }

  /** The end of the package whose length is here. One that reaches beyond what encloses it is cut off there. */
  packageEnd(scope: AcpiNode, end: number): number | undefined {
    const start = this.at;
    const { lead, following, length } = packageLength(this.bytes, start);
    if (start + 1 + following > end) {
      this.fail('a length is cut off');
      return undefined;
    }
    this.at = start + 1 + following;
    if (length < 1 + following || (following > 0 && (lead & 0x30) !== 0)) {
      this.fail(`the length ${length} is none`);
      return undefined;
    }
    if (start + length > end) {
      const message = `a length reaches ${start + length - end} bytes beyond what encloses it`;
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

  /** Goes past a string, which a zero byte ends. */
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
