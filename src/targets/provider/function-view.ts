/**
 * A function that the user implements: its declaration with annotations, and the body that it is first written with.
 */
import { type DriverModel } from './driver-model.js';
import { type Parameter } from './value-structs.js';

export interface FunctionView {
  readonly name: string;
  /** The lines of its comment. */
  readonly doc: readonly string[];
  /** With annotations, for the declaration. */
  readonly annotated: readonly string[];
  /** Without, for the definition. */
  readonly plain: readonly string[];
  readonly returns: string;
  readonly hasLocals: boolean;
  readonly locals: readonly string[];
  readonly body: readonly string[];
}

export interface Body {
  readonly locals?: readonly string[];
  readonly lines: readonly string[];
}

/** A function whose first parameter is the instance. */
export function functionView(
  name: string,
  doc: readonly string[],
  parameters: readonly Parameter[],
  lines: readonly string[],
  unused: readonly string[],
  { instance }: DriverModel,
  instanceName: string,
): FunctionView {
  const all = [`_In_ ${instance} ${instanceName}`, ...parameters.map((each) => each.declaration)];
  const body = [
    ...unreferenced([instanceName, ...unused]),
    ...(lines.length > 0 ? ['', ...lines] : []),
    '',
    'return STATUS_SUCCESS;',
  ];
  return plainFunction(name, doc, all, { lines: body });
}

/** A function with the body `lines`, which end with what it returns. */
export function plainFunction(
  name: string,
  doc: readonly string[],
  parameters: readonly string[],
  { locals = [], lines }: Body,
  returns = 'NTSTATUS',
): FunctionView {
  return {
    name,
    doc,
    annotated: separated(parameters).map((line) => line.replace(/\)$/, ');')),
    plain: separated(parameters.map(withoutAnnotation)),
    returns,
    hasLocals: locals.length > 0,
    locals,
    body: lines,
  };
}

export function unreferenced(names: readonly string[]): string[] {
  return names.map((name) => `UNREFERENCED_PARAMETER(${name});`);
}

/** Each but the last with a comma, the last with the closing parenthesis. */
export function separated(parameters: readonly string[]): string[] {
  return parameters.map((text, index) => `${text}${index < parameters.length - 1 ? ',' : ')'}`);
}

function withoutAnnotation(parameter: string): string {
  return parameter.replace(/^_\w+_(?:\([^)]*\))? /, '');
}
