/**
 * Walks the terms of a table. Bodies of methods are skipped. AML that cannot be read is a finding, and reading resumes at the
 * next declaration.
 */
import { type AcpiNode, foundNode } from '../namespace.js';
import { readBuffer, readPackage } from './buffers.js';
import { readAlias, readContainer, readExternal, readMethod, readName } from './declarations.js';
import { readFields } from './fields.js';
import { isNameStart } from './lexical.js';
import { CONTAINERS, EXTENDED, FIELDS, OPERANDS } from './operators.js';
import { type TableReading } from './reading.js';
import { nextDeclaration } from './recovery.js';

/** Nested blocks and expressions; real tables have less than forty. */
const MAX_NESTING = 200;

/** Readers at the current position, up to `end`. They return false when reading fails. */
export interface Terms {
  readonly term: (scope: AcpiNode, end: number) => boolean;
  /** All terms up to the end. */
  readonly list: (scope: AcpiNode, end: number) => void;
  /** A name that is not a call, nothing (0), or the value of a term. */
  readonly target: (scope: AcpiNode, end: number) => boolean;
  /** An operand, by its letter in the table of operators. */
  readonly operand: (operand: string, scope: AcpiNode, end: number) => boolean;
}

/** Reads all terms of a table. */
export function readTerms(reading: TableReading): void {
  const { bytes } = reading;
  let nesting = 0;

  const list = (scope: AcpiNode, end: number): void => {
    while (reading.at < end) {
      const start = reading.at;
      reading.reason = '';
      if (term(scope, end)) continue;
      const from = Math.min(Math.max(reading.at, start + 1), end);
      reading.at = nextDeclaration(bytes, from, end);
      const message = `${reading.at - start} bytes of AML are skipped: ${reading.reason}`;
      reading.unfollowed(scope, start, message);
    }
    reading.at = end;
  };

  const term = (scope: AcpiNode, end: number): boolean => {
    if (reading.at >= end) return reading.fail('unexpected end');
    if (nesting >= MAX_NESTING) return reading.fail('it is nested too deeply');
    nesting++;
    const isFollowed = termHere(scope, end);
    nesting--;
    return isFollowed;
  };

  const termHere = (scope: AcpiNode, end: number): boolean => {
    const start = reading.at;
    let code = bytes[start] ?? 0;
    if (isNameStart(code)) return call(scope, end);
    reading.at++;
    if (code === EXTENDED) {
      if (reading.at >= end) return reading.fail('an operator is truncated');
      code = (EXTENDED << 8) | (bytes[reading.at] ?? 0);
      reading.at++;
    }
    const operands = OPERANDS.get(code);
    if (operands !== undefined) {
      for (const each of operands) {
        if (!operand(each, scope, end)) return false;
      }
      return true;
    }
    const declaring = { reading, terms, scope, start, end };
    switch (code) {
      case 0x06:
        return readAlias(declaring);
      case 0x08:
        return readName(declaring);
      case 0x0d:
        return reading.text(end);
      case 0x11:
        return readBuffer(reading, terms, scope, end) !== undefined;
      case 0x12:
      case 0x13:
        return readPackage(reading, terms, scope, end, code === 0x13);
      case 0x14:
        return readMethod(declaring);
      case 0x15:
        return readExternal(declaring);
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
    if (extra !== undefined) return readContainer(declaring, code === 0x10, extra);
    const fieldOperands = FIELDS.get(code);
    if (fieldOperands !== undefined) return readFields(reading, terms, scope, end, fieldOperands);
    reading.at = start;
    return reading.fail(`0x${code.toString(16).toUpperCase().padStart(2, '0')} is not an operator`);
  };

  const operand = (letter: string, scope: AcpiNode, end: number): boolean => {
    switch (letter) {
      case 't':
        return term(scope, end);
      case 's':
        return target(scope, end);
      case 'n': {
        const start = reading.at;
        const declared = reading.name(end);
        if (declared === undefined) return false;
        reading.declare(scope, declared, start, { kind: 'other' });
        return true;
      }
      case 'r':
        return reading.name(end) !== undefined;
      default:
        return reading.skip(Number(letter), end);
    }
  };

  const target = (scope: AcpiNode, end: number): boolean => {
    if (reading.at >= end) return reading.fail('unexpected end');
    const code = bytes[reading.at] ?? 0;
    if (code === 0 || isNameStart(code)) return reading.name(end) !== undefined;
    return term(scope, end);
  };

  /** A use of a name, with the arguments that the method takes. */
  const call = (scope: AcpiNode, end: number): boolean => {
    const used = reading.name(end);
    if (used === undefined) return false;
    const found = foundNode(scope, used);
    for (let count = found?.argumentCount ?? 0; count > 0; count--) {
      if (!term(scope, end)) return false;
    }
    return true;
  };

  /** If, Else and While: their declarations count, whatever the condition. */
  const block = (scope: AcpiNode, end: number, hasPredicate: boolean): boolean => {
    const stop = reading.packageEnd(scope, end);
    if (stop === undefined) return false;
    if (hasPredicate && !term(scope, stop)) {
      const message = `the condition of a block cannot be read: ${reading.reason}`;
      reading.unfollowed(scope, reading.at, message);
      reading.at = nextDeclaration(bytes, Math.min(reading.at, stop), stop);
    }
    list(scope, stop);
    return true;
  };

  const returned = (scope: AcpiNode, end: number): boolean => {
    const { returns, at: start } = reading;
    if (returns !== undefined && start < end) {
      const code = bytes[start] ?? 0;
      if (isNameStart(code)) {
        returns.push(reading.name(end));
        reading.at = start;
      } else if (code === 0x11) {
        reading.at++;
        const buffer = readBuffer(reading, terms, scope, end);
        returns.push(buffer);
        return buffer !== undefined;
      } else {
        returns.push(undefined);
      }
    }
    return term(scope, end);
  };

  const terms: Terms = { term, list, target, operand };
  list(reading.namespace.root, bytes.length);
}
