/**
 * A function of the generated source: its frame, the structures that it works with, and where those lie.
 */
import { alignUp } from '../../model/layout.js';
import { type WireItem, type WireRecord } from '../../model/model.js';
import { type DriverModel } from './driver-model.js';
import { separated } from './function-view.js';
import { type StructOf, type ValueStruct } from './value-structs.js';

/** A function as the template prints it. */
export interface CFunction {
  /** It is pageable code, which runs at PASSIVE_LEVEL. */
  readonly isPaged: boolean;
  readonly comment: readonly string[];
  /** The annotation of a function that the header declares. */
  readonly mark: string;
  readonly returns: string;
  readonly name: string;
  /** With commas and the closing parenthesis. */
  readonly parameters: readonly string[];
  readonly hasLocals: boolean;
  readonly locals: readonly string[];
  readonly body: readonly string[];
}

interface FunctionParts {
  readonly comment?: readonly string[];
  readonly returns?: string;
  readonly parameters: readonly string[];
  readonly locals?: readonly string[];
  readonly body: readonly string[];
}

export function staticFunction(name: string, parts: FunctionParts): CFunction {
  return cFunction('', `static ${parts.returns ?? 'NTSTATUS'}`, name, parts);
}

/** A function that only converts values, for requests and events. */
export function conversionFunction(name: string, parts: FunctionParts): CFunction {
  return cFunction('', 'static VOID', name, parts);
}

/** A function that the header declares, with its annotations. */
export function declaredFunction(name: string, parts: FunctionParts): CFunction {
  return cFunction('_Use_decl_annotations_', parts.returns ?? 'NTSTATUS', name, parts);
}

/** A declared function that passes its parameters on to the C runtime core. */
export function handOnFunction(
  name: string,
  returns: string,
  parameters: readonly string[],
  line: string,
): CFunction {
  return declaredFunction(name, { returns, parameters, body: [line] });
}

function cFunction(
  mark: string,
  returns: string,
  name: string,
  { comment = [], parameters, locals = [], body }: FunctionParts,
): CFunction {
  return {
    isPaged: true,
    comment,
    mark,
    returns,
    name,
    parameters: separated(parameters),
    hasLocals: locals.length > 0,
    locals,
    body: body.flatMap(wrapped),
  };
}

/** The functions as a driver model has them: pageable, or for any IRQL. */
export function residentFor(
  functions: readonly CFunction[],
  driverModel: DriverModel,
): CFunction[] {
  return functions.map((each) => ({ ...each, isPaged: driverModel.callerMemory !== true }));
}

/** `if (condition)` with its lines in braces. */
export function when(condition: string, lines: readonly string[]): string[] {
  return [
    `if (${condition})`,
    '{',
    ...lines.map((line) => (line === '' ? '' : `    ${line}`)),
    '}',
  ];
}

/** Returns `status` unless it is a success. */
export function unlessSuccess(status: string): string[] {
  return when(`!NT_SUCCESS(${status})`, [`return ${status};`]);
}

/** A structure that a function works with. */
export interface LocalStruct {
  /** Its declaration. */
  readonly declaration: string;
  /** What selects a member: `data.` or `data->`. */
  readonly at: string;
  /** A pointer to it. */
  readonly pointer: string;
  /** The structure itself, to be assigned. */
  readonly value: string;
  /** Statements that give it memory. */
  readonly allocation: readonly string[];
}

/** More bytes of a function's structures than this come from the memory of the request: a kernel stack is small. */
const MAX_STACK_BYTES = 256;

/** The same where a block of one size has to do without memory: what the analyser of Microsoft's kits allows a function, less its other variables. */
const MAX_STACK_BYTES_ALONE = 896;

/**
 * The structures of one function: on the stack while they are small together, else in the memory of the request.
 * `memory` is a pointer to that memory.
 */
