/** Reads declarations: names with their values, methods, aliases, external objects, and containers with their scopes. */
import { type AcpiBuffer } from '../facts.js';
import { type AcpiNode, foundNode, openedNode } from '../namespace.js';
import { readBuffer } from './buffers.js';
import { METHOD_OBJECT } from './operators.js';
import { type ReturnedValues, type TableReading } from './reading.js';
import { type Terms } from './terms.js';

/** The place of a declaration, after its operator. */
export interface Declaring {
  readonly reading: TableReading;
  readonly terms: Terms;
  readonly scope: AcpiNode;
  /** The start of its operator. */
  readonly start: number;
  /** The end of its container. */
  readonly end: number;
}

export function readName({ reading, terms, scope, start, end }: Declaring): boolean {
  const declared = reading.name(end);
  if (declared === undefined) return false;
  const range = { start, end };
  const index = reading.sink?.ranges.length ?? 0;
  const valueStart = reading.at;
  let buffer: AcpiBuffer | undefined;
  let isFollowed: boolean;
  if (reading.bytes[reading.at] === 0x11 && reading.at < end) {
    reading.at++;
    buffer = readBuffer(reading, terms, scope, end);
    isFollowed = buffer !== undefined;
  } else {
    isFollowed = terms.term(scope, end);
  }
  range.end = Math.max(reading.at, valueStart);
  const node = reading.declare(scope, declared, start, {
    kind: 'name',
    ...(buffer !== undefined && { buffer }),
  });
  // Within the method _WDG, the method is the place.
  if (node !== undefined && isFollowed && reading.returns === undefined) {
    reading.sink?.ranges.splice(index, 0, { node, ...range });
  }
  return isFollowed;
}

export function readMethod({ reading, terms, scope, start, end }: Declaring): boolean {
  const stop = reading.packageEnd(scope, end);
  if (stop === undefined) return false;
  const declared = reading.name(stop);
  if (declared === undefined) return false;
  const flags = reading.bytes[reading.at] ?? 0;
  if (!reading.skip(1, stop)) return false;
  const isWdg = reading.sink !== undefined && declared.segments.at(-1) === '_WDG';
  let values: ReturnedValues | undefined;
  const node = reading.namespace.declared(scope, declared);
  if (isWdg && node !== undefined && reading.returns === undefined) {
    values = [];
    reading.returns = values;
    terms.list(node, stop);
    reading.returns = undefined;
  }
  reading.at = stop;
  reading.declare(scope, declared, start, {
    kind: 'method',
    argumentCount: flags & 0x07,
    ...(values !== undefined && { returns: values }),
  });
  if (node !== undefined) reading.sink?.ranges.push({ node, start, end: stop });
  return true;
}

export function readAlias({ reading, scope, start, end }: Declaring): boolean {
  const source = reading.name(end);
  const declared = source === undefined ? undefined : reading.name(end);
  if (source === undefined || declared === undefined) return false;
  const argumentCount = foundNode(scope, source)?.argumentCount;
  const node = reading.declare(scope, declared, start, {
    kind: 'alias',
    ...(argumentCount !== undefined && { argumentCount }),
  });
  if (node !== undefined) reading.aliases?.push({ node, scope, source });
  return true;
}

export function readExternal({ reading, scope, start, end }: Declaring): boolean {
  const declared = reading.name(end);
  if (declared === undefined || !reading.skip(2, end)) return false;
  const [type, argumentCount = 0] = reading.bytes.subarray(reading.at - 2, reading.at);
  reading.declare(scope, declared, start, {
    kind: 'external',
    ...(type === METHOD_OBJECT && { argumentCount: argumentCount & 0x07 }),
  });
  return true;
}

/** A container; `extra` is the number of bytes between its name and its terms. Scope opens an existing one. */
export function readContainer(
  { reading, terms, scope, start, end }: Declaring,
  isScope: boolean,
  extra: number,
): boolean {
  const stop = reading.packageEnd(scope, end);
  if (stop === undefined) return false;
  const declared = reading.name(stop);
  if (declared === undefined || !reading.skip(extra, stop)) return false;
  // The first pass keeps no declarations: what it has of names so far was declared before.
  const opened = reading.sink === undefined ? foundNode : openedNode;
  const existing = isScope ? opened(scope, declared) : undefined;
  const inner = existing ?? reading.declare(scope, declared, start, { kind: 'container' });
  if (inner === undefined) reading.at = stop;
  else terms.list(inner, stop);
  return true;
}
