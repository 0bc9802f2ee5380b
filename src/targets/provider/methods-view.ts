/**
 * A method in emitted C: the user's typed functions, and the thunks that call them with what the request handlers read.
 */
import { type DataBlock, type Method, type WireItem } from '../../model/model.js';
import { givenBack } from '../../model/method-defaults.js';
import { countItem } from '../../model/set-rules.js';
import { docLines } from '../c/text.js';
import { type Flavor } from './flavor.js';
import { type MethodApi, type ProviderNames } from './naming.js';
import { hasCommit } from './requirements.js';
import { type FunctionView, functionView, separated } from './function-view.js';
import { emptyOutput } from './empty-values.js';
import {
  inputParameters,
  outputParameters,
  type Parameter,
  type ParameterNames,
} from './value-structs.js';

export interface MethodView {
  readonly functions: readonly FunctionView[];
  readonly thunks: readonly ThunkView[];
}

export interface ThunkView {
  readonly name: string;
  readonly call: string;
  readonly hasInput: boolean;
  readonly input: string;
  readonly hasOutput: boolean;
  readonly output: string;
  /** The output is only read. */
  readonly outputIsConst: boolean;
  /** Statements in front of the call. */
  readonly lines: readonly string[];
  readonly hasArguments: boolean;
  /** With their commas, and the end of the call. */
  readonly arguments: readonly string[];
}

export function methodView(
  block: DataBlock,
  method: Method,
  names: ProviderNames,
  flavor: Flavor,
  declaredAt: string,
): MethodView {
  const api = names.block(block).method(method);
  const call = callParts(method, api, names);
  const commits = hasCommit(method);
  const doc = [
    ...docLines(method.description),
    `WmiMethodId ${method.id}, ${declaredAt}.`,
    ...(commits
      ? [
          'Prepares the output and changes nothing: what the output points to has to stay until the function',
          `${api.commit} has run, which it does only if the output fits the caller's buffer.`,
        ]
      : []),
  ];
  const functions = [
    functionView(api.call, doc, call.parameters, call.body, call.unused, flavor, call.instance),
  ];
  const thunks = [thunkView(api.callThunk, api.call, call, method, api, false)];
  if (commits) {
    const commit = commitParts(method, api, names);
    functions.push(
      functionView(
        api.commit,
        [`Makes the effect of what ${api.call} has prepared: here, and only here, things change.`],
        commit.parameters,
        [],
        commit.unused,
        flavor,
        commit.instance,
      ),
    );
    thunks.push(thunkView(api.commitThunk, api.commit, commit, method, api, true));
  }
  return { functions, thunks };
}

interface CallParts {
  readonly parameters: readonly Parameter[];
  /** Statements of the thunk. */
  readonly lines: readonly string[];
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
  const { instance } = names.words;
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

function callParts(method: Method, api: MethodApi, names: ProviderNames): CallParts {
  const isOut = new Set(method.output.items.map(({ id }) => id));
  const parameterName = parameterNames(method, names, ({ id }) => isOut.has(id));
  const inputs = new Map(method.input.items.map((item) => [item.id, item]));
  const outputs = new Map(method.output.items.map((item) => [item.id, item]));
  const kept = givenBack(method);
  const parameters: Parameter[] = [];
  const lines: string[] = [];
  const body: string[] = [];
  const unused: string[] = [];
  for (const { id } of method.parameters) {
    const input = inputs.get(id);
    const output = outputs.get(id);
    if (output === undefined) {
      if (input === undefined) continue;
      parameters.push(...inputParameters(input, api.input, parameterName, 'input', names.structOf));
      unused.push(...namesOf(input, parameterName));
      continue;
    }
    parameters.push(
      ...outputParameters(
        output,
        api.output,
        parameterName,
        'output',
        input !== undefined,
        names.structOf,
      ),
    );
    if (input !== undefined) lines.push(...copyLines(input, output, api));
    if (kept.has(output)) unused.push(...namesOf(output, parameterName));
    else body.push(...emptyOutput(output, parameterName, names));
  }
  return { parameters, lines, body, unused, instance: parameterName.instance };
}

function commitParts(method: Method, api: MethodApi, names: ProviderNames): CallParts {
  const parameterName = parameterNames(method, names, () => false);
  const inputs = new Map(method.input.items.map((item) => [item.id, item]));
  const outputs = new Map(method.output.items.map((item) => [item.id, item]));
  const parameters: Parameter[] = [];
  const unused: string[] = [];
  for (const { id } of method.parameters) {
    const input = inputs.get(id);
    const item = input ?? outputs.get(id);
    if (item === undefined) continue;
    const [struct, from] = input === undefined ? [api.output, 'output'] : [api.input, 'input'];
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
): string[] {
  const target = `output->${to.member(output)}`;
  const source = `input->${from.member(input)}`;
  if (output.count.kind === 'rest') {
    return [`output->${to.count(output)} = input->${from.count(input)};`, `${target} = ${source};`];
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

function thunkView(
  name: string,
  call: string,
  parts: CallParts,
  method: Method,
  api: MethodApi,
  isCommit: boolean,
): ThunkView {
  const uses = (word: string): boolean =>
    [...parts.lines, ...parts.parameters.map(({ argument }) => argument)].some((text) =>
      new RegExp(`\\b${word}->`).test(text),
    );
  return {
    name,
    call,
    hasInput: uses('input'),
    input: api.input.type,
    hasOutput: uses('output'),
    output: api.output.type,
    outputIsConst: isCommit,
    lines: parts.lines,
    hasArguments: parts.parameters.length > 0,
    arguments: separated(parts.parameters.map(({ argument }) => argument)).map((line) =>
      line.endsWith(')') ? `${line};` : line,
    ),
  };
}