export function localStructs<Key extends string>(
  wanted: Readonly<Record<Key, { name: string; type: string; bytes: number } | undefined>>,
  memory: string,
  driverModel: DriverModel,
): Readonly<Record<Key, LocalStruct>> {
  const limit = driverModel.callerMemory === true ? MAX_STACK_BYTES_ALONE : MAX_STACK_BYTES;
  const entries = Object.entries(wanted) as [
    Key,
    { name: string; type: string; bytes: number } | undefined,
  ][];
  const total = entries.reduce((sum, [, each]) => sum + (each?.bytes ?? 0), 0);
  const none: LocalStruct = { declaration: '', at: '', pointer: '', value: '', allocation: [] };
  return Object.fromEntries(
    entries.map(([key, each]) => [
      key,
      each === undefined ? none : total > limit ? inPool(each, memory) : onStack(each),
    ]),
  ) as Record<Key, LocalStruct>;
}

function onStack({ name, type }: { name: string; type: string }): LocalStruct {
  return {
    declaration: `${type} ${name} = {0};`,
    at: `${name}.`,
    pointer: `&${name}`,
    value: name,
    allocation: [],
  };
}

function inPool({ name, type }: { name: string; type: string }, memory: string): LocalStruct {
  return {
    declaration: `${type} *${name};`,
    at: `${name}->`,
    pointer: name,
    value: `*${name}`,
    allocation: [
      `${name} = (${type} *)MofgenMemoryAllocate(${memory}, sizeof(*${name}));`,
      ...when(`${name} == NULL`, ['return STATUS_INSUFFICIENT_RESOURCES;']),
    ],
  };
}

const POINTER_BYTES = 8;
const UNICODE_STRING_BYTES = 16;

/** The size of the structure of a record in memory, on a 64-bit system. */
export function structBytes(record: WireRecord, struct: ValueStruct, structOf: StructOf): number {
  if (!struct.isOwn) return record.layout.paddedSize ?? 0;
  return alignUp(
    record.items.reduce((sum, item) => sum + memberBytes(item, structOf), 0),
    POINTER_BYTES,
  );
}

/** With room for the padding before it. */
function memberBytes(item: WireItem, structOf: StructOf): number {
  if (item.count.kind === 'rest') return 2 * POINTER_BYTES;
  if (item.count.kind === 'sizedBy') return POINTER_BYTES;
  const count = item.count.kind === 'fixed' ? item.count.length : 1;
  if (item.type.kind === 'string' && item.type.maxLength === undefined) {
    return count * UNICODE_STRING_BYTES;
  }
  if (item.type.kind === 'structure') {
    const { structure } = item.type;
    return count * structBytes(structure.data, structOf(structure), structOf);
  }
  return alignUp(count * (item.layout.elementSize ?? POINTER_BYTES), item.layout.alignment);
}

/** The most characters that a line of emitted C has, where it can be broken. */
const MAX_COLUMNS = 120;

/** Breaks a long statement after the opening parenthesis of its call, then between its arguments. */
function wrapped(line: string): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  if (!line.endsWith(');')) return [line];
  return brokenCall(line.slice(indent.length, -1), indent, ';');
}

/** A call with the text before it, broken where it is too long; `end` is the text after it. */
function brokenCall(call: string, indent: string, end: string): string[] {
  const open = call.indexOf('(');
  if (fits(`${indent}${call}${end}`) || open < 0 || !call.endsWith(')'))
    return [`${indent}${call}${end}`];
  const inner = call.slice(open + 1, -1);
  const start = `${indent}${call.slice(0, open + 1)}`;
  const deeper = `${indent}    `;
  if (fits(`${deeper}${inner})${end}`)) return [start, `${deeper}${inner})${end}`];
  const parts = argumentsOf(inner);
  return [
    start,
    ...parts.flatMap((part, index) =>
      brokenCall(part, deeper, index < parts.length - 1 ? ',' : `)${end}`),
    ),
  ];
}

/** Whether a line of a function's body needs no break. */
export function fits(line: string): boolean {
  return line.length + BODY_INDENT <= MAX_COLUMNS;
}

const BODY_INDENT = 4;

/** The arguments between the outermost commas. */
function argumentsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  return [...parts, part.trim()];
}
