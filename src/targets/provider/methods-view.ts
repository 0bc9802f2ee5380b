/**
 * The functions that a driver has for a method, in emitted C: their parameters and first bodies, and how they are called.
 */
import { type DataBlock, type Method, type WireItem } from '../../model/model.js';
import { unchangedParameters } from '../../model/method-defaults.js';
import { countItem } from '../../model/set-rules.js';
import { docLines } from '../c/text.js';
import { type DriverModel } from './driver-model.js';
import { type MethodApi, type ProviderNames } from './naming.js';
import { hasCommit } from './requirements.js';
import { type FunctionView, functionView } from './function-view.js';
import { emptyOutput } from './empty-values.js';
import {
  inputParameters,
  outputParameters,
  type Parameter,
  type ParameterNames,
} from './value-structs.js';

/** How a driver's function is called: its parameters, and what is done before. */
export interface DriverCall {
  readonly parameters: readonly Parameter[];
  /** Statements before the call. */
  readonly lines: readonly string[];
}

/** What selects a member of the input and of the output. */
interface Places {
  readonly input: string;
  readonly output: string;
}

/** The user's functions of a method. */
export function methodViews(
  block: DataBlock,
  method: Method,
  names: ProviderNames,
  driverModel: DriverModel,
  declaredAt: string,
): FunctionView[] {
  const api = names.block(block).method(method);
  const call = callParts(method, api, names, NOWHERE);
  const commits = hasCommit(method);
  const doc = [
    ...docLines(method.description),
    `WmiMethodId ${method.id}, ${declaredAt}.`,
    ...(commits
      ? [
          `Prepares the output and changes nothing. ${api.commit} is called after it, only if the output fits in`,
          driverModel.callerMemory === true
            ? "the caller's buffer. Data that the output points to must stay valid until the core's call returns."
            : "the caller's buffer. Data that the output points to must stay valid until the request is complete.",
        ]
      : []),
  ];
  const functions = [
    functionView(
      api.call,
      doc,
      call.parameters,
      call.body,
      call.unused,
      driverModel,
      call.instance,
    ),
  ];
  if (commits) {
    const commit = commitParts(method, api, names, NOWHERE);
    functions.push(
      functionView(
        api.commit,
        [`Makes the changes that ${api.call} prepared.`],
        commit.parameters,
        [],
        commit.unused,
        driverModel,
        commit.instance,
      ),
    );
  }
  return functions;
}

/** For a declaration, whose arguments are not used. */
const NOWHERE: Places = { input: '', output: '' };

interface CallParts extends DriverCall {
  /** Statements of the function as it is first written. */
  readonly body: readonly string[];
  /** Parameters that those statements do not use. */
  readonly unused: readonly string[];
  readonly instance: string;
}

/** Names for the parameters of one function, and how the number of elements of an array is written in it. */
function parameterNames(
  method: Method,
  names: ProviderNames,
  isPointer: (item: WireItem) => boolean,
): ParameterNames & { readonly instance: string } {
  const scope = names.header.parameters();
  const { instance } = names.localNames;
  scope.claim(instance);
  const byId = new Map<number, string>();
  const counts = new Map<number, string>();
  const items = [...method.input.items, ...method.output.items];
  for (const { name, id } of method.parameters) byId.set(id, scope.claim(name));
  for (const item of items) {
    if (item.count.kind === 'rest' && !counts.has(item.id)) {
      counts.set(item.id, scope.claim(`${item.name}Count`));
    }
  }
  const of = ({ id }: WireItem): string => byId.get(id) ?? '';
  return {
    instance,
    of,
    countOf: ({ id }) => counts.get(id) ?? '',
    counter(item) {
      const record = method.input.items.includes(item) ? method.input : method.output;
      const counter = countItem(record, item);
      if (counter === undefined) return '1';
      return isPointer(counter) ? `*${of(counter)}` : of(counter);
    },
  };
}

export function callParts(
  method: Method,
  api: MethodApi,
  names: ProviderNames,
  places: Places,
): CallParts {
  const isOut = new Set(method.output.items.map(({ id }) => id));
  const parameterName = parameterNames(method, names, ({ id }) => isOut.has(id));
  const inputs = new Map(method.input.items.map((item) => [item.id, item]));
  const outputs = new Map(method.output.items.map((item) => [item.id, item]));
  const kept = unchangedParameters(method);
  const parameters: Parameter[] = [];
  const lines: string[] = [];
  const body: string[] = [];
  const unused: string[] = [];
  for (const { id } of method.parameters) {
    const input = inputs.get(id);
    const output = outputs.get(id);
    if (output === undefined) {
      if (input === undefined) continue;
      parameters.push(
        ...inputParameters(input, api.input, parameterName, places.input, names.structOf),
      );
      unused.push(...namesOf(input, parameterName));
      continue;
    }
    parameters.push(
      ...outputParameters(
        output,
        api.output,
        parameterName,
        places.output,
        input !== undefined,
        names.structOf,
      ),
    );
    if (input !== undefined) lines.push(...copyLines(input, output, api, method, places));
    if (kept.has(output)) unused.push(...namesOf(output, parameterName));
    else body.push(...emptyOutput(output, parameterName, names));
  }
  return { parameters, lines, body, unused, instance: parameterName.instance };
}

export function commitParts(
  method: Method,
  api: MethodApi,
  names: ProviderNames,
  places: Places,
): CallParts {
  const parameterName = parameterNames(method, names, () => false);
  const inputs = new Map(method.input.items.map((item) => [item.id, item]));
  const outputs = new Map(method.output.items.map((item) => [item.id, item]));
  const parameters: Parameter[] = [];
  const unused: string[] = [];
  for (const { id } of method.parameters) {
    const input = inputs.get(id);
    const item = input ?? outputs.get(id);
    if (item === undefined) continue;
    const [struct, from] =
      input === undefined ? [api.output, places.output] : [api.input, places.input];
    parameters.push(...inputParameters(item, struct, parameterName, from, names.structOf));
    unused.push(...namesOf(item, parameterName));
  }
  return { parameters, lines: [], body: [], unused, instance: parameterName.instance };
}

function namesOf(item: WireItem, names: ParameterNames): string[] {
  return item.count.kind === 'rest' ? [names.countOf(item), names.of(item)] : [names.of(item)];
}

/** An in-out parameter starts as what came in. */
function copyLines(
  input: WireItem,
  output: WireItem,
  { input: from, output: to }: MethodApi,
  method: Method,
  places: Places,
): string[] {
  const target = `${places.output}${to.member(output)}`;
  const source = `${places.input}${from.member(input)}`;
  if (output.count.kind === 'rest') {
    const counter = countItem(method.input, input);
    // Counted in the input, it takes the rest of the output; as many elements as fit into a buffer were read.
    const given =
      counter === undefined
        ? `${places.input}${from.count(input)}`
        : `(ULONG)${places.input}${from.member(counter)}`;
    return [`${places.output}${to.count(output)} = ${given};`, `${target} = ${source};`];
  }
  const isArray =
    output.count.kind === 'fixed' ||
    (output.count.kind === 'scalar' &&
      (output.type.kind === 'datetime' ||
        (output.type.kind === 'string' && output.type.maxLength !== undefined)));
  return [
    isArray ? `RtlCopyMemory(${target}, ${source}, sizeof(${target}));` : `${target} = ${source};`,
  ];
}
